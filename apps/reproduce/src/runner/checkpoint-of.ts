import type { Checkpoint, Offsets } from '@coherent-gradients/runlog'
import type { StoredTensor, TrainingState } from '@coherent-gradients/training'
import type { RunEnd } from './run-end.ts'

type Group = Readonly<Record<string, StoredTensor>>

/** A training state and the tables' lengths at it, as a checkpoint. Weights and aggregator memory share its tensors. */
export function checkpointOf(state: TrainingState, offsets: Offsets, ended: RunEnd | null): Checkpoint {
  const named = (prefix: string, tensors: Group): [string, Checkpoint['tensors'][string]][] =>
    Object.entries(tensors).map(([name, { shape, data }]) => [`${prefix}:${name}`, { dtype: 'float32', shape, data }])
  return {
    step: state.step,
    offsets,
    tensors: Object.fromEntries([...named('weight', state.weights), ...named('aggregator', state.aggregator)]),
    metadata: { examplesSeen: state.examplesSeen, schedules: state.schedules, ended },
  }
}

/** The training state of a checkpoint that {@link checkpointOf} made. */
export function stateOf({ step, tensors, metadata }: Checkpoint): TrainingState {
  const group = (prefix: string): Group =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([name, { shape, data }]) =>
        name.startsWith(`${prefix}:`)
          ? [[name.slice(prefix.length + 1), { shape, data: data as Float32Array }] as const]
          : [],
      ),
    )
  const { examplesSeen, schedules } = metadata as unknown as Pick<TrainingState, 'examplesSeen' | 'schedules'>
  return { step, examplesSeen, schedules, weights: group('weight'), aggregator: group('aggregator') }
}

/** Why the run had ended at a checkpoint; null where it goes on from there. */
export function endOf({ metadata }: Checkpoint): RunEnd | null {
  return (metadata as { readonly ended?: RunEnd | null }).ended ?? null
}
