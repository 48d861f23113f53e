import type { Axis, Figure, Panel } from './figure.ts'
import { niceStep } from './ticks.ts'

export type Direction = 'x' | 'y'
export type Domain = readonly [number, number]

const isLog = (axis: Axis): boolean => axis.scale === 'log'

/** Axes of one key have one domain, so that panels can be compared by eye. */
export const axisKey = (direction: Direction, axis: Axis): string =>
  JSON.stringify([direction, axis.label, axis.scale ?? 'linear', axis.domain ?? null, axis.reverse ?? false])

function* values(panel: Panel, direction: Direction): Generator<number> {
  for (const { points, seeds = [], band = [] } of panel.series) {
    for (const [x, y] of [points, ...seeds].flat()) yield direction === 'x' ? x : y
    for (const [x, low, high] of band) yield* direction === 'x' ? [x] : [low, high]
  }
  if (direction === 'y') for (const { y } of panel.rules ?? []) yield y
}

function extent(numbers: Iterable<number>, usable: (value: number) => boolean): Domain | undefined {
  let [low, high] = [Infinity, -Infinity]
  for (const value of numbers) {
    if (!usable(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : undefined
}

/** 1, 2 or 5 times a power of ten at or beyond the value, downwards or upwards. */
function roundLog(value: number, towards: 'down' | 'up'): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const fits = [1, 2, 5, 10].map((factor) => Number((factor * decade).toPrecision(12)))
  return towards === 'down'
    ? fits.findLast((fit) => fit <= value * (1 + 1e-9))!
    : fits.find((fit) => fit >= value * (1 - 1e-9))!
}

function logDomain([low, high]: Domain): Domain {
  const [from, to] = [roundLog(low, 'down'), roundLog(high, 'up')]
  return from < to ? [from, to] : [from / 2, to * 2]
}

function linearDomain([low, high]: Domain, direction: Direction): Domain {
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, 2 * low), Math.max(0, 2 * high)]
  const from = low > 0 && low < 0.35 * high ? 0 : low
  if (direction === 'x') return [low > 0 && low < 0.1 * high ? 0 : low, high]
  const step = niceStep(high - from, 5)
  return [step * Math.floor(from / step + 1e-9), step * Math.ceil(high / step - 1e-9)]
}

/**
 * The [low, high] of every axis of a figure. An axis that names its domain keeps it. All others that have the same
 * label and scale share one over the whole figure: their data and reference rules fit in, `y` is rounded outwards to a
 * tick, and a linear axis of positive numbers starts at zero unless that would waste a third of it. Zero and negative
 * numbers have no place on a logarithmic axis and don't count.
 */
export function figureDomains(figure: Figure): (direction: Direction, axis: Axis) => Domain {
  const domains = new Map<string, Domain>()
  const panels = figure.rows.flat()
  for (const direction of ['x', 'y'] as const) {
    for (const panel of panels) {
      const axis = panel[direction]
      const key = axisKey(direction, axis)
      if (domains.has(key)) continue
      if (axis.domain !== undefined) {
        const [a, b] = axis.domain
        domains.set(key, [Math.min(a, b), Math.max(a, b)])
        continue
      }
      const sharing = panels.filter((other) => axisKey(direction, other[direction]) === key)
      const usable = isLog(axis) ? (v: number) => v > 0 && v < Infinity : Number.isFinite
      const found = extent(
        (function* () {
          for (const other of sharing) yield* values(other, direction)
        })(),
        usable,
      )
      if (isLog(axis)) domains.set(key, logDomain(found ?? [1, 10]))
      else domains.set(key, linearDomain(found ?? [0, 1], direction))
    }
  }
  return (direction, axis) => domains.get(axisKey(direction, axis))!
}
