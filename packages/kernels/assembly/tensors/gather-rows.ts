/**
 * Rows by number: out [batch, outer, count, width] from x [batch, outer, rows, width], numbers of four bytes, by
 * ids [batch, count], all within x.
 */
export function gatherRows(x: usize, ids: usize, batch: i32, outer: i32, rows: i32, count: i32, width: i32, out: usize): void {
  const bytes = <usize>width << 2
  const whole = <usize>(width & ~3) << 2
  for (let b = 0; b < batch; b++) {
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        const from = x + <usize>load<i32>(ids + (<usize>i << 2)) * bytes
        if (width >= 64) memory.copy(out, from, bytes)
        else {
          let j: usize = 0
          for (; j < whole; j += 16) v128.store(out + j, v128.load(from + j))
          for (; j < bytes; j += 4) store<f32>(out + j, load<f32>(from + j))
        }
        out += bytes
      }
      x += <usize>rows * bytes
    }
    ids += <usize>count << 2
  }
}
