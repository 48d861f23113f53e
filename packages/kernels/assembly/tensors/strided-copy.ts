/**
 * Copies numbers of four bytes from one strided array of five axes to another:
 *
 *   to[Σ iₐ·toₐ] = from[Σ iₐ·fromₐ]
 *
 * Index legend: axis a of 5, i_a of n_a. Strides count numbers and may be negative. Where the last axis is dense on both
 * sides, rows are copied whole; where the last axis of `to` and the last but one of `from` are dense, squares of 4 × 4
 * are turned in registers.
 */
export function stridedCopy(
  from: usize, to: usize,
  n0: i32, n1: i32, n2: i32, n3: i32, n4: i32,
  from0: i32, from1: i32, from2: i32, from3: i32, from4: i32,
  to0: i32, to1: i32, to2: i32, to3: i32, to4: i32,
): void {
  for (let i0 = 0; i0 < n0; i0++) {
    for (let i1 = 0; i1 < n1; i1++) {
      for (let i2 = 0; i2 < n2; i2++) {
        const source = from + ((i0 * from0 + i1 * from1 + i2 * from2) << 2)
        const target = to + ((i0 * to0 + i1 * to1 + i2 * to2) << 2)
        if (from4 == 1 && to4 == 1) copyRows(source, target, n3, n4, from3, to3)
        else if (from3 == 1 && to4 == 1) turn(source, target, n3, n4, from4, to3)
        else copyNumbers(source, target, 0, n3, 0, n4, from3, from4, to3, to4)
      }
    }
  }
}

function copyRows(from: usize, to: usize, rows: i32, width: i32, fromRow: i32, toRow: i32): void {
  const whole = <usize>(width & ~3) << 2
  const all = <usize>width << 2
  for (let r = 0; r < rows; r++) {
    if (width >= 64) memory.copy(to, from, all)
    else {
      let j: usize = 0
      for (; j < whole; j += 16) v128.store(to + j, v128.load(from + j))
      for (; j < all; j += 4) store<f32>(to + j, load<f32>(from + j))
    }
    from += fromRow << 2
    to += toRow << 2
  }
}

function copyNumbers(
  from: usize, to: usize, r0: i32, r1: i32, c0: i32, c1: i32, fromRow: i32, fromColumn: i32, toRow: i32, toColumn: i32,
): void {
  for (let r = r0; r < r1; r++) {
    for (let c = c0; c < c1; c++) {
      store<f32>(to + ((r * toRow + c * toColumn) << 2), load<f32>(from + ((r * fromRow + c * fromColumn) << 2)))
    }
  }
}

/** `to` [rows, columns] dense along its columns, `from` dense along the rows. */
function turn(from: usize, to: usize, rows: i32, columns: i32, fromColumn: i32, toRow: i32): void {
  const wholeRows = rows & ~3
  const wholeColumns = columns & ~3
  const fromStep = <usize>(fromColumn << 2)
  const toStep = <usize>(toRow << 2)
  for (let c = 0; c < wholeColumns; c += 4) {
    let source = from + <usize>c * fromStep
    let target = to + (<usize>c << 2)
    for (let r = 0; r < wholeRows; r += 4) {
      const x0 = v128.load(source)
      const x1 = v128.load(source + fromStep)
      const x2 = v128.load(source + 2 * fromStep)
      const x3 = v128.load(source + 3 * fromStep)
      const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5)
      const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7)
      const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5)
      const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7)
      v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5))
      v128.store(target + toStep, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7))
      v128.store(target + 2 * toStep, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5))
      v128.store(target + 3 * toStep, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7))
      source += 16
      target += 4 * toStep
    }
  }
  copyNumbers(from, to, wholeRows, rows, 0, wholeColumns, 1, fromColumn, toRow, 1)
  copyNumbers(from, to, 0, rows, wholeColumns, columns, 1, fromColumn, toRow, 1)
}
