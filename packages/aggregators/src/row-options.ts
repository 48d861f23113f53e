import { oneOf, wholeFrom1, type OptionType } from './parse-options.ts'

/** What every rule lets one say about its rows. */
export type RowOptions = {
  /** k: rows are the means of k equal micro-batches. Without it, rows are examples. */
  readonly groups?: number
  /** A row with a NaN or an infinity is refused by number (`refuse`, the default) or left out (`drop`). */
  readonly nonFinite?: 'refuse' | 'drop'
}

export const rowOptions: {
  readonly groups: OptionType
  readonly nonFinite: OptionType<'refuse' | 'drop'>
} = { groups: wholeFrom1, nonFinite: oneOf('refuse', 'drop') }
