import { Wide } from './wide'

/**
 * What clipped values are rounded to before they are added up, lane by lane: multiples of 2⁻²³ of the lowest power of two
 * above the larger bound. Added to that power, a float32 number is such a multiple, and the bits of the sum count them: sums
 * of bits are exact, whatever the order.
 */
export class Grid {
  /** Vectors whose sum of bits is sure to fit. */
  @inline static get most(): i32 {
    return 248
  }

  /** The lowest power of two above a size, ∞ from 2¹²⁷ on. */
  @inline static above(size: v128): v128 {
    return i32x4.add(v128.and(size, i32x4.splat(0x7f800000)), i32x4.splat(0x00800000))
  }

  /** How often 2⁻²³ of that power, plus the bits of the power, makes a size. */
  @inline static bits(size: v128, power: v128): v128 {
    return f32x4.add(size, power)
  }

  /** The numbers that are counted, divided by `by`, as float32, a zero as +0. */
  @inline static quotient(low: v128, high: v128, power: v128, by: i32): v128 {
    const unit = f64x2.splat(1.0 / 8388608.0)
    return Wide.quotient(
      f64x2.mul(low, f64x2.mul(Wide.low(power), unit)),
      f64x2.mul(high, f64x2.mul(Wide.high(power), unit)),
      by,
    )
  }
}
