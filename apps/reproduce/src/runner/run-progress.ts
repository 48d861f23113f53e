import type { Failure } from '@coherent-gradients/core'

/** What a running run tells whoever shows its progress. Plain data: it crosses from a worker. */
export type RunProgress =
  | { readonly kind: 'started'; readonly steps: number; readonly from: number; readonly engine: string }
  | {
      readonly kind: 'step'
      readonly step: number
      readonly epoch: number
      readonly loss: number
      readonly accuracy: number
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
  | { readonly kind: 'finished'; readonly step: number; readonly why: 'steps made' | 'fitted' | 'diverged' }
  | { readonly kind: 'failed'; readonly failure: Failure }
