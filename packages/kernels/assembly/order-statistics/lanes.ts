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

  /** The first numbers at a place, as many as there are lanes; the others are 0. */
  @inline static load(from: usize, lanes: i32): v128 {
    if (lanes > 3) return v128.load(from)
    let x = v128.load32_zero(from)
    if (lanes > 1) x = v128.load_lane<f32>(from, x, 1, 4)
    if (lanes > 2) x = v128.load_lane<f32>(from, x, 2, 8)
    return x
  }

  /** One number to each place, `step` bytes apart. */
  @inline static store(to: usize, step: usize, x: v128, lanes: i32): void {
    v128.store_lane<f32>(to, x, 0)
    if (lanes > 1) v128.store_lane<f32>(to + step, x, 1)
    if (lanes > 2) v128.store_lane<f32>(to + 2 * step, x, 2)
    if (lanes > 3) v128.store_lane<f32>(to + 3 * step, x, 3)
  }
}
