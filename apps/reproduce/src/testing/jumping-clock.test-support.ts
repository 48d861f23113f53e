/**
 * For `--import`: every third look at any of the clocks finds that they have jumped, now hours ahead, now back.
 */
const TheDate = Date
const now = performance.now.bind(performance)
const HOURS_MS = 5 * 3_600_000
let [looks, offset] = [0, 0]

function jumped(): number {
  if (++looks % 3 === 0) offset = looks % 2 === 0 ? HOURS_MS : -HOURS_MS
  return offset
}

performance.now = () => now() + jumped()
globalThis.Date = class extends TheDate {
  constructor(...given: readonly never[]) {
    if (given.length === 0) super(TheDate.now() + jumped())
    else super(...(given as unknown as [number]))
  }
  static override now(): number {
    return TheDate.now() + jumped()
  }
} as DateConstructor
