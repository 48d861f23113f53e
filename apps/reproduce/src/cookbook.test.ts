import { openEngine } from '@coherent-gradients/engine'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reproduce } from './testing/reproduce.test-support.ts'
import { saveArrays, saveModel, saveNpz } from './testing/saved-model.test-support.ts'

const page = readFileSync(new URL('../../../docs/cookbook.md', import.meta.url), 'utf8')
const commands = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block]) => block!.trim().split('\n'))

const scratch = mkdtempSync(join(tmpdir(), 'cookbook-'))
const yours = (name: string): string => join(scratch, 'your', name)
afterAll(() => rmSync(scratch, { recursive: true }))

beforeAll(async () => {
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const model = tfl.sequential({ layers: [tfl.layers.dense({ name: 'logits', units: 10, inputShape: [784] })] })
  await saveModel(model, yours('.'))
  model.dispose()
  await saveNpz(
    yours('digits.npz'),
    Uint8Array.from({ length: 30 * 784 }, (_, i) => (i * i) % 251),
    [784],
    labels(30),
  )
  const rows = Float32Array.from({ length: 5 * 6 }, (_, i) => Math.sin(i))
  await saveArrays(yours('gradients.npz'), { 'dense/kernel': { shape: [5, 2, 3], data: rows } })
  for (const [c, folder] of ['cats', 'dogs'].entries()) {
    mkdirSync(join(yours('pictures'), folder), { recursive: true })
    for (let i = 0; i < 30; i++) {
      const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, p) => ((p + 7 * i) * (c + 2)) % 256)
      const file = join(yours('pictures'), folder, `${i}.png`)
      await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } }).toFile(file)
    }
  }
})

function labels(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i % 10)
}

/** The command with the reader's own files, and what it writes, in the scratch folder. */
function argumentsOf(command: string): string[] {
  const words = command.split(/\s+/).slice(1)
  // It would take a minute; the script that is printed in its place reads the rule and makes the plan as well.
  if (words[1] === 'fig-4') words.splice(0, 1, 'submit', '--slurm', '--script-only')
  if (['run', 'submit'].includes(words[0]!)) words.push('--runs', join(scratch, 'runs'))
  return words.map((word, i) => {
    if (word === 'your/rule.ts') return fileURLToPath(new URL('../examples/shrink.ts', import.meta.url))
    return word.startsWith('your/') || words[i - 1] === '--out' ? join(scratch, word) : word
  })
}

it('has recipes', () => {
  expect(commands.length).toBeGreaterThan(7)
  expect(commands.filter((command) => !command.startsWith('reproduce '))).toEqual([])
})

it.each(commands)('%s', { timeout: 300_000 }, async (command) => {
  const { code, err } = await reproduce(...argumentsOf(command))
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
})
