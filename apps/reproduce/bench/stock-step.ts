import { trainableWeights } from '@coherent-gradients/gradients'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Case, Took } from './measure-interleaved.ts'
import type { Setting } from './setting.ts'

/** What the worker needs: weights in order, and batches. */
export interface StockData {
  readonly weights: readonly Float32Array[]
  readonly inputs: readonly Float32Array[]
  readonly labels: readonly Int32Array[]
}

/** An SGD step as tfjs alone makes it, on its unmended wasm backend. Timed in the worker; close it when done. */
export async function stockStep({ model, batches }: Setting): Promise<Case & { close(): Promise<number> }> {
  const workerData: StockData = {
    weights: trainableWeights(model).map(({ variable }) => variable.dataSync() as Float32Array),
    inputs: batches.map((batch) => batch.inputs),
    labels: batches.map((batch) => batch.labels),
  }
  const worker = new Worker(new URL('./stock-worker.ts', import.meta.url), { workerData })
  await once(worker, 'message')
  return {
    name: 'SGD step, tfjs alone, unmended wasm',
    async run(repetition) {
      const answer = once(worker, 'message')
      worker.postMessage(repetition)
      const [took] = (await answer) as [Took]
      return took
    },
    close: () => worker.terminate(),
  }
}
