import type { ModelLayer } from './model-layers.ts'
import { keyedDropout, type DropoutMasks } from './rules/keyed-dropout.ts'

/**
 * The layers as one pass over examples from … from + count − 1 of a batch goes by them: those of class Dropout with the masks
 * of these examples. As they are where there are no masks.
 *
 * @param layers with a rule for Dropout among theirs, whichever it is.
 */
export function withMasks(
  layers: readonly ModelLayer[],
  masks: DropoutMasks | undefined,
  from: number,
  count: number,
): readonly ModelLayer[] {
  if (masks === undefined) return layers
  const rule = keyedDropout({ key: masks.key, ids: Array.from(masks.ids).slice(from, from + count) })
  return layers.map((each) => (each.layer.getClassName() === 'Dropout' ? { ...each, rule } : each))
}
