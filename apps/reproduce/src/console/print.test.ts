import { describe, expect, it } from 'vitest'
import type { Verdict } from '../verdict.ts'
import { printFailure } from './print-failure.ts'
import { printUnexpected } from './print-unexpected.ts'
import { printVerdicts } from './print-verdicts.ts'

function stream(isTTY = false) {
  const written: string[] = []
  return {
    isTTY,
    hasColors: () => true,
    columns: 60,
    write: (text: string) => written.push(text),
    text: () => written.join(''),
  }
}

const verdict: Verdict = {
  claim: 'Each real example helps several others while the loss falls',
  measured: '5.1 [4.2, 6.0: 95% interval, 3 seeds]',
  expected: 'm·α above 2',
  outcome: 'reproduced',
  proxy: true,
}

describe('printFailure', () => {
  it('prints exactly one line', () => {
    const out = stream()
    printFailure(out, { _tag: 'X', message: 'train.gz: cut\nshort\u{1B}[2J; download it again' })
    expect(out.text()).toBe('error: train.gz: cut short [2J; download it again\n')
  })
})

describe('printUnexpected', () => {
  it('prints one line, and the stack only for debugging', () => {
    const out = stream()
    const error = new TypeError('x of\nnull')
    printUnexpected(out, error, false)
    expect(out.text()).toBe(
      'error: unexpected error, TypeError: x of null: please report it (with DEBUG=1 it says where)\n',
    )
    printUnexpected(out, error, true)
    expect(out.text()).toMatch(/please report it\nTypeError: x of\nnull\n +at /)
  })
})

describe('printVerdicts', () => {
  it('prints the outcome, the claim, and what was measured beside what was expected', () => {
    const out = stream()
    printVerdicts(out, [verdict, { ...verdict, outcome: 'not run', proxy: false, note: 'Takes an hour.' }])
    expect(out.text()).toBe(
      [
        'reproduced    Each real example helps several others while',
        '              the loss falls (proxy)',
        '              measured: 5.1 [4.2, 6.0: 95% interval, 3',
        '              seeds]',
        '              expected: m·α above 2',
        'not run       Each real example helps several others while',
        '              the loss falls',
        '              measured: 5.1 [4.2, 6.0: 95% interval, 3',
        '              seeds]',
        '              expected: m·α above 2',
        '              Takes an hour.',
        '',
      ].join('\n'),
    )
  })

  it('uses colours on a terminal that has them, and nowhere else', () => {
    const [terminal, pipe] = [stream(true), stream(false)]
    printVerdicts(terminal, [verdict])
    printVerdicts(pipe, [verdict])
    expect(terminal.text()).toContain('\u{1B}[32m')
    expect(pipe.text()).not.toContain('\u{1B}')
    const plain = { ...terminal, hasColors: () => false }
    printFailure(plain, { _tag: 'X', message: 'no' })
    expect(terminal.text()).toContain('error: no')
  })
})
