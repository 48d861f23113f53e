import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import type { Checkpoint } from './checkpoint.ts'
import { readCheckpoint } from './read-checkpoint.ts'
import { left, right } from './testing/right.ts'
import { writeCheckpoint } from './write-checkpoint.ts'

function checkpointAt(step: number): Checkpoint {
  return {
    step,
    offsets: { steps: 1000 + step, coherence: 2000 },
    tensors: {
      'dense_1/kernel': { dtype: 'float32', shape: [2, 2], data: Float32Array.of(step, -0, Number.NaN, 1e-45) },
      draws: { dtype: 'uint32', shape: [], data: Uint32Array.of(step) },
    },
    metadata: { lowest: 0.125, history: [1, null, 'a'] },
  }
}

describe('a checkpoint', () => {
  it('is null where there is none, and then what was written last', async () => {
    const directory = join(temporaryFolder(), 'checkpoint')
    expect(await right(readCheckpoint(directory))).toBeNull()
    for (const step of [10, 20, 20, 15]) {
      await right(writeCheckpoint(directory, checkpointAt(step)))
      expect(await right(readCheckpoint(directory))).toEqual(checkpointAt(step))
      expect(readdirSync(directory)).toHaveLength(2)
    }
  })

  it('is the old one as long as the new one is not whole, at every moment of the writing', async () => {
    const directory = temporaryFolder()
    const [old, fresh] = [join(directory, 'old'), join(directory, 'fresh')]
    await right(writeCheckpoint(old, checkpointAt(10)))
    await right(writeCheckpoint(fresh, checkpointAt(10.5 * 2)))
    const newFiles = readdirSync(fresh)
    const weights = newFiles.find((name) => name.startsWith('weights-'))!
    // Each step of the writing in turn, the files written aside broken off in the middle.
    const moments = [
      () => writeFileSync(join(old, `.${weights}.1-0.aside`), readFileSync(join(fresh, weights)).subarray(0, 50)),
      () => cpSync(join(fresh, weights), join(old, weights)),
      () => writeFileSync(join(old, '.checkpoint.json.1-0.aside'), '{"metadata":'),
    ]
    for (const moment of moments) {
      moment()
      expect(await right(readCheckpoint(old))).toEqual(checkpointAt(10))
    }
    cpSync(join(fresh, 'checkpoint.json'), join(old, 'checkpoint.json'))
    expect(await right(readCheckpoint(old))).toEqual(checkpointAt(21))
    await right(writeCheckpoint(old, checkpointAt(30)))
    expect(readdirSync(old)).toHaveLength(2)
    expect(await right(readCheckpoint(old))).toEqual(checkpointAt(30))
  })

  it('stands when the next one cannot be written', async () => {
    const directory = temporaryFolder()
    await right(writeCheckpoint(directory, checkpointAt(1)))
    writeFileSync(join(directory, 'file'), '')
    expect(await left(writeCheckpoint(join(directory, 'file'), checkpointAt(2)))).toMatchObject({ _tag: 'WriteFailed' })
    expect(await right(readCheckpoint(directory))).toEqual(checkpointAt(1))
  })

  describe('that is damaged', () => {
    async function damaged(damage: (weights: string, json: string) => void) {
      const directory = temporaryFolder()
      await right(writeCheckpoint(directory, checkpointAt(10)))
      const weights = join(
        directory,
        readdirSync(directory).find((name) => name.startsWith('weights-'))!,
      )
      damage(weights, join(directory, 'checkpoint.json'))
      const failure = await left(readCheckpoint(directory))
      expect(failure).toMatchObject({ _tag: 'CheckpointDamaged', message: expect.stringMatching(/^[^\n]+$/) })
      return failure
    }

    it('names the file, what was expected and what was found', async () => {
      expect(await damaged((weights) => rmSync(weights))).toMatchObject({ found: 'no such file' })
      expect(await damaged((weights) => truncateSync(weights, 100))).toMatchObject({ found: '100 bytes' })
      const flipped = await damaged((weights) => {
        const bytes = readFileSync(weights)
        bytes[bytes.length - 1]! ^= 1
        writeFileSync(weights, bytes)
      })
      expect(flipped).toMatchObject({
        file: expect.stringMatching(/weights-10-[0-9a-f]{16}\.safetensors$/),
        expected: expect.stringMatching(/^sha256 [0-9a-f]{64}$/),
        found: expect.stringMatching(/^sha256 [0-9a-f]{64}$/),
      })
    })

    it.each([
      ['', 'JSON'],
      ['null', 'checkpoint version 1'],
      ['{"version":2}', 'checkpoint version 1'],
      ['{"version":1,"step":-1}', 'a checkpoint\'s "step"'],
      ['{"version":1,"step":1,"offsets":{"step":1}}', 'a checkpoint\'s "offsets"'],
      [
        '{"version":1,"step":1,"offsets":{},"weights":{"file":"../x","bytes":1,"sha256":""}}',
        'a checkpoint\'s "weights"',
      ],
      [
        '{"version":1,"step":1,"offsets":{},"weights":{"file":"x","bytes":1,"sha256":""}}',
        'a checkpoint\'s "metadata"',
      ],
    ])('tells what is wrong with checkpoint.json: %s', async (json, expected) => {
      expect(await damaged((_, file) => writeFileSync(file, json))).toMatchObject({
        file: expect.stringMatching(/checkpoint\.json$/),
        expected,
      })
    })
  })
})
