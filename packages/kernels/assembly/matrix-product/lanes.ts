/** Four numbers at a time. */
export class Lanes {
  /** sum + x·y, rounded twice: fused it would not be the same on every machine. */
  @inline static addProduct(sum: v128, x: v128, y: v128): v128 { return f32x4.add(sum, f32x4.mul(x, y)) }

  /** x between `low` and `high`; NaN stays NaN. */
  @inline static clamp(x: v128, low: v128, high: v128): v128 { return f32x4.min(f32x4.max(x, low), high) }

  @inline static copy(from: usize, to: usize): void { v128.store(to, v128.load(from)) }

  /** Zeros; `bytes` is a multiple of 16. A loop: the instruction for it costs more than a short one. */
  @inline static clear(to: usize, bytes: usize): void {
    for (const end = to + bytes; to < end; to += 16) v128.store(to, f32x4.splat(0))
  }

  /** Some numbers; `bytes` is a multiple of 4. */
  @inline static copyNumbers(to: usize, from: usize, bytes: usize): void {
    for (let i: usize = 0; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i))
  }
}
