/**
 * Σⱼ x_ij² of each row of x [rows, width]. Blocks of 1024 squares are added in float32, the blocks in float64: a long row
 * loses no more than a short one.
 */
export function squaredNorms(x: usize, rows: i32, width: i32, norms: usize): void {
  for (let i = 0; i < rows; i++) {
    store<f32>(norms + (<usize>i << 2), squaredNorm(x, width))
    x += <usize>width << 2
  }
}

/** ‖xᵢ‖²·‖yᵢ‖² for the rows of x [rows, width] and y [rows, others], the norms and their product in float32. */
export function outerProductNorms(x: usize, width: i32, y: usize, others: i32, rows: i32, norms: usize): void {
  for (let i = 0; i < rows; i++) {
    store<f32>(norms + (<usize>i << 2), squaredNorm(x, width) * squaredNorm(y, others))
    x += <usize>width << 2
    y += <usize>others << 2
  }
}

function squaredNorm(x: usize, width: i32): f32 {
  let norm: f64 = 0
  for (let from = 0; from < width; from += 1024) {
    const count = min(1024, width - from)
    norm += sumOfSquares(x, count)
    x += <usize>count << 2
  }
  return <f32>norm
}

function sumOfSquares(x: usize, n: i32): f64 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0)
  const end = x + (<usize>n << 2)
  for (const whole = x + (<usize>(n & ~15) << 2); x < whole; x += 64) {
    const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48)
    s0 = f32x4.add(s0, f32x4.mul(x0, x0))
    s1 = f32x4.add(s1, f32x4.mul(x1, x1))
    s2 = f32x4.add(s2, f32x4.mul(x2, x2))
    s3 = f32x4.add(s3, f32x4.mul(x3, x3))
  }
  let rest: f32 = 0
  for (; x < end; x += 4) rest += load<f32>(x) * load<f32>(x)
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))
  return (
    <f64>rest +
    <f64>f32x4.extract_lane(s, 0) +
    <f64>f32x4.extract_lane(s, 1) +
    <f64>f32x4.extract_lane(s, 2) +
    <f64>f32x4.extract_lane(s, 3)
  )
}
