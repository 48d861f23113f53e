import type { CaptureOptions } from './capture-options.ts'
import { frozenBatchNormalization } from './rules/frozen-batch-normalization.ts'
import type { LayerRule } from './rules/layer-rule.ts'
import { movingAlong, trainingInParts } from './rules/stepping-batch-normalization.ts'

/** How one capture takes BatchNormalization layers. */
export interface CapturedNormalisation {
  readonly rules: readonly LayerRule[]
  /** Throws where nothing says how a layer of the class is to be taken. */
  check(name: string): void
  dispose(): void
}

/**
 * How BatchNormalization layers are taken where rows are captured.
 *
 * @param what the caller's name, in front of errors.
 * @throws RangeError when `batchNormalization` doesn't go with the rows.
 */
export function capturedNormalisation(
  { rows, batchNormalization }: Pick<CaptureOptions, 'rows' | 'batchNormalization'>,
  what: string,
): CapturedNormalisation {
  const examples = rows.of === 'examples'
  const chosen = batchNormalization ?? (examples ? undefined : 'training')
  const fits: readonly unknown[] = examples ? [undefined, 'inference', 'frozenBatch'] : ['inference', 'training']
  if (!fits.includes(chosen)) {
    throw new RangeError(
      `${what}: required batchNormalization ${examples ? 'inference or frozenBatch for rows that are examples' : 'inference or training for rows that are micro-batches'}, found ${chosen}`,
    )
  }
  const check = (): void => {}
  const dispose = (): void => {}
  if (chosen === 'training' && !examples) {
    return { rules: [movingAlong(trainingInParts(rows.groups), rows.groups)], check, dispose }
  }
  if (chosen === 'frozenBatch') {
    const frozen = frozenBatchNormalization()
    return { rules: [movingAlong(frozen.recording, 1)], check, dispose: () => frozen.dispose() }
  }
  if (chosen === 'inference') return { rules: [], check, dispose }
  return {
    rules: [],
    check(name) {
      throw new RangeError(
        `${what}: required batchNormalization inference or frozenBatch for layer ${name}, found none chosen: in training ` +
          'mode an example has no gradient of its own. A rule over micro-batches, such as M3, goes by their own statistics',
      )
    },
    dispose,
  }
}
