import { Lanes } from './lanes'

/**
 * A tile of 4 rows × 8 columns of a product, held in registers:
 *
 *   c_rj = clamp(from_rj + Σᵢ a_ri · b_ij)
 *
 * Index legend: r of 4 rows, j of 8 columns, i of k terms, added in order. Row r of a lies at `a + r·rowA`, but row 1 at
 * `a + row1` and so on, so that rows which aren't there can stand for one that is; terms are `stepA` bytes apart. Rows of b
 * are `rowB` bytes apart, those of c `rowC`, those of `from` `rowFrom`. Clamps to [low, high] where `clamped`.
 */
export function tile(
  k: i32, a: usize, row1: usize, row2: usize, row3: usize, stepA: usize, b: usize, rowB: usize,
  from: usize, rowFrom: usize, c: usize, rowC: usize, clamped: bool, low: f32, high: f32,
): void {
  let c00 = v128.load(from), c01 = v128.load(from, 16)
  from += rowFrom
  let c10 = v128.load(from), c11 = v128.load(from, 16)
  from += rowFrom
  let c20 = v128.load(from), c21 = v128.load(from, 16)
  from += rowFrom
  let c30 = v128.load(from), c31 = v128.load(from, 16)
  for (; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let x = v128.load32_splat(a)
    c00 = Lanes.addProduct(c00, x, b0); c01 = Lanes.addProduct(c01, x, b1)
    x = v128.load32_splat(a + row1)
    c10 = Lanes.addProduct(c10, x, b0); c11 = Lanes.addProduct(c11, x, b1)
    x = v128.load32_splat(a + row2)
    c20 = Lanes.addProduct(c20, x, b0); c21 = Lanes.addProduct(c21, x, b1)
    x = v128.load32_splat(a + row3)
    c30 = Lanes.addProduct(c30, x, b0); c31 = Lanes.addProduct(c31, x, b1)
    a += stepA
    b += rowB
  }
  if (clamped) {
    const l = f32x4.splat(low), h = f32x4.splat(high)
    c00 = Lanes.clamp(c00, l, h); c01 = Lanes.clamp(c01, l, h)
    c10 = Lanes.clamp(c10, l, h); c11 = Lanes.clamp(c11, l, h)
    c20 = Lanes.clamp(c20, l, h); c21 = Lanes.clamp(c21, l, h)
    c30 = Lanes.clamp(c30, l, h); c31 = Lanes.clamp(c31, l, h)
  }
  v128.store(c, c00); v128.store(c, c01, 16)
  c += rowC
  v128.store(c, c10); v128.store(c, c11, 16)
  c += rowC
  v128.store(c, c20); v128.store(c, c21, 16)
  c += rowC
  v128.store(c, c30); v128.store(c, c31, 16)
}
