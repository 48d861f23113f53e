import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { trainingKernels } from './index.ts'

const memory = new WebAssembly.Memory({ initial: 32 })
const kernels = trainingKernels(memory)
const floats = new Float32Array(memory.buffer)
const ints = new Int32Array(memory.buffer)
const [atX, atY, atZ, atOut] = [2 ** 18, 2 ** 19, 2 ** 19 + 2 ** 18, 2 ** 20]

const number = fc.oneof(
  { weight: 8, arbitrary: fc.float({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
)
const pairs = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 70 })

/** Runs a kernel that gives n numbers, and looks that it writes no more. */
function result(n: number, run: () => void): number[] {
  floats.fill(7, atOut / 4, atOut / 4 + n + 8)
  run()
  expect(floats.slice(atOut / 4 + n, atOut / 4 + n + 8).every((x) => x === 7)).toBe(true)
  return Array.from(floats.subarray(atOut / 4, atOut / 4 + n))
}

describe('trainingKernels', () => {
  test.prop([pairs])('reluGradient is dy · step(x), NaN where either is', (values) => {
    floats.set(
      values.map(([dy]) => dy),
      atX / 4,
    )
    floats.set(
      values.map(([, x]) => x),
      atY / 4,
    )
    const step = (x: number): number => (Number.isNaN(x) ? x : x > 0 ? 1 : 0)
    expect(result(values.length, () => kernels.reluGradient(atX, atY, values.length, atOut))).toEqual(
      values.map(([dy, x]) => dy * step(x)),
    )
  })

  test.prop([pairs, fc.float({ min: -2, max: 2, noNaN: true })])(
    'scaledDifference rounds after the product and after the difference',
    (values, scale) => {
      floats.set(
        values.map(([x]) => x),
        atX / 4,
      )
      floats.set(
        values.map(([, y]) => y),
        atY / 4,
      )
      expect(result(values.length, () => kernels.scaledDifference(atX, atY, scale, values.length, atOut))).toEqual(
        values.map(([x, y]) => Math.fround(x - Math.fround(y * scale))),
      )
    },
  )

  test.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3000 })], { numRuns: 30 })(
    'squaredNorms is what float64 gives, for short rows and long ones',
    (rows, width) => {
      for (let i = 0; i < rows * width; i++) floats[atX / 4 + i] = Math.sin(i + 1)
      const found = result(rows, () => kernels.squaredNorms(atX, rows, width, atOut))
      found.forEach((norm, r) => {
        let sum = 0
        for (let j = 0; j < width; j++) sum += floats[atX / 4 + r * width + j]! ** 2
        expect(Math.abs(norm - sum)).toBeLessThanOrEqual(1e-6 * sum)
      })
    },
  )

  test.prop([pairs, fc.integer({ min: 1, max: 1000 })])('quotient rounds once', (values, divisor) => {
    floats.set(
      values.map(([x]) => x),
      atX / 4,
    )
    expect(result(values.length, () => kernels.quotient(atX, divisor, values.length, atOut))).toEqual(
      values.map(([x]) => Math.fround(x / divisor)),
    )
  })

  test.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 1100 }), fc.integer({ min: 0, max: 40 })], {
    numRuns: 30,
  })('outerProductNorms is the product of what squaredNorms gives, to the bit', (rows, width, others) => {
    for (let i = 0; i < rows * width; i++) floats[atX / 4 + i] = Math.sin(i + 1)
    for (let i = 0; i < rows * others; i++) floats[atY / 4 + i] = Math.cos(i + 1)
    const left = result(rows, () => kernels.squaredNorms(atX, rows, width, atOut))
    const right = result(rows, () => kernels.squaredNorms(atY, rows, others, atOut))
    expect(result(rows, () => kernels.outerProductNorms(atX, width, atY, others, rows, atOut))).toEqual(
      left.map((norm, i) => Math.fround(norm * right[i]!)),
    )
  })

  describe('softmax cross-entropy', () => {
    const logits = fc.integer({ min: 1, max: 12 }).chain((classes) =>
      fc.tuple(
        fc.array(
          fc.record({
            z: fc.array(fc.float({ min: -80, max: 80, noNaN: true }), { minLength: classes, maxLength: classes }),
            y: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: classes, maxLength: classes }),
            label: fc.integer({ min: 0, max: classes - 1 }),
            dy: fc.integer({ min: -3, max: 3 }),
          }),
          { minLength: 1, maxLength: 9 },
        ),
        fc.constant(classes),
        fc.boolean(),
      ),
    )

    test.prop([logits])(
      'is what float64 gives, by classes and by targets, with its gradient',
      ([rows, classes, byClass]) => {
        const m = rows.length
        const targets = rows.map(({ y, label }) => (byClass ? y.map((_, c) => Number(c === label)) : y))
        floats.set(
          rows.flatMap(({ z }) => z),
          atX / 4,
        )
        if (byClass)
          ints.set(
            rows.map(({ label }) => label),
            atY / 4,
          )
        else floats.set(targets.flat(), atY / 4)
        floats.set(
          rows.map(({ dy }) => dy),
          atZ / 4,
        )
        const flag = Number(byClass)
        const losses = result(m, () => kernels.softmaxCrossEntropy(atX, atY, flag, m, classes, atOut))
        const gradient = result(m * classes, () =>
          kernels.softmaxCrossEntropyGradient(atX, atY, flag, atZ, m, classes, atOut),
        )
        floats.fill(1, atZ / 4, atZ / 4 + m)
        const ofOnes = result(m * classes, () =>
          kernels.softmaxCrossEntropyGradient(atX, atY, flag, atZ, m, classes, atOut),
        )
        const together = result(m * (classes + 1), () =>
          kernels.softmaxCrossEntropyWithGradient(atX, atY, flag, m, classes, atOut, atOut + 4 * m),
        )
        expect(together).toEqual([...losses, ...ofOnes])
        rows.forEach(({ z, dy }, i) => {
          const largest = Math.max(...z)
          const logOfSum = Math.log(z.reduce((sum, each) => sum + Math.exp(each - largest), 0))
          const logs = z.map((each) => each - largest - logOfSum)
          const loss = -logs.reduce((sum, each, c) => sum + targets[i]![c]! * each, 0)
          const mass = targets[i]!.reduce((sum, each) => sum + each, 0)
          expect(Math.abs(losses[i]! - loss)).toBeLessThanOrEqual(1e-6 * Math.max(1e-9, Math.abs(loss)))
          logs.forEach((log, c) => {
            const expected = (Math.exp(log) * mass - targets[i]![c]!) * dy
            expect(Math.abs(gradient[i * classes + c]! - expected)).toBeLessThanOrEqual(
              1e-6 * (mass + 1) * Math.abs(dy),
            )
          })
        })
      },
    )

    it.each([-1, 3, 2 ** 31 - 1])('gives class %d of three NaN, and leaves the example beside it', (label) => {
      floats.set([1, 2, 3, 1, 2, 3], atX / 4)
      ints.set([label, 0], atY / 4)
      floats.set([1, 1], atZ / 4)
      const losses = result(2, () => kernels.softmaxCrossEntropy(atX, atY, 1, 2, 3, atOut))
      const gradient = result(6, () => kernels.softmaxCrossEntropyGradient(atX, atY, 1, atZ, 2, 3, atOut))
      expect(losses.map(Number.isNaN)).toEqual([true, false])
      expect(gradient.map(Number.isNaN)).toEqual([true, true, true, false, false, false])
    })

    it.each([Number.NaN, Number.POSITIVE_INFINITY])('gives NaN for a logit %d', (odd) => {
      floats.set([1, odd], atX / 4)
      ints.set([0], atY / 4)
      expect(result(1, () => kernels.softmaxCrossEntropy(atX, atY, 1, 1, 2, atOut))).toEqual([Number.NaN])
    })

    it('gives NaN where no class is possible', () => {
      floats.set([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], atX / 4)
      ints.set([0], atY / 4)
      expect(result(1, () => kernels.softmaxCrossEntropy(atX, atY, 1, 1, 2, atOut))).toEqual([Number.NaN])
    })
  })

  it('countCorrect takes the first of equal outputs', () => {
    floats.set([1, 3, 3, 5, 5, 5, 0, 0, 1], atX / 4)
    ints.set([1, 0, 2], atY / 4)
    expect(kernels.countCorrect(atX, atY, 3, 3)).toBe(3)
    ints.set([2, 1, 0], atY / 4)
    expect(kernels.countCorrect(atX, atY, 3, 3)).toBe(0)
  })
})
