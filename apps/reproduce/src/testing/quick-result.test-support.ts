import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { taskOf } from '../runner/tasks/index.ts'

/** The run of a spec whose task is a quick one, made in memory. */
export async function quickResult<Spec extends RunSpec>(spec: Spec): Promise<RunResult<Spec>> {
  const quantities: QuantityRow[] = []
  const prepared = await (await taskOf(spec).load())({ spec, runs: '' })()
  if (prepared._tag === 'Left') throw new Error(prepared.left.message)
  await prepared.right.make({
    log: {
      directory: '',
      append: (_, row) => void quantities.push(row as QuantityRow),
      flush: async () => ({}),
      close: async () => ({}),
    },
    checkpoint: null,
    save: async () => {},
    tell: () => {},
  })
  const none = { steps: [], evaluations: [], coherence: [], imputations: [] }
  return { id: spec.arm, directory: '', spec, done: true, ...none, quantities }
}
