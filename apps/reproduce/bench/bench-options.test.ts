import { CommanderError } from 'commander'
import { expect, it } from 'vitest'
import { captureConsole } from '../src/testing/capture-console.test-support.ts'
import { benchOptions, type BenchOptions } from './bench-options.ts'

const sections = ['mlp', 'rules']

interface Read {
  readonly options?: BenchOptions
  readonly code?: number
  readonly out: string
  readonly err: string
}

function read(...argv: string[]): Read {
  const console = captureConsole()
  try {
    return { options: benchOptions(argv, sections, console), ...console.said }
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, ...console.said }
    throw error
  }
}

it('measures every section on every engine but cpu unless it is told otherwise', () => {
  const all = ['wasm', 'tensorflow', 'webgpu']
  expect(read().options).toEqual({ engines: all, named: false, only: sections, keep: false, peers: false })
  expect(read('--engine', 'cpu,wasm', '--only', 'rules, mlp', '--keep', '--peers').options).toEqual({
    engines: ['cpu', 'wasm'],
    named: true,
    only: ['rules', 'mlp'],
    keep: true,
    peers: true,
  })
})

it('says what it can be told', () => {
  expect(read('--help')).toEqual({ code: 0, out: expect.stringMatching(/^Usage: pnpm bench [^]*mlp, rules/), err: '' })
})

it.each([
  [['--nonsense'], /unknown option '--nonsense'/],
  [['--engine', 'abacus'], /abacus.*tensorflow, webgpu, wasm, cpu/],
  [['--only', 'mlp,all'], /no section 'all': choose of mlp, rules/],
  [['mlp'], /too many arguments/],
])('refuses %j in one line', (argv, line) => {
  const { code, out, err } = read(...argv)
  expect(code).not.toBe(0)
  expect([out, err]).toEqual(['', expect.stringMatching(/^error: [^\n]+\n$/)])
  expect(err).toMatch(line)
})
