import type { LayerRule } from './rules/layer-rule.ts'

/** How per-example gradients are made. */
export interface PerExampleOptions {
  /** Rules for custom layers, or in place of a built-in one: the first that knows a layer's class counts. */
  readonly rules?: readonly LayerRule[]
  /**
   * What to do with a trained layer that has no rule: `error` (the default) names it; `example-by-example` forms its rows
   * by one backward pass an example, exact and about m times as slow. Layers with rules stay fast either way.
   */
  readonly fallback?: 'error' | 'example-by-example'
  /**
   * Bytes that one method of a block may take for what it forms on the way, such as patches of images: 64 MiB unless
   * told. One example's share is the least. The results are the same, up to the order of float32 sums.
   */
  readonly sliceBytes?: number
}

/** 64 MiB. */
export const defaultSliceBytes: number = 2 ** 26
