/** Text as exactly one line: line breaks and control characters, with which data could move the cursor, become spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
