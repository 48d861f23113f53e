/**
 * Milliseconds with two significant digits below 100 and three from there on, and never with an exponent.
 *
 * @example
 * formatMilliseconds(1.234) // '1.2 ms'
 * formatMilliseconds(1752.3) // '1,750 ms'
 */
export function formatMilliseconds(milliseconds: number): string {
  const maximumSignificantDigits = milliseconds < 100 ? 2 : 3
  return `${milliseconds.toLocaleString('en-US', { minimumSignificantDigits: 2, maximumSignificantDigits })} ms`
}
