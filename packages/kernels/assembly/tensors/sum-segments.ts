/**
 * Adds row i of `values` [n, width] to row ids[i] of `sums` [segments, width], in order; a row whose id is negative or
 * past the last segment is left out. `sums` holds what the rows are added to.
 */
export function sumSegments(values: usize, ids: usize, n: i32, width: i32, segments: i32, sums: usize): void {
  const bytes = <usize>width << 2
  const whole = <usize>(width & ~3) << 2
  for (let i = 0; i < n; i++) {
    const id = load<i32>(ids + (<usize>i << 2))
    if (<u32>id < <u32>segments) {
      const sum = sums + <usize>id * bytes
      let j: usize = 0
      for (; j < whole; j += 16) v128.store(sum + j, f32x4.add(v128.load(sum + j), v128.load(values + j)))
      for (; j < bytes; j += 4) store<f32>(sum + j, load<f32>(sum + j) + load<f32>(values + j))
    }
    values += bytes
  }
}
