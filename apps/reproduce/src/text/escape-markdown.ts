/**
 * Text made safe inside Markdown, in a paragraph as in a table's cell: it shows as it is, whatever signs it holds.
 *
 * Line breaks become spaces. At a line's start it must follow something else, or `1.` and `-` would begin a list.
 *
 * @example
 * escapeMarkdown('|w6| < 2*w_1') // '\\|w6\\| &lt; 2\\*w\\_1'
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~]/g, (sign) => `\\${sign}`)
}
