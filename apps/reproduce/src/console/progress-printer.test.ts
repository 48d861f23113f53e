import { describe, expect, it } from 'vitest'
import type { Progress } from './progress.ts'
import { progressPrinter } from './progress-printer.ts'

/** The codes that move up so many lines and clear the rest. */
const wipe = (lines: number): string => `\u{1B}[${lines}A\r\u{1B}[J`

function screen(columns = 100) {
  const written: string[] = []
  return { columns, isTTY: true, write: (text: string) => written.push(text), written, text: () => written.join('') }
}

const at = (run: string, step: number, mAlpha?: number): Progress => ({
  run,
  step,
  steps: 200,
  epoch: step / 20,
  loss: 2.4 / (1 + step),
  accuracy: 0.9149,
  mAlpha,
})

describe('progressPrinter', () => {
  it('first says what the coherence of the compared runs is at the same step', () => {
    const out = screen()
    const printer = progressPrinter(out, {
      isTerminal: false,
      clock: () => 0,
      compared: ['real', 'random'],
      settledAt: 50,
    })
    printer.update(at('random', 0, 30))
    printer.update(at('real', 0, 31))
    printer.update(at('real', 60, 6.61))
    printer.update(at('real', 80, 5.7))
    expect(out.text()).toBe('')
    printer.update(at('random', 60, 0.83))
    printer.update(at('random', 80, 0.9))
    expect(out.text()).toBe('step 60: real m·α 6.6, random 0.8; 1 means that an example helps nobody but itself\n')
  })

  it('prints plain lines at most every few seconds a run where there is no terminal', () => {
    const out = screen()
    let now = 0
    const printer = progressPrinter(out, { isTerminal: false, clock: () => now })
    for (let step = 0; step <= 120; step++, now += 100) {
      printer.update(at('real', step, step === 20 ? 5.72 : undefined))
    }
    expect(out.written).toEqual([
      'real  step 50/200  epoch 2  loss 0.0471  accuracy 91%  m·α 5.7  0:15 left\n',
      'real  step 100/200  epoch 5  loss 0.0238  accuracy 91%  m·α 5.7  0:10 left\n',
    ])
  })

  it('rewrites the live lines of two runs in place on a terminal, and not at every step', () => {
    const out = screen()
    let now = 0
    const printer = progressPrinter(out, { isTerminal: true, clock: () => now })
    printer.update(at('real', 1))
    now = 50
    printer.update(at('random', 1))
    expect(out.written.length).toBe(1)
    now = 150
    printer.update(at('random', 2))
    now = 300
    printer.update(at('random', 3))
    expect(out.written.length).toBe(3)
    expect(out.written[1]!.replaceAll(/  epoch.*/g, '')).toBe(`${wipe(1)}real  step 1/200
random  step 2/200
`)
    expect(out.written[2]!.replaceAll(/  epoch.*/g, '')).toBe(`${wipe(2)}real  step 1/200
random  step 3/200
`)
  })

  it('keeps lines that stay above the live ones, and wipes the live ones at the end', () => {
    const out = screen()
    const printer = progressPrinter(out, { isTerminal: true, clock: () => 0 })
    printer.update(at('real', 1))
    printer.note('engine wasm')
    expect(
      out.written.at(-1)!.startsWith(`${wipe(1)}engine wasm
real  step 1`),
    ).toBe(true)
    printer.finish('real', 'real: fitted at step 150')
    expect(out.written.at(-1)).toBe(`${wipe(1)}real: fitted at step 150\n`)
    printer.close()
    expect(out.written.at(-1)).toBe('')
  })

  it('never lets a live line wrap', () => {
    const out = screen(30)
    progressPrinter(out, { isTerminal: true, clock: () => 0 }).update(at('数数', 100, 3))
    expect(out.text()).toBe('数数  step 100/200  epoch 5…\n')
  })
})
