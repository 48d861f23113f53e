import type { QuantityRow } from '@coherent-gradients/runlog'
import { taskEither as TE } from 'fp-ts'
import type { RunSpec } from '../../run-spec.ts'
import type { Task } from './task.ts'

/**
 * A task of seconds at most: a function from the spec to rows of the table `quantities`. A run of it that was killed starts
 * anew.
 *
 * @param load gives the function; loaded when a run is made.
 */
export function quickTask<Spec extends RunSpec>(
  load: () => Promise<(spec: Spec) => Iterable<QuantityRow> | AsyncIterable<QuantityRow>>,
): Task<Spec> {
  return {
    tables: () => ['quantities'],
    steps: () => undefined,
    load: async () => {
      const compute = await load()
      return ({ spec }) =>
        TE.right({
          data: {},
          async make({ log, tell }) {
            tell({ kind: 'started', from: 0 })
            for await (const row of compute(spec)) log.append('quantities', row)
            await log.close()
            tell({ kind: 'finished', step: 0, why: 'computed' })
            return 'computed'
          },
        })
    },
  }
}
