import { tile } from '../matrix-product/tile'
import { packTaps } from './pack-taps'

/** Positions, and columns of δ, that are worked on together, so that what is packed stays in the caches. */
const positionsAtOnce = 256
const columnsAtOnce = 128

/** The bytes of `room` that `convolutionKernelGradient` wants. */
export function convolutionKernelGradientRoom(): usize {
  return ((positionsAtOnce * (columnsAtOnce + 4)) << 2) + 128
}

/**
 * The gradient of a convolution in its kernel, added to `gradient` [taps, taps, c, p]:
 *
 *   W̄ₖ += Σₒ x_{o·stride + k·dilation − before} ⊗ δₒ
 *
 * Index legend: images x [n, h, w, c], δ [n, h′, w′, p], o of the n·h′·w′ positions of δ, k of the taps. It is the product
 * of the patches' transpose with δ, and the patches are only ever packed, four columns and a block of positions at a time.
 */
export function convolutionKernelGradient(
  x: usize, delta: usize, gradient: usize, room: usize, n: i32, h: i32, w: i32, c: i32, p: i32, outH: i32, outW: i32,
  tapsH: i32, tapsW: i32, strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32,
): void {
  const positions = n * outH * outW
  const rows = tapsH * tapsW * c
  const panels = room
  const patches = panels + ((positionsAtOnce * columnsAtOnce) << 2)
  const corner = patches + ((positionsAtOnce * 4) << 2)
  for (let o = 0; o < positions; o += positionsAtOnce) {
    const k = min(positionsAtOnce, positions - o)
    for (let column = 0; column < p; column += columnsAtOnce) {
      const columns = min(columnsAtOnce, p - column)
      packPanels(delta + ((<usize>o * p + column) << 2), k, p, columns, panels)
      for (let row = 0; row < rows; row += 4) {
        const height = min(4, rows - row)
        packTaps(
          x, patches, o, k, row, height, h, w, c, outH, outW, tapsW, strideH, strideW, dilationH, dilationW, top, left,
        )
        for (let j = 0; j < columns; j += 8) {
          const to = gradient + ((<usize>row * p + column + j) << 2)
          const panel = panels + ((<usize>j * k) << 2)
          if (height == 4 && columns - j >= 8) addTile(k, patches, panel, to, <usize>p << 2)
          else {
            memory.fill(corner, 0, 128)
            addTile(k, patches, panel, corner, 32)
            addPart(corner, to, p, height, min(8, columns - j))
          }
        }
      }
    }
  }
}

/** to [4, 8] += aᵀ·b: a [k, 4], b [k, 8] */
export function addTile(k: i32, a: usize, b: usize, to: usize, row: usize): void {
  tile(k, a, 4, 8, 12, 16, b, 32, to, row, to, row, false, 0, 0)
}

/** to += what is there, `height` rows and `width` columns, of a tile [4, 8]. */
export function addPart(corner: usize, to: usize, p: i32, height: i32, width: i32): void {
  for (let r = 0; r < height; r++) {
    for (let j = 0; j < width; j++) {
      const at = to + ((<usize>r * p + j) << 2)
      store<f32>(at, load<f32>(at) + load<f32>(corner + ((r * 8 + j) << 2)))
    }
  }
}

/** `columns` of k rows of δ, p numbers apart, as panels of 8 columns, the last filled up with zeros. */
export function packPanels(delta: usize, k: i32, p: i32, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += 8) {
    let from = delta + (<usize>j << 2)
    const width = min(8, columns - j)
    for (let i = 0; i < k; i++) {
      if (width == 8) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
      } else {
        for (let l = 0; l < 8; l++) store<f32>(to + (l << 2), l < width ? load<f32>(from + (l << 2)) : 0)
      }
      from += <usize>p << 2
      to += 32
    }
  }
}
