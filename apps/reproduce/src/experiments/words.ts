import type { Judgement } from '../verdict/judge-interval.ts'
import { withMinus } from '../text/with-minus.ts'

/** Numbers in verdicts. */
export const percent = (x: number): string => withMinus(`${(100 * x).toFixed(1)}%`)
export const times = (x: number): string => `${x.toPrecision(3)}×`
export const points = (x: number): string => withMinus(`${(100 * x).toFixed(1)} points`)

type Form = Pick<Judgement, 'words' | 'range'>

/** How a verdict gives a share, which is from none to all. */
export const asShare: Form = { words: percent, range: [0, 1] }
/** How it gives how many times as large one positive number is as another. */
export const asRatio: Form = { words: times, range: [0, Infinity] }
