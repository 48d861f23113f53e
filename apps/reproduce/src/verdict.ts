/** What came out of one claim of the paper. */
export type Outcome = 'reproduced' | 'differs' | 'inconclusive' | 'not run'

export interface Verdict {
  /** The paper's claim in our words. */
  readonly claim: string
  /** What was measured, in words with figures and, where there is one, the interval. */
  readonly measured: string
  /** What the claim says should be seen, with the threshold. */
  readonly expected: string
  readonly outcome: Outcome
  /** True where smaller data or another network stand in for the paper's. */
  readonly proxy: boolean
  /** Why it came out so, or what it doesn't show. */
  readonly note?: string
  /** The number that was judged, as it is; absent where there is none. */
  readonly number?: MeasuredNumber
  /** What this claim was tried on, where it isn't what the experiment's other claims were. */
  readonly setting?: Setting
}

/** What a claim was tried on, in a few words: by the paper, and here. */
export interface Setting {
  readonly paper: string
  readonly here: string
}

/** What `measured` says in words. */
export interface MeasuredNumber {
  readonly value: number
  /** Ends of its interval, where it has one, and the share of such intervals that hold the true value: 0.95. */
  readonly low?: number
  readonly high?: number
  readonly level?: number
  /** What it was taken over: `3 seeds`, `one seed`; absent of a number that is computed and not estimated. */
  readonly over?: string
}
