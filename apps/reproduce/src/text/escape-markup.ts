const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Text from data made safe inside SVG and HTML, between tags and inside quoted attributes. Characters that XML forbids
 * become U+FFFD, because a single one makes a whole SVG file unreadable.
 *
 * @example
 * escapeMarkup('<script>') // '&lt;script&gt;'
 */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"']/g, (character) => entities[character]!)
}
