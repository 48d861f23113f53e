/** gradient = dy · step(x), n numbers: step is 1 above 0, 0 below and at it, NaN of NaN. */
export function reluGradient(dy: usize, x: usize, n: i32, gradient: usize): void {
  const one = f32x4.splat(1), zero = f32x4.splat(0)
  const whole = <usize>(n & ~3) << 2
  const bytes = <usize>n << 2
  let i: usize = 0
  for (; i < whole; i += 16) {
    const z = v128.load(x + i)
    const step = v128.or(v128.and(f32x4.gt(z, zero), one), f32x4.ne(z, z))
    v128.store(gradient + i, f32x4.mul(v128.load(dy + i), step))
  }
  for (; i < bytes; i += 4) {
    const z = load<f32>(x + i)
    const step: f32 = z != z ? z : z > 0 ? 1 : 0
    store<f32>(gradient + i, load<f32>(dy + i) * step)
  }
}

/** difference = x − y·scale, n numbers, rounded after the product as after the difference. */
export function scaledDifference(x: usize, y: usize, scale: f32, n: i32, difference: usize): void {
  const s = f32x4.splat(scale)
  const whole = <usize>(n & ~3) << 2
  const bytes = <usize>n << 2
  let i: usize = 0
  for (; i < whole; i += 16) {
    v128.store(difference + i, f32x4.sub(v128.load(x + i), f32x4.mul(v128.load(y + i), s)))
  }
  for (; i < bytes; i += 4) store<f32>(difference + i, load<f32>(x + i) - load<f32>(y + i) * scale)
}

/** quotient = x / y, n numbers. */
export function quotient(x: usize, y: f32, n: i32, result: usize): void {
  const divisor = f32x4.splat(y)
  const whole = <usize>(n & ~3) << 2
  const bytes = <usize>n << 2
  let i: usize = 0
  for (; i < whole; i += 16) v128.store(result + i, f32x4.div(v128.load(x + i), divisor))
  for (; i < bytes; i += 4) store<f32>(result + i, load<f32>(x + i) / y)
}
