import * as Plot from '@observablehq/plot'

/** How many colours a heat map has: more can't be told apart. */
const LEVELS = 40

const hex = (colour: string): string =>
  colour.startsWith('#')
    ? colour
    : `#${[...colour.matchAll(/\d+/g)].map(([part]) => Number(part).toString(16).padStart(2, '0')).join('')}`

/** The colours of a heat map from the lowest value to the highest: pale yellow to dark blue, told apart by lightness alone. */
export const heatColours: readonly string[] = (() => {
  const scale = Plot.scale({ color: { type: 'linear', scheme: 'YlGnBu', domain: [0, LEVELS - 1] } })!
  return Array.from({ length: LEVELS }, (_, level) => hex(String(scale.apply(level))))
})()

/** Which of {@link heatColours} a value has; what lies outside of the domain has the colour of its end. `undefined` for NaN. */
export function heatLevel(value: number, [low, high]: readonly [number, number]): number | undefined {
  if (Number.isNaN(value)) return undefined
  const share = (value - low) / (high - low)
  return Math.min(LEVELS - 1, Math.max(0, Math.floor(share * LEVELS)))
}
