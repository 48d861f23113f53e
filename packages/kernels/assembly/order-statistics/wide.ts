/** A number for each of four lanes in float64: lanes 0 and 1 in `low`, 2 and 3 in `high`. */
export class Wide {
  @inline static low(x: v128): v128 {
    return f64x2.promote_low_f32x4(x)
  }

  @inline static high(x: v128): v128 {
    return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1))
  }

  /** Whole numbers of 32 bits. */
  @inline static lowOfCounts(x: v128): v128 {
    return f64x2.convert_low_i32x4_s(x)
  }

  @inline static highOfCounts(x: v128): v128 {
    return f64x2.convert_low_i32x4_s(v128.shuffle<i64>(x, x, 1, 1))
  }

  /** The numbers divided by `by`, as float32, a zero as +0. */
  @inline static quotient(low: v128, high: v128, by: i32): v128 {
    const divisor = f64x2.splat(by)
    const first = f32x4.demote_f64x2_zero(f64x2.div(low, divisor))
    const second = f32x4.demote_f64x2_zero(f64x2.div(high, divisor))
    return f32x4.add(v128.shuffle<i64>(first, second, 0, 2), f32x4.splat(0))
  }
}
