import type { Aggregator } from '@coherent-gradients/gradients'
import type { Optimizer } from '@tensorflow/tfjs-core'
import { AggregatingOptimizer, type WithAggregatorOptions } from './aggregating-optimizer.ts'

/**
 * Puts a rule in front of a tfjs optimizer: it is given the rule's gradient where it would have computed the mean's.
 *
 *   w ← w − optimizer(rule(g₁, …, g_m) + ∇regularisers)
 *
 * Index legend: g₁ … g_m are the batch's rows, examples or micro-batches as the rule asks, of the data's loss. Gradients of
 * regularisers are added behind the rule. The gradient has the scale of a mean, so that a learning rate means what it did.
 *
 * The result is an optimizer. Two ways to use it:
 *
 * - `model.compile({ optimizer, loss })`, then `fit`, `fitDataset` or `trainOnBatch` with callbacks, metrics, validation
 *   and all: each example's gradient is taken out of the one run of `fit`'s own loss.
 * - `optimizer.step(model, loss, batch)` in a loop of your own, which gives the batch's mean loss.
 *
 * Every optimizer of `tf.train` does, momentum and Adam included: they come behind the rule (footnote 27 of the paper).
 * **Momentum before a median** is what no optimizer here can be made to do, and {@link chain} refuses.
 *
 * Dropout is on, and its masks come from tfjs. BatchNormalization: a rule over micro-batches, such as M3 and A3, goes by
 * each micro-batch's own statistics, as the paper does (footnote 28); a rule over examples goes by what
 * `batchNormalization` chooses, and refuses such a model where nothing is chosen. In both the moving statistics follow the
 * batches, except in `inference`.
 *
 * Memory: `getWeights` gives the optimizer's and the rule's (under `aggregator/`), `setWeights` takes both, for the same
 * model or the same made anew, whatever its layers are called. `dispose` frees both; the optimizer passed in belongs to this one from now on.
 *
 * Steps throw an Error where a trained layer has no rule, and a RangeError where `fit` is given class or sample weights, a
 * layer is given a mask, micro-batches don't divide the batch, or the rule refuses its rows. `fit`'s last batch may be
 * smaller: choose a batch size that divides the examples where the rule needs so many rows.
 *
 * @throws TypeError when the optimizer has a rule already, or isn't one, or the rule isn't one.
 * @see "On the Generalization Mystery in Deep Learning", §7, footnotes 27 and 28.
 *
 * @example
 * model.compile({ optimizer: withAggregator(tf.train.adam(1e-3), winsorizedMean({ percent: 4 })), loss: 'categoricalCrossentropy' })
 */
export function withAggregator(
  optimizer: Optimizer,
  aggregator: Aggregator,
  options: WithAggregatorOptions = {},
): AggregatingOptimizer {
  return new AggregatingOptimizer(optimizer, aggregator, options)
}
