/**
 * The sums of the columns of x [n, width], row by row in blocks of 64 rows, whose sums are then added in order. The
 * blocks keep the rounding error from growing with n. `block` is room for `width` numbers.
 */
export function sumRows(x: usize, n: i32, width: i32, block: usize, sums: usize): void {
  const bytes = <usize>width << 2
  memory.fill(sums, 0, bytes)
  for (let from = 0; from < n; from += 64) {
    const rows = min(n - from, 64)
    memory.copy(block, x, bytes)
    x += bytes
    for (let i = 1; i < rows; i++) {
      addTo(block, x, bytes)
      x += bytes
    }
    addTo(sums, block, bytes)
  }
}

function addTo(sums: usize, x: usize, bytes: usize): void {
  const whole = bytes & ~15
  let j: usize = 0
  for (; j < whole; j += 16) v128.store(sums + j, f32x4.add(v128.load(sums + j), v128.load(x + j)))
  for (; j < bytes; j += 4) store<f32>(sums + j, load<f32>(sums + j) + load<f32>(x + j))
}
