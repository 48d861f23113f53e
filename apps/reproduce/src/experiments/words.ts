import type { Judgement } from '../verdict/judge-interval.ts'
import { withMinus } from '../text/with-minus.ts'

/** Numbers in verdicts. */
export const percent = (x: number): string => withMinus(`${(100 * x).toFixed(1)}%`)
export const times = (x: number): string =>
  withMinus(`${Math.abs(x) >= 999.5 ? Math.round(x).toLocaleString('en') : x.toPrecision(3)}×`)
export const points = (x: number): string => withMinus(`${(100 * x).toFixed(1)} points`)

type Form = Pick<Judgement, 'words' | 'range' | 'logarithmic'>

/** How a verdict gives a share, which is from none to all. */
export const asShare: Form = { words: percent, range: [0, 1] }
/** How it judges and gives how many times as large one positive number is as another. */
export const asRatio: Form = { words: times, range: [0, Infinity], logarithmic: true }
