/**
 * Four columns of an image's patches for the positions o … o + k, as [k, 4]: column r is channel r mod c of tap r / c, zero
 * where the tap lies outside the image and in columns past `height`.
 */
export function packTaps(
  x: usize, to: usize, o: i32, k: i32, row: i32, height: i32, h: i32, w: i32, c: i32, outH: i32, outW: i32, tapsW: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32,
): void {
  const channel = row % c
  if (height == 4 && channel + 4 <= c) {
    packColumns(
      x + (<usize>channel << 2), to, true, o, k, row / c, h, w, c, outH, outW, tapsW, strideH, strideW, dilationH, dilationW,
      top, left,
    )
    return
  }
  for (let r = 0; r < 4; r++) {
    if (r >= height) zeroColumn(to + (r << 2), k)
    else {
      const tap = (row + r) / c
      const only = x + (<usize>(row + r - tap * c) << 2)
      packColumns(
        only, to + (r << 2), false, o, k, tap, h, w, c, outH, outW, tapsW, strideH, strideW, dilationH, dilationW, top,
        left,
      )
    }
  }
}

/** Four channels of one tap, or one where not `four`, stretch by stretch of a row of positions. */
function packColumns(
  x: usize, to: usize, four: bool, o: i32, k: i32, tap: i32, h: i32, w: i32, c: i32, outH: i32, outW: i32, tapsW: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32,
): void {
  const ky = tap / tapsW
  const kx = tap - ky * tapsW
  const step = <usize>(strideW * c) << 2
  let line = o / outW
  let column = o - line * outW
  while (k > 0) {
    const stretch = min(k, outW - column)
    const image = line / outH
    const y = (line - image * outH) * strideH + ky * dilationH - top
    if (<u32>y >= <u32>h) to = zeros(to, stretch, four)
    else {
      const first = column * strideW + kx * dilationW - left
      // The positions of this stretch before `inside` lie left of the image, those from `outside` on to its right.
      const inside = first < 0 ? min(stretch, (strideW - 1 - first) / strideW) : 0
      const outside = first >= w ? inside : max(inside, min(stretch, (w - first + strideW - 1) / strideW))
      to = zeros(to, inside, four)
      let from = x + (<usize>(((image * h + y) * w + first + inside * strideW) * c) << 2)
      for (let i = inside; i < outside; i++) {
        if (four) v128.store(to, v128.load(from))
        else store<f32>(to, load<f32>(from))
        from += step
        to += 16
      }
      to = zeros(to, stretch - outside, four)
    }
    k -= stretch
    column = 0
    line++
  }
}

function zeros(to: usize, count: i32, four: bool): usize {
  for (let i = 0; i < count; i++) {
    if (four) v128.store(to, f32x4.splat(0))
    else store<f32>(to, 0)
    to += 16
  }
  return to
}

function zeroColumn(to: usize, k: i32): void {
  zeros(to, k, false)
}
