/**
 * Text as a shell takes it for one word.
 *
 * @example
 * shellWord("it's") // `'it'\''s'`
 */
export function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
