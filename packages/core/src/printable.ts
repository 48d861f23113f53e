/**
 * Text that comes from elsewhere (a file, a server, a library), short and on one line, for a failure's message: control
 * characters and line ends are dots, and what is longer than `most` characters ends in `…`.
 *
 * @example
 * printable('a\nb') // 'a·b'
 */
export function printable(text: string, most: number = 100): string {
  // Twice as much holds enough characters, be each of two units; the rest need not be looked at.
  const line = text.slice(0, 2 * most + 2).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '·')
  const characters = [...line]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line
}
