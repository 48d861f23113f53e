/**
 * Four columns at a time, one in each lane. Numbers are compared by their bits, as whole numbers: for sizes (numbers ≥ 0)
 * the order is the same, and for signed numbers it is after `toKey`.
 */
export class Lanes {
  /** The lower of two in an order: of the numbers for `i32`, of the numbers turned round for `u32`. */
  @inline static lo<Order>(a: v128, b: v128): v128 {
    return isSigned<Order>() ? i32x4.min_s(a, b) : i32x4.max_s(a, b)
  }

  @inline static hi<Order>(a: v128, b: v128): v128 {
    return isSigned<Order>() ? i32x4.max_s(a, b) : i32x4.min_s(a, b)
  }

  /** What comes before every number in the order. */
  @inline static least<Order>(): v128 {
    return isSigned<Order>() ? i32x4.splat(i32.MIN_VALUE) : i32x4.splat(i32.MAX_VALUE)
  }

  /** Vector `index` of a run of eight that is sorted, counted in the order. */
  @inline static ofRun<Order>(run: usize, index: usize): v128 {
    return v128.load(run + ((isSigned<Order>() ? index : 7 - index) << 4))
  }

  /** Bits of float32 numbers as whole numbers in the same order, −0 just below 0. It undoes itself. */
  @inline static toKey(bits: v128): v128 {
    return v128.xor(bits, i32x4.shr_u(i32x4.shr_s(bits, 31), 1))
  }
}
