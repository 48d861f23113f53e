import type { Key } from '@coherent-gradients/core'
import { epochOrder } from './epoch-order.ts'

/** Which examples each step trains on. A pure function of the step, so a resumed run goes on where it stopped. */
export interface BatchSchedule {
  readonly batchSize: number
  readonly stepsPerEpoch: number
  /** The epoch of a step, both counted from 0. */
  epochOf(step: number): number
  /** [batchSize] the ids of a step's batch. */
  batchIds(step: number): Uint32Array
}

/**
 * Batches of equal size out of an order that is shuffled anew for each epoch.
 *
 *   batch(t) = order(⌊t / s⌋)[b·(t mod s) … b·(t mod s) + b − 1],  s = ⌊n / b⌋
 *
 * Index legend: t steps, b examples a batch, n examples, s steps an epoch. Every batch is whole: when b doesn't divide
 * n, the n mod b examples at the end of an epoch's order sit that epoch out (other examples in each epoch). A short
 * batch would weigh its examples more, have another orthogonal limit 1/m, and lack the rows that clipping by count or
 * micro-batches ask for. The last epoch asked for is remembered, so walking through the steps shuffles once an epoch.
 *
 * @throws RangeError when the batch size is not an integer from 1 to n, or a step is not an integer ≥ 0.
 *
 * @example
 * const schedule = batchSchedule(train.ids, { key: keyOf(0), batchSize: 100 })
 * const batch = await train.read(schedule.batchIds(step))
 */
export function batchSchedule(
  ids: Uint32Array,
  { key, batchSize }: { readonly key: Key; readonly batchSize: number },
): BatchSchedule {
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > ids.length) {
    throw new RangeError(
      `batchSchedule: required a batch size from 1 to ${ids.length} (all examples), found ${batchSize}`,
    )
  }
  const stepsPerEpoch = Math.floor(ids.length / batchSize)
  let remembered = { epoch: -1, order: ids }

  function epochOf(step: number): number {
    if (Number.isInteger(step) && step >= 0) return Math.floor(step / stepsPerEpoch)
    throw new RangeError(`batchSchedule: required a step ≥ 0, found ${step}`)
  }

  return {
    batchSize,
    stepsPerEpoch,
    epochOf,
    batchIds(step) {
      const epoch = epochOf(step)
      if (remembered.epoch !== epoch) remembered = { epoch, order: epochOrder(ids, key, epoch) }
      const from = (step - epoch * stepsPerEpoch) * batchSize
      return remembered.order.slice(from, from + batchSize)
    },
  }
}
