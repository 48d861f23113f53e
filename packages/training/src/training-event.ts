import type { TrainingState } from './training-state.ts'

/** What {@link train} tells of the run, in order. `step` counts updates made. */
export type TrainingEvent<Measurement> =
  /** An update was made. `loss` and `accuracy` are the minibatch's means before it. */
  | {
      readonly kind: 'step'
      readonly step: number
      readonly epoch: number
      readonly loss: number
      readonly accuracy: number
      readonly learningRate: number
    }
  /** A probe measured the weights after `step` updates. */
  | {
      readonly kind: 'measurement'
      readonly probe: string
      readonly step: number
      readonly epoch: number
      readonly value: Measurement
    }
  /** The run can be resumed from here: everything up to `state.step` has been told. */
  | { readonly kind: 'checkpoint'; readonly state: TrainingState }
  /** The minibatch's loss was not finite, so no update was made; nothing follows. */
  | { readonly kind: 'diverged'; readonly step: number; readonly epoch: number; readonly loss: number }
