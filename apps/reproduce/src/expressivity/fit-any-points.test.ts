import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { fitAnyPoints, fitsExactly, outputAt, project } from './fit-any-points.ts'

const whole = fc.integer({ min: -1000, max: 1000 })
/** Points whose first numbers are apart, so that the direction (1, 0) keeps them so. */
const labelled = fc.uniqueArray(fc.tuple(whole, whole, fc.integer({ min: -9, max: 9 })), {
  minLength: 1,
  maxLength: 12,
  selector: ([first]) => first,
})

test.prop([labelled])('fits any points, exactly and nearly so in float64, with 2n + d weights', (points) => {
  const inputs = points.map(([x1, x2]) => [x1, x2])
  const labels = points.map(([, , label]) => label)
  const network = fitAnyPoints(inputs, labels, [1, 0])
  expect(network.a.length + network.b.length + network.w.length).toBe(2 * points.length + 2)
  for (const [i, x] of inputs.entries()) {
    const z = project(network.a, x)
    expect(fitsExactly(network, z, labels[i]!)).toBe(true)
    expect(fitsExactly(network, z, labels[i]! + 1)).toBe(false)
    expect(Math.abs(outputAt(network, z) - labels[i]!)).toBeLessThan(1e-9)
  }
})

it('refuses a direction in which two points are one', () => {
  expect(() =>
    fitAnyPoints(
      [
        [1, 2],
        [1, 3],
      ],
      [0, 1],
      [1, 0],
    ),
  ).toThrow(/required different projections, found 1 twice/)
})
