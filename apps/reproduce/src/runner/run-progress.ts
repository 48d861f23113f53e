import type { RunEnd } from './run-end.ts'

/** What a running run tells whoever shows its progress. Plain data: it crosses from a worker. */
export type RunProgress =
  /** Another process is making it; it is waited for. */
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'started'
      /** The step that it goes on from; 0 at its start. */
      readonly from: number
      /** The steps that it makes; absent where nobody can tell. */
      readonly steps?: number
    }
  | {
      readonly kind: 'step'
      readonly step: number
      readonly epoch?: number
      readonly loss?: number
      readonly accuracy?: number
    }
  | {
      readonly kind: 'coherence'
      readonly step: number
      readonly split: string
      readonly population: string
      readonly mAlpha: number
    }
  | {
      readonly kind: 'evaluation'
      readonly step: number
      readonly split: string
      readonly population: string
      readonly loss: number
      readonly accuracy: number
    }
  | { readonly kind: 'finished'; readonly step: number; readonly why: RunEnd }
  /** Its worker died, `how` says of what; it goes on in another one once the runs that have not begun are made. */
  | { readonly kind: 'died'; readonly how: string }
