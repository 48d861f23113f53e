/**
 * Breaks text at spaces into lines that `width` measures as at most `most`. A single word that is wider keeps a line of
 * its own, uncut.
 *
 * @example
 * wrapWords('real images against noise', 12, (line) => line.length) // ['real images', 'against', 'noise']
 */
export function wrapWords(text: string, most: number, width: (line: string) => number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && width(`${last} ${word}`) <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
