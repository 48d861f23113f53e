/**
 * The gradient of a depthwise convolution in its images, added to `gradient` [n, h, w, c], and in its kernel, added to
 * `kernelGradient` [taps, taps, c, q]; either address may be 0 where it is not wanted:
 *
 *   x̄_{u, c} += Σ_q W_{k, c, q} · δ_{o, c, q},   W̄_{k, c, q} += x_{u, c} · δ_{o, c, q},   u = o·stride + k·dilation − before
 *
 * Index legend: images x [n, h, w, c], kernel W [taps, taps, c, q], δ [n, h′, w′, c·q].
 */
export function depthwiseGradients(
  x: usize, kernel: usize, delta: usize, gradient: usize, kernelGradient: usize,
  n: i32, h: i32, w: i32, c: i32, q: i32, outH: i32, outW: i32,
  tapsH: i32, tapsW: i32, strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32,
): void {
  const pixel = <usize>c << 2
  const outPixel = <usize>(c * q) << 2
  const image = <usize>(h * w) * pixel
  for (let i = 0; i < n; i++) {
    for (let oy = 0; oy < outH; oy++) {
      for (let ox = 0; ox < outW; ox++) {
        for (let ky = 0; ky < tapsH; ky++) {
          const row = oy * strideH + ky * dilationH - top
          if (<u32>row >= <u32>h) continue
          for (let kx = 0; kx < tapsW; kx++) {
            const column = ox * strideW + kx * dilationW - left
            if (<u32>column >= <u32>w) continue
            const at = <usize>(row * w + column) * pixel
            const tap = <usize>(ky * tapsW + kx) * outPixel
            if (gradient != 0) addToImage(gradient + at, kernel + tap, delta, c, q)
            if (kernelGradient != 0) addToKernel(kernelGradient + tap, x + at, delta, c, q)
          }
        }
        delta += outPixel
      }
    }
    x += image
    if (gradient != 0) gradient += image
  }
}

/** x̄ [c] += Σ_q W [c, q] · δ [c, q] */
function addToImage(gradient: usize, kernel: usize, delta: usize, c: i32, q: i32): void {
  let channel = 0
  if (q == 1) {
    for (; channel + 4 <= c; channel += 4) {
      const product = f32x4.mul(v128.load(kernel), v128.load(delta))
      v128.store(gradient, f32x4.add(v128.load(gradient), product))
      gradient += 16
      kernel += 16
      delta += 16
    }
  }
  for (; channel < c; channel++) {
    let sum = load<f32>(gradient)
    for (let j = 0; j < q; j++) {
      sum += load<f32>(kernel) * load<f32>(delta)
      kernel += 4
      delta += 4
    }
    store<f32>(gradient, sum)
    gradient += 4
  }
}

/** W̄ [c, q] += x [c] · δ [c, q] */
function addToKernel(gradient: usize, x: usize, delta: usize, c: i32, q: i32): void {
  let channel = 0
  if (q == 1) {
    for (; channel + 4 <= c; channel += 4) {
      v128.store(gradient, f32x4.add(v128.load(gradient), f32x4.mul(v128.load(x), v128.load(delta))))
      gradient += 16
      x += 16
      delta += 16
    }
  }
  for (; channel < c; channel++) {
    const value = load<f32>(x)
    for (let j = 0; j < q; j++) {
      store<f32>(gradient, load<f32>(gradient) + value * load<f32>(delta))
      gradient += 4
      delta += 4
    }
    x += 4
  }
}
