/**
 * A number in words with a minus sign for its hyphen, and none before a number that is shown as nothing: `−0.4%`, `0.0%`.
 *
 * @example
 * withMinus((-0.00001).toFixed(1)) // 0.0
 */
export function withMinus(number: string): string {
  return number.replace(/^-(?=0*(?:\.0*)?(?:[^\d.e]|$))/, '').replaceAll('-', '−')
}
