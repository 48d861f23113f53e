import type { InitialisationGrid } from '../../specs/initialisation-spec.ts'
import { LEARNING_RATES, OURS } from './starts.ts'

type Extent = readonly [from: number, to: number]

/** The grids of the large maps. The paper shows one map and doesn't say how far it reaches. */
export const MAIN: readonly Extent[] = [
  [0.01, 2],
  [-1, 1],
]

/** Extents whose maps are held against one another at each learning rate. */
export const EXTENTS: readonly Extent[] = [
  [0.01, 1],
  [0.01, 2],
  [0.01, 4],
]

const words = (value: number): string => String(value).replace('-', '−')
export const extentWords = ([from, to]: Extent): string => `[${words(from)}, ${words(to)}]²`
export const mainName = (extent: Extent): string => `large ${extentWords(extent)}`
export const gridName = (extent: Extent, learningRate: number): string => `${extentWords(extent)}, η = ${learningRate}`

const gridOf = (name: string, [from, to]: Extent, cells: number, learningRate: number): InitialisationGrid => ({
  name,
  from,
  to,
  cells,
  others: 0.01,
  learningRate,
  steps: Math.round(1000 / learningRate),
})

export const grids: readonly InitialisationGrid[] = [
  ...MAIN.map((extent) => gridOf(mainName(extent), extent, 128, OURS)),
  ...EXTENTS.flatMap((extent) => LEARNING_RATES.map((rate) => gridOf(gridName(extent, rate), extent, 48, rate))),
]
