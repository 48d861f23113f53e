import { join } from 'node:path'
import type { Checkpoint } from '../checkpoint.ts'
import { createRunLog } from '../create-run-log.ts'
import { readCheckpoint } from '../read-checkpoint.ts'
import { resumeRunLog } from '../resume-run-log.ts'
import type { RunLog } from '../run-log.ts'
import { writeCheckpoint } from '../write-checkpoint.ts'
import { right } from './right.ts'

const FLUSH_EVERY = 3

/**
 * A run in miniature: each step halves two weights and logs them; every third step is flushed and checkpointed. It goes
 * on from the checkpoint that it finds. The clock column differs from process to process.
 */
export async function smallRun(directory: string, steps: number, onStep: (step: number) => void): Promise<void> {
  const folder = join(directory, 'checkpoint')
  const checkpoint = await right(readCheckpoint(folder))
  const log =
    checkpoint === null
      ? await right(createRunLog(directory, ['steps', 'coherence', 'bound']))
      : await right(resumeRunLog(directory, checkpoint.offsets))
  const weights = Float32Array.from((checkpoint?.tensors['weights']?.data as Float32Array | undefined) ?? [1, 3])
  for (let step = checkpoint?.step ?? 0; step < steps; step++) {
    logStep(log, step, weights)
    weights.forEach((weight, index) => (weights[index] = weight * 0.9))
    if ((step + 1) % FLUSH_EVERY === 0) {
      const state: Checkpoint = {
        step: step + 1,
        offsets: await log.flush(),
        tensors: { weights: { dtype: 'float32', shape: [2], data: weights } },
        metadata: { lowest: weights[0]! },
      }
      await right(writeCheckpoint(folder, state))
    }
    onStep(step + 1)
  }
  await log.close()
}

function logStep(log: RunLog, step: number, weights: Float32Array): void {
  const elapsedMs = performance.now() + process.pid
  log.append('steps', { step, epoch: step / 7, loss: weights[0]!, accuracy: 0.5, learningRate: 0.02, elapsedMs })
  if (step % 2 === 1) return
  log.append('coherence', {
    step,
    epoch: step / 7,
    split: 'train',
    scope: 'all',
    population: 'all',
    loss: weights[1]!,
    m: 100,
    alpha: 0.25,
    alphaDebiased: step % 4 === 0 ? null : 0.2,
    mAlpha: 25,
    standardError: null,
    meanSquaredNorm: 1,
    squaredNormOfMean: 0.25,
    imputed: false,
    elapsedMs,
  })
}
