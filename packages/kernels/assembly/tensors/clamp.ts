/** y = x between `low` and `high`, n numbers; NaN stays NaN. */
export function clamp(x: usize, n: i32, low: f32, high: f32, y: usize): void {
  const bytes = <usize>n << 2
  const whole = <usize>(n & ~3) << 2
  const l = f32x4.splat(low), h = f32x4.splat(high)
  let i: usize = 0
  for (; i < whole; i += 16) v128.store(y + i, f32x4.min(f32x4.max(v128.load(x + i), l), h))
  for (; i < bytes; i += 4) store<f32>(y + i, min<f32>(max<f32>(load<f32>(x + i), low), high))
}
