/**
 * The gradient of a maximum over windows, added to `gradient` [n, h, w, c]: δ [n, h′, w′, c] goes to the first greatest
 * of its window's numbers in x [n, h, w, c], row by row. The zeros around the images are none of a window's numbers.
 */
export function maxPoolGradient(
  x: usize, delta: usize, gradient: usize, n: i32, h: i32, w: i32, c: i32, outH: i32, outW: i32,
  tapsH: i32, tapsW: i32, strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32,
): void {
  const pixel = <usize>c << 2
  const image = <usize>(h * w) * pixel
  const whole = <usize>(c & ~3) << 2
  for (let i = 0; i < n; i++) {
    for (let oy = 0; oy < outH; oy++) {
      for (let ox = 0; ox < outW; ox++) {
        const y0 = oy * strideH - top
        const x0 = ox * strideW - left
        let at: usize = 0
        for (; at < whole; at += 16) {
          const places = greatestOfFour(x + at, h, w, pixel, y0, x0, tapsH, tapsW, dilationH, dilationW)
          const d = v128.load(delta + at)
          const to = gradient + at
          add(to, pixel, i32x4.extract_lane(places, 0), f32x4.extract_lane(d, 0))
          add(to + 4, pixel, i32x4.extract_lane(places, 1), f32x4.extract_lane(d, 1))
          add(to + 8, pixel, i32x4.extract_lane(places, 2), f32x4.extract_lane(d, 2))
          add(to + 12, pixel, i32x4.extract_lane(places, 3), f32x4.extract_lane(d, 3))
        }
        for (; at < pixel; at += 4) {
          const place = greatestOfOne(x + at, h, w, pixel, y0, x0, tapsH, tapsW, dilationH, dilationW)
          add(gradient + at, pixel, place, load<f32>(delta + at))
        }
        delta += pixel
      }
    }
    x += image
    gradient += image
  }
}

/** To nowhere where the window lies outside the image. */
function add(gradient: usize, pixel: usize, place: i32, delta: f32): void {
  if (place < 0) return
  const to = gradient + <usize>place * pixel
  store<f32>(to, load<f32>(to) + delta)
}

function greatestOfFour(
  x: usize, h: i32, w: i32, pixel: usize, y0: i32, x0: i32, tapsH: i32, tapsW: i32, dilationH: i32, dilationW: i32,
): v128 {
  let greatest = f32x4.splat(-Infinity)
  let places = i32x4.splat(-1)
  for (let ky = 0; ky < tapsH; ky++) {
    const row = y0 + ky * dilationH
    if (<u32>row >= <u32>h) continue
    for (let kx = 0; kx < tapsW; kx++) {
      const column = x0 + kx * dilationW
      if (<u32>column >= <u32>w) continue
      const place = row * w + column
      const values = v128.load(x + <usize>place * pixel)
      const taken = v128.or(f32x4.gt(values, greatest), i32x4.lt_s(places, i32x4.splat(0)))
      greatest = v128.bitselect(values, greatest, taken)
      places = v128.bitselect(i32x4.splat(place), places, taken)
    }
  }
  return places
}

function greatestOfOne(
  x: usize, h: i32, w: i32, pixel: usize, y0: i32, x0: i32, tapsH: i32, tapsW: i32, dilationH: i32, dilationW: i32,
): i32 {
  let greatest: f32 = -Infinity
  let found = -1
  for (let ky = 0; ky < tapsH; ky++) {
    const row = y0 + ky * dilationH
    if (<u32>row >= <u32>h) continue
    for (let kx = 0; kx < tapsW; kx++) {
      const column = x0 + kx * dilationW
      if (<u32>column >= <u32>w) continue
      const value = load<f32>(x + <usize>(row * w + column) * pixel)
      if (value > greatest || found < 0) {
        greatest = value
        found = row * w + column
      }
    }
  }
  return found
}
