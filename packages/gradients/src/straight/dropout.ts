import type { StraightLayer } from './straight-layer.ts'

/** Dropout, which in inference gives what it gets: its output is a ReLU's where its input is. */
export function straightDropout(rectified: boolean): StraightLayer {
  return { rectifies: rectified, forward: (x) => x, back: (dz) => dz }
}
