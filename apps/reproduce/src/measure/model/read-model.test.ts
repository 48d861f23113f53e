import { openEngine } from '@coherent-gradients/engine'
import { fc, test } from '@fast-check/vitest'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { saveModel } from '../../testing/saved-model.test-support.ts'
import { readModel } from './read-model.ts'

let scratch: string
let whole: unknown
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'read-model-'))
  const opened = await openEngine('cpu')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const model = tfl.sequential({
    layers: [
      tfl.layers.conv2d({ filters: 2, kernelSize: 2, inputShape: [4, 4, 1] }),
      tfl.layers.batchNormalization({}),
      tfl.layers.flatten(),
      tfl.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  })
  whole = JSON.parse(await readFile(await saveModel(model, scratch), 'utf8'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

/** The paths of every value inside a JSON value. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  const inner = replaced(copy[key], rest, by)
  if (inner === undefined) delete copy[key]
  else copy[key] = inner
  return copy
}

const junk = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(null, true, '', '../x', 'relu', -1, 0, 1e9, 2 ** 53, 0.5),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
)

describe('readModel', () => {
  test.prop([fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 })], { numRuns: 300 })(
    'gives a model or one line, whatever model.json says',
    async (changes) => {
      let json = whole
      for (const [at, by] of changes) {
        const paths = pathsOf(json)
        json = replaced(json, paths[at % paths.length]!, by)
      }
      const file = join(scratch, 'changed.json')
      await writeFile(file, JSON.stringify(json) ?? '')
      const read = await readModel(file)()
      if (read._tag === 'Right') read.right.dispose()
      else expect(read.left.message).toMatch(/^\S*(changed\.\w+)/)
    },
  )
})
