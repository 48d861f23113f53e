import { describe, expect, it } from 'vitest'
import { withoutClockColumns } from './without-clock-columns.ts'

describe('withoutClockColumns', () => {
  it('drops the clock and nothing else', () => {
    const row = { step: 1, epoch: 0, loss: 2, accuracy: 0.5, learningRate: 0.1 }
    expect(withoutClockColumns('steps', [{ ...row, elapsedMs: 5 }])).toEqual([row])
    const bound = { step: 1, learningRate: 0.1, alpha: 0.5, measured: true, logContribution: -1, logBound: 0 }
    expect(withoutClockColumns('bound', [bound])).toEqual([bound])
  })
})
