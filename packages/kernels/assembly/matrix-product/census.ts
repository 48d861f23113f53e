/**
 * How many of m × k numbers aren't zero; NaN isn't. Row i lies at `a + i·rowA`, its numbers `stepA` bytes apart.
 */
export function countNonzeros(a: usize, rowA: usize, stepA: usize, m: i32, k: i32): f64 {
  if (stepA != 4 && rowA == 4) return countNonzeros(a, stepA, 4, k, m)
  const quads = stepA == 4 ? k & ~3 : 0
  let count: f64 = 0
  for (let i = 0; i < m; i++) {
    const row = a + <usize>i * rowA
    let lanes = i32x4.splat(0)
    let j = 0
    // A comparison that holds is −1.
    for (; j < quads; j += 4) {
      lanes = i32x4.sub(lanes, f32x4.ne(v128.load(row + (<usize>j << 2)), f32x4.splat(0)))
    }
    let rest = 0
    for (; j < k; j++) rest += i32(load<f32>(row + <usize>j * stepA) != 0)
    count += <f64>(
      rest +
      i32x4.extract_lane(lanes, 0) +
      i32x4.extract_lane(lanes, 1) +
      i32x4.extract_lane(lanes, 2) +
      i32x4.extract_lane(lanes, 3)
    )
  }
  return count
}

/** Whether k × n numbers are all finite. */
export function allFinite(b: usize, rowB: usize, stepB: usize, k: i32, n: i32): bool {
  if (stepB != 4 && rowB == 4) return allFinite(b, stepB, 4, n, k)
  const quads = stepB == 4 ? n & ~3 : 0
  for (let i = 0; i < k; i++) {
    const row = b + <usize>i * rowB
    // x − x has no bit set, or is NaN where x is infinite or NaN.
    let lanes = i32x4.splat(0)
    let j = 0
    for (; j < quads; j += 4) {
      const x = v128.load(row + (<usize>j << 2))
      lanes = v128.or(lanes, f32x4.sub(x, x))
    }
    let rest: f32 = 0
    for (; j < n; j++) {
      const x = load<f32>(row + <usize>j * stepB)
      rest += x - x
    }
    if (rest != 0 || v128.any_true(lanes)) return false
  }
  return true
}
