import type { QuantityRow } from '@coherent-gradients/runlog'

type Points = readonly (readonly [step: number, value: number])[]

/** What was measured of one thing along a series, by step. */
export function pointsOf(rows: readonly QuantityRow[], series: string, quantity: string, item: string = ''): Points {
  return rows
    .filter((row) => row.series === series && row.quantity === quantity && row.item === item)
    .map(({ step, value }) => [step, value] as const)
}

/** Its value at the first measurement; NaN where there is none. */
export function firstOf(rows: readonly QuantityRow[], series: string, quantity: string, item: string = ''): number {
  return pointsOf(rows, series, quantity, item)[0]?.[1] ?? Number.NaN
}

/** Its value at the last measurement; NaN where there is none. */
export function lastOf(rows: readonly QuantityRow[], series: string, quantity: string, item: string = ''): number {
  return pointsOf(rows, series, quantity, item).at(-1)?.[1] ?? Number.NaN
}

/** Of points by step those up to a step: a drawing needs no others. */
export function upTo(last: number, points: Points): Points {
  return points.filter(([step]) => step <= last)
}
