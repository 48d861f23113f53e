import type { RuleSpec } from '@coherent-gradients/aggregators'
import type { LossSpec } from '../../run-spec.ts'

/** What a network can be trained with against wrong labels. */
export interface Method {
  /** As figures and tables name it. */
  readonly name: string
  readonly kind: 'plain' | 'loss' | 'selection' | 'rule'
  /** The rule for a share of wrong labels, which only small-loss selection is told. */
  readonly aggregator: (noise: number) => RuleSpec
  readonly loss?: LossSpec
}

const mean = (): RuleSpec => ({ rule: 'mean' })
const rule = (name: string, spec: RuleSpec): Method => ({ name, kind: 'rule', aggregator: () => spec })

/** Plain SGD. Early stopping is no method of its own: it chooses among the weights that this one passes through. */
export const plain: Method = { name: 'plain SGD', kind: 'plain', aggregator: mean }

/** Epochs over which small-loss selection begins to leave examples out, as in its paper. */
const SELECTION_EPOCHS = 10

/**
 * Every method that is compared, with options that its source uses or that suit batches of 60, tuned on nothing. A rule that is
 * not among them isn't in this comparison: adding one adds its runs.
 */
export const methods = (stepsPerEpoch: number): readonly Method[] => [
  plain,
  {
    name: 'label smoothing',
    kind: 'loss',
    aggregator: mean,
    loss: { loss: 'smoothed-cross-entropy', smoothing: 0.1 },
  },
  {
    name: 'generalized cross-entropy',
    kind: 'loss',
    aggregator: mean,
    loss: { loss: 'generalized-cross-entropy', q: 0.7 },
  },
  {
    name: 'small-loss selection',
    kind: 'selection',
    aggregator: (noise) => ({ rule: 'small-loss', drop: noise, warmup: SELECTION_EPOCHS * stepsPerEpoch }),
  },
  // Of the paper.
  rule('winsor(8%)', { rule: 'winsorized-mean', percent: 8 }),
  rule('M3', { rule: 'median-of-means', groups: 3 }),
  rule('RM3', { rule: 'rolling-median' }),
  rule('RA3', { rule: 'rolling-mean' }),
  // Of robust aggregation, set for a quarter of the rows.
  rule('trim(25%)', { rule: 'trimmed-mean', percent: 25 }),
  rule('median', { rule: 'coordinate-median' }),
  rule('meamed(15)', { rule: 'mean-around-median', count: 15 }),
  rule('geomed', { rule: 'geometric-median' }),
  rule('mom(12)', { rule: 'median-of-means', groups: 12 }),
  rule('krum(15)', { rule: 'krum', byzantine: 15 }),
  rule('multi-krum(15, 45)', { rule: 'krum', byzantine: 15, keep: 45 }),
  // Of agreement among gradients.
  rule('and-mask(0.3)', { rule: 'sign-agreement', threshold: 0.3 }),
  rule('gaf(0.97) of 6 means', { rule: 'gradient-agreement', groups: 6, threshold: 0.97 }),
  rule('snr', { rule: 'snr-gate' }),
  rule('coherence', { rule: 'coherence-weighting' }),
  // Of lengths and of time.
  rule('clipRows(1)', { rule: 'chain', stages: [{ stage: 'clip-rows', norm: 1 }, { rule: 'mean' }] }),
  rule('clip(1)', { rule: 'chain', stages: [{ rule: 'mean' }, { stage: 'clip-by-norm', norm: 1 }] }),
  rule('grokfast', { rule: 'chain', stages: [{ rule: 'mean' }, { stage: 'grokfast' }] }),
]
