const narrow = /[\s.,:;|!'’`ijlftrI()[\]·-]/
const wide = /[mwMW%@—…ΣΩ]/
const capital = /[A-Z\d=+−×<>~≤≥]/

/**
 * About how wide a text is drawn, in the unit of `size`. An estimate for common sans-serif fonts, so that a drawing is
 * laid out the same everywhere without asking a font; layouts leave 10% to spare.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const character of text) {
    if (narrow.test(character)) ems += 0.31
    else if (wide.test(character)) ems += 0.87
    else if (capital.test(character)) ems += 0.62
    else ems += character > '\u{2E80}' ? 1 : 0.55
  }
  return ems * size
}
