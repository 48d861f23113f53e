import { fc, it } from '@fast-check/vitest'
import { either as E } from 'fp-ts'
import { describe, expect } from 'vitest'
import type { MeasuredSeries } from './measured-series.ts'
import { readCsvSeries } from './read-csv-series.ts'

const read = (text: string): E.Either<{ message: string }, MeasuredSeries> =>
  readCsvSeries('my.csv', text, { alphaIs: 'plug-in' })

const messageOf = (text: string): string => {
  const found = read(text)
  if (E.isRight(found)) throw new Error('required a failure, found a series')
  return found.left.message
}

const someSteps = fc.array(
  fc.record({
    learningRate: fc.double({ min: 0, max: 1e300, noNaN: true }),
    alpha: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  }),
  { minLength: 1, maxLength: 20 },
)
const someStyle = fc.record({
  end: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
  last: fc.constantFrom('', '\n', '\n\n'),
  quote: fc.constantFrom('', '"'),
  first: fc.constantFrom(0, 1),
  rate: fc.constantFrom('learningRate', 'learning_rate', 'lr'),
  swapped: fc.boolean(),
})

describe('readCsvSeries', () => {
  it.prop([someSteps, someStyle])('reads what was written, in any style', (steps, style) => {
    const { end, mark, last, quote, first, rate, swapped } = style
    const order = (fields: string[]): string => (swapped ? fields.toReversed() : fields).join(',')
    const q = (text: string): string => `${quote}${text}${quote}`
    const lines = [
      order([q('step'), q(rate), q('note'), q('alpha')]),
      ...steps.map(({ learningRate, alpha }, i) =>
        order([String(first + i), String(learningRate), 'x', alpha === null ? '' : String(alpha)]),
      ),
    ]
    const found = read(`${mark}${lines.join(end)}${last}`)
    expect(found).toMatchObject({ _tag: 'Right' })
    if (E.isLeft(found)) return
    expect(found.right.learningRates).toEqual(steps.map((step) => step.learningRate))
    expect(found.right.probes).toEqual(
      steps.flatMap(({ alpha }, i) => (alpha === null ? [] : [{ step: i + 1, alpha }])),
    )
  })

  it.prop([fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('1', '.', ',', '\n', '-', 'e', '"', ' ') }))])(
    'gives a series or one line, whatever the text',
    (text) => {
      for (const whole of [text, `step,lr,alpha\n${text}`]) {
        const found = read(whole)
        if (E.isLeft(found)) expect(found.left.message).toMatch(/^my\.csv: [^\n]+$/)
        else expect(found.right.learningRates.every((rate) => rate >= 0 && rate < Infinity)).toBe(true)
      }
    },
  )

  const rows = (...lines: string[]): string => ['step,learningRate,alpha', ...lines].join('\n')
  it.each([
    ['', /line 1: required the names of the columns, found nothing/],
    ['step;learningRate;alpha\n1;0,1;0,5', /line 1: required commas between the columns/],
    ['step,eta,alpha', /line 1: required a column learningRate or learning_rate or lr, found step, eta, alpha/],
    ['step,lr,alpha,lr', /line 1: required a column .* found 2 of them/],
    ['epoch,lr,alpha', /required a column step/],
    [rows(), /required at least one step, found none/],
    [rows('1,0.1'), /line 2: required 3 fields, as the header has, found 2/],
    [rows('1,0.1,0.5', '', '2,0.1,0.5'), /line 3: required a step, found an empty line/],
    [rows('1,0.1,62%'), /line 2: required a number for alpha, found '62%'/],
    [rows('1,fast,0.5'), /line 2: required a number for learningRate, found 'fast'/],
    [rows('1,,0.5'), /line 2: required a number for learningRate, found nothing/],
    [rows('1,0x1,0.5'), /found '0x1'/],
    [rows('1,0.1,0.5', '3,0.1,0.5'), /line 3: required step 2, found 3: a step is missing/],
    [rows('1,0.1,0.5', '1,0.1,0.5'), /line 3: required step 2, found 1: steps must rise by one/],
    [rows('0,0.1,0.5', '2,0.1,0.5'), /line 3: required step 1, found 2/],
    [rows('7,0.1,0.5'), /line 2: required the series to begin at step 1 \(or 0\), found 7/],
    [rows('0.5,0.1,0.5'), /line 2: required a whole step, found 0.5: step counts updates, not epochs/],
    [rows('1,-0.1,0.5'), /line 2: required a finite learning rate ≥ 0, found -0.1/],
    [rows('1,inf,0.5'), /line 2: required a finite learning rate ≥ 0, found Infinity/],
    [rows('1,nan,0.5'), /line 2: required a learning rate for every step, found none/],
    [rows('1,0.1,NaN'), /line 2: alpha is NaN: leave it out where α was not measured/],
    [rows('1,0.1,1.5'), /line 2: required α ≤ 1, found 1.5: m·α is no α/],
    [rows('1,0.1,-0.1'), /line 2: required α ≥ 0, found -0.1: only a debiased α can be below 0/],
  ])('refuses %j and says where', (text, message) => {
    expect(messageOf(text)).toMatch(message)
  })

  it('takes a debiased α below 0, down to what its examples can have', () => {
    const options = { alphaIs: 'debiased', measuredOn: 11 } as const
    expect(readCsvSeries('my.csv', rows('1,0.1,-0.1'), options)).toMatchObject({ right: { probes: [{ alpha: -0.1 }] } })
    expect(readCsvSeries('my.csv', rows('1,0.1,-0.2'), options)).toMatchObject({
      left: { message: 'my.csv: line 2: required α ≥ -0.1, found -0.2: the least that 11 examples can have' },
    })
  })
})
