import { Lanes } from './lanes'

/**
 * Copies `width` columns of k rows to `to`, row after row, each filled up with zeros to `padded` columns. Column j of row
 * i lies at `b + i·rowB + j·stepB`. `padded` is a multiple of 8.
 */
export function pack(b: usize, rowB: usize, stepB: usize, k: i32, width: i32, padded: i32, to: usize): void {
  const rowBytes = <usize>padded << 2
  if (width < padded) Lanes.clear(to, <usize>k * rowBytes)
  if (stepB == 4) packRows(b, rowB, k, width, rowBytes, to)
  else if (rowB == 4) packTransposed(b, stepB, k, width, rowBytes, to)
  else packNumbers(b, rowB, stepB, 0, k, 0, width, rowBytes, to)
}

function packRows(b: usize, rowB: usize, k: i32, width: i32, rowBytes: usize, to: usize): void {
  const whole = <usize>(width & ~7) << 2
  const all = <usize>width << 2
  for (let i = 0; i < k; i++) {
    let j: usize = 0
    for (; j < whole; j += 32) {
      Lanes.copy(b + j, to + j)
      Lanes.copy(b + j + 16, to + j + 16)
    }
    for (; j < all; j += 4) store<f32>(to + j, load<f32>(b + j))
    b += rowB
    to += rowBytes
  }
}

/** Squares of 4 × 4, turned about their diagonals. */
function packTransposed(b: usize, stepB: usize, k: i32, width: i32, rowBytes: usize, to: usize): void {
  const wholeRows = k & ~3
  const wholeColumns = width & ~3
  for (let j = 0; j < wholeColumns; j += 4) {
    let at = to + (<usize>j << 2)
    const b0 = b + <usize>j * stepB
    const b1 = b0 + stepB
    const b2 = b1 + stepB
    const b3 = b2 + stepB
    for (let i: usize = 0; i < <usize>wholeRows << 2; i += 16) {
      const x0 = v128.load(b0 + i)
      const x1 = v128.load(b1 + i)
      const x2 = v128.load(b2 + i)
      const x3 = v128.load(b3 + i)
      const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5)
      const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7)
      const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5)
      const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7)
      v128.store(at, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5))
      v128.store(at + rowBytes, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7))
      v128.store(at + 2 * rowBytes, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5))
      v128.store(at + 3 * rowBytes, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7))
      at += 4 * rowBytes
    }
  }
  packNumbers(b, 4, stepB, wholeRows, k, 0, wholeColumns, rowBytes, to)
  packNumbers(b, 4, stepB, 0, k, wholeColumns, width, rowBytes, to)
}

function packNumbers(
  b: usize, rowB: usize, stepB: usize, fromRow: i32, toRow: i32, fromColumn: i32, toColumn: i32, rowBytes: usize, to: usize,
): void {
  for (let i = fromRow; i < toRow; i++) {
    for (let j = fromColumn; j < toColumn; j++) {
      store<f32>(to + <usize>i * rowBytes + (<usize>j << 2), load<f32>(b + <usize>i * rowB + <usize>j * stepB))
    }
  }
}
