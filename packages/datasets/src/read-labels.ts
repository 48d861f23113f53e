import type { Batch, Split } from '@coherent-gradients/core'

/** What is known of examples without their inputs. */
export type ExampleLabels = Pick<Batch, 'ids' | 'labels' | 'trueLabels' | 'touched'>

/** Tells labels without inputs. */
export type LabelReader = (ids: ArrayLike<number>) => Promise<ExampleLabels>

// Beside the splits, not in them: a copy with another `read` must not keep the labels of what it was copied from.
const readers = new WeakMap<Split, LabelReader>()

/**
 * The labels, true labels and marks of some examples, without their inputs where the split can do that: nobody has to
 * decode a million pictures to learn their labels. Elsewhere the examples are read, some at a time.
 *
 * @throws RangeError when an id is not in the split.
 *
 * @example
 * const { labels } = await readLabels(train, train.ids)
 */
export async function readLabels(split: Split, ids: ArrayLike<number>): Promise<ExampleLabels> {
  const reader = readers.get(split)
  if (reader !== undefined) return reader(ids)
  const asked = Uint32Array.from(ids)
  const parts: ExampleLabels[] = []
  for (let from = 0; from < asked.length; from += batchOf(split)) {
    const { ids: found, labels, trueLabels, touched } = await split.read(asked.subarray(from, from + batchOf(split)))
    parts.push({ ids: found, labels, trueLabels, touched })
  }
  return {
    ids: Uint32Array.from(parts.flatMap((part) => [...part.ids])),
    labels: Int32Array.from(parts.flatMap((part) => [...part.labels])),
    trueLabels: Int32Array.from(parts.flatMap((part) => [...part.trueLabels])),
    touched: Uint8Array.from(parts.flatMap((part) => [...part.touched])),
  }
}

/** Lets a split tell its labels without reading inputs. */
export function tellingLabels<S extends Split>(split: S, reader: LabelReader): S {
  readers.set(split, reader)
  return split
}

/** Lets a split that was made of another tell labels where the other does. */
export function tellingLabelsOf<S extends Split>(
  split: S,
  source: Split,
  change: (labels: ExampleLabels) => ExampleLabels | Promise<ExampleLabels>,
): S {
  const reader = readers.get(source)
  return reader === undefined ? split : tellingLabels(split, async (ids) => change(await reader(ids)))
}

/** Examples at a time that take no more than 32 MiB, and no more than a thousand. */
export function batchOf({ inputShape }: Split): number {
  const size = inputShape.reduce((product, side) => product * side, 1)
  return Math.max(1, Math.min(1000, Math.floor(2 ** 23 / size)))
}

/** What is known of examples that nothing was done to, out of the labels of all rows. */
export function cleanLabels(ids: ArrayLike<number>, rows: Uint32Array, all: Int32Array): ExampleLabels {
  const labels = Int32Array.from(rows, (row) => all[row]!)
  return { ids: Uint32Array.from(ids), labels, trueLabels: labels.slice(), touched: new Uint8Array(rows.length) }
}
