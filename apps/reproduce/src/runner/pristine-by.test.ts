import { expect, it } from 'vitest'
import type { NoiseSpec } from '../run-spec.ts'
import { pristineBy } from './pristine-by.ts'

/** Left alone; drawn anew, right by chance; drawn anew, wrong. */
const relabelled = { labels: [1, 2, 3], trueLabels: [1, 2, 5], touched: [0, 1, 1] }
/** A real image and two of noise. */
const repainted = { labels: [1, 2, 3], trueLabels: [1, 2, 3], touched: [0, 1, 1] }

it.each<[NoiseSpec, typeof relabelled, boolean[]]>([
  [{ kind: 'none' }, { ...repainted, touched: [0, 0, 0] }, [true, true, true]],
  [{ kind: 'labels', scheme: 'exact', fraction: 0.5 }, relabelled, [true, true, false]],
  [{ kind: 'gaussian-images', fraction: 0.5 }, repainted, [true, false, false]],
  [{ kind: 'random-pixels', fraction: 0.5 }, repainted, [true, false, false]],
])('under %j', (noise, { labels, trueLabels, touched }, expected) => {
  const batch = {
    labels: Int32Array.from(labels),
    trueLabels: Int32Array.from(trueLabels),
    touched: Uint8Array.from(touched),
  }
  expect([0, 1, 2].map(pristineBy(noise, batch))).toEqual(expected)
})
