import { addPart, addTile, packPanels } from './convolution-kernel-gradient'
import { packTaps } from './pack-taps'

/** About how many positions, and bytes of packed δ, are worked on together. */
const positionsAtOnce = 1024
const bytesOfPanels = 1 << 19

/** The bytes of `room` that `convolutionKernelGradients` wants for images of which δ has so many positions. */
export function convolutionKernelGradientsRoom(positions: i32): usize {
  const together = <usize>(examplesAtOnce(positions) * positions)
  return together * (32 * <usize>panelsAtOnce(together) + 16) + 128
}

function examplesAtOnce(positions: i32): i32 {
  return max(1, positionsAtOnce / positions)
}

function panelsAtOnce(together: usize): i32 {
  return <i32>max(1, <usize>bytesOfPanels / (together * 32))
}

/**
 * The gradient of a convolution in its kernel as `convolutionKernelGradient` has it, added to `gradient`, and of each
 * example's own gradient the squared norm, added to `squares` [n], float64:
 *
 *   W̄ᵢₖ = Σₒ x_{i, o·stride + k·dilation − before} ⊗ δᵢₒ,   ‖W̄ᵢ‖² = Σₖ W̄ᵢₖ²
 *
 * An example's gradient exists only tile by tile, in registers.
 */
export function convolutionKernelGradients(
  x: usize, delta: usize, gradient: usize, squares: usize, room: usize,
  n: i32, h: i32, w: i32, c: i32, p: i32, outH: i32, outW: i32,
  tapsH: i32, tapsW: i32, strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32,
): void {
  const positions = outH * outW
  const examples = examplesAtOnce(positions)
  const together = examples * positions
  const columnsAtOnce = 8 * panelsAtOnce(together)
  const rows = tapsH * tapsW * c
  const panels = room
  const patches = panels + ((<usize>together * columnsAtOnce) << 2)
  const corner = patches + (<usize>together << 4)
  for (let first = 0; first < n; first += examples) {
    const count = min(examples, n - first)
    const k = count * positions
    for (let column = 0; column < p; column += columnsAtOnce) {
      const columns = min(columnsAtOnce, p - column)
      packPanels(delta + ((<usize>(first * positions) * p + column) << 2), k, p, columns, panels)
      for (let row = 0; row < rows; row += 4) {
        const height = min(4, rows - row)
        packTaps(
          x, patches, first * positions, k, row, height, h, w, c, outH, outW, tapsW, strideH, strideW, dilationH, dilationW,
          top, left,
        )
        for (let j = 0; j < columns; j += 8) {
          const to = gradient + ((<usize>row * p + column + j) << 2)
          const panel = panels + ((<usize>j * k) << 2)
          const width = min(8, columns - j)
          for (let example = 0; example < count; example++) {
            const from = <usize>(example * positions)
            memory.fill(corner, 0, 128)
            addTile(positions, patches + (from << 4), panel + (from << 5), corner, 32)
            const square = squares + (<usize>(first + example) << 3)
            store<f64>(square, load<f64>(square) + sumOfSquares(corner))
            if (height == 4 && width == 8) addCorner(corner, to, <usize>p << 2)
            else addPart(corner, to, p, height, width)
          }
        }
      }
    }
  }
}

/** Of a tile; what isn't there is 0. */
function sumOfSquares(corner: usize): f64 {
  let sum = f32x4.splat(0)
  for (let i: usize = 0; i < 128; i += 16) {
    const numbers = v128.load(corner + i)
    sum = f32x4.add(sum, f32x4.mul(numbers, numbers))
  }
  return (
    <f64>f32x4.extract_lane(sum, 0) +
    <f64>f32x4.extract_lane(sum, 1) +
    <f64>f32x4.extract_lane(sum, 2) +
    <f64>f32x4.extract_lane(sum, 3)
  )
}

function addCorner(corner: usize, to: usize, row: usize): void {
  for (let r = 0; r < 4; r++) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(corner)))
    v128.store(to, f32x4.add(v128.load(to, 16), v128.load(corner, 16)), 16)
    to += row
    corner += 32
  }
}
