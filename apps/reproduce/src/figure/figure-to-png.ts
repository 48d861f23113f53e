import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import { inks } from './palette.ts'

export interface FigureToPngOptions {
  /** Width in pixels; 2,400 prints 20 cm wide at 300 dots an inch. Default 2,400. */
  readonly width?: number
}

const { resolve } = createRequire(import.meta.url)
// The last one has the mathematical signs that the others lack.
const fontFiles = [
  'ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  'ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  'noto-sans-math/400Regular/NotoSansMath_400Regular.ttf',
].map((file) => resolve(`@expo-google-fonts/${file}`))

/**
 * An SVG of {@link figureToSvg} as a PNG file on white. Text is set in IBM Plex Sans, which comes with the program, and
 * no font of the machine is looked at, so that it looks the same on a machine without any.
 *
 * @throws Error when the text isn't an SVG.
 */
export function figureToPng(svg: string, { width = 2400 }: FigureToPngOptions = {}): Uint8Array {
  const drawing = new Resvg(svg, {
    background: inks.paper.light,
    fitTo: { mode: 'width', value: width },
    font: {
      loadSystemFonts: false,
      fontFiles,
      defaultFontFamily: 'IBM Plex Sans',
      sansSerifFamily: 'IBM Plex Sans',
    },
  })
  return new Uint8Array(drawing.render().asPng())
}
