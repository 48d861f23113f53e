import type { Key } from '@coherent-gradients/core'
import { batchSchedule } from './batch-schedule.ts'

/**
 * The ids of one step's batch: {@link batchSchedule} for a caller who wants a single step. Shuffles at every call.
 *
 * @throws RangeError as batchSchedule does.
 *
 * @example
 * batchIds(train.ids, keyOf(0), 100, 12) // 100 ids
 */
export function batchIds(ids: Uint32Array, key: Key, batchSize: number, step: number): Uint32Array {
  return batchSchedule(ids, { key, batchSize }).batchIds(step)
}
