import type { Split } from '@coherent-gradients/core'
import sharp from 'sharp'
import { inks } from '../figure/palette.ts'
import { figureToPng } from '../figure/figure-to-png.ts'
import { escapeMarkup } from '../text/escape-markup.ts'

const TILE = 112
const LABEL = 34
const GAP = 8
const COLUMNS = 8

/**
 * The first examples of a split as one PNG picture: under each image its true label, the label that is given where that is
 * another, and whether noise chose it.
 *
 * Numbers from 0 to 1 are shown as they are; others are scaled, from the least to the most on the sheet. Inputs without
 * rows and columns are shown as squares where they fill one, else as a strip.
 *
 * @param captions [n] two lines for each image, in place of its labels; the second is red.
 */
export async function contactSheet(
  split: Split,
  classNames: readonly string[],
  n: number,
  captions?: readonly (readonly [string, string])[],
): Promise<Uint8Array> {
  const ids = split.ids.subarray(0, n)
  const { inputs, labels, trueLabels, touched, ids: there } = await split.read(ids)
  const { width, height, channels } = imageShape(split.inputShape)
  const size = width * height * channels
  const [least, most] = range(inputs)
  const tiles = await Promise.all(
    Array.from(there, async (_, i) => {
      const bytes = Uint8Array.from(inputs.subarray(i * size, (i + 1) * size), (value) =>
        Math.round((255 * (value - least)) / (most - least)),
      )
      const picture = sharp(bytes, { raw: { width, height, channels } })
      const kernel = Math.max(width, height) < TILE ? 'nearest' : 'lanczos3'
      const scaled = picture.resize({ width: TILE, height: TILE, fit: 'contain', background: inks.paper.light, kernel })
      return (await scaled.png().toBuffer()).toString('base64')
    }),
  )
  const rows = Math.ceil(tiles.length / COLUMNS)
  const [w, h] = [GAP + COLUMNS * (TILE + GAP), GAP + rows * (TILE + LABEL + GAP)]
  const body = tiles.map((png, i) => {
    const x = GAP + (i % COLUMNS) * (TILE + GAP)
    const y = GAP + Math.floor(i / COLUMNS) * (TILE + LABEL + GAP)
    const name = (label: number): string => shortened(classNames[label] ?? String(label))
    const corrupt = labels[i] !== trueLabels[i]
    const mark = corrupt ? `given ${shortened(name(labels[i]!), 13)}` : touched[i] === 1 ? 'noise, same label' : ''
    const [first, second] = captions?.[i]?.map((line) => shortened(line, 20)) ?? [name(trueLabels[i]!), mark]
    return `<image x="${x}" y="${y}" width="${TILE}" height="${TILE}" href="data:image/png;base64,${png}"/>
<text x="${x}" y="${y + TILE + 13}">${escapeMarkup(first!)}</text>
<text x="${x}" y="${y + TILE + 28}" fill="#b3261e">${escapeMarkup(second!)}</text>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" font-family="IBM Plex Sans" font-size="12">
${body.join('\n')}
</svg>`
  return figureToPng(svg, { width: w })
}

function imageShape(shape: readonly number[]): { width: number; height: number; channels: 1 | 3 } {
  const size = shape.reduce((product, side) => product * side, 1)
  if (shape.length === 3 && (shape[2] === 1 || shape[2] === 3)) {
    return { height: shape[0]!, width: shape[1]!, channels: shape[2] }
  }
  if (shape.length === 2) return { height: shape[0]!, width: shape[1]!, channels: 1 }
  const side = Math.round(Math.sqrt(size))
  return side * side === size ? { width: side, height: side, channels: 1 } : { width: size, height: 1, channels: 1 }
}

function range(inputs: Float32Array): [number, number] {
  let [least, most] = [0, 1]
  for (const value of inputs) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

function shortened(name: string, most = 18): string {
  const first = name.split(',')[0]!
  return first.length > most ? `${first.slice(0, most - 1)}…` : first
}
