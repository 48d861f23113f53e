/** An estimate with its confidence interval. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** The share of such intervals that hold the true value, if the assumptions do: 0.95. */
  readonly level: number
  /** What it was taken over, for the reader: `3 seeds`, `52 measurements of one run`. */
  readonly over: string
}
