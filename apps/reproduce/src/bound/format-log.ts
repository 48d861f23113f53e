import { withMinus } from '../text/with-minus.ts'

/** A number of which the natural logarithm is known: `0.0123`, `4.5e+27`, `10^812`. */
export function formatLog(log: number): string {
  if (log === -Infinity) return '0'
  const power = log / Math.LN10
  if (power >= -3 && power < 4) return String(Number(Math.exp(log).toPrecision(3)))
  const exponent = Math.floor(power + 1e-9)
  if (Math.abs(exponent) >= 100) return withMinus(`10^${Math.round(power).toLocaleString('en')}`)
  const digits = (10 ** (power - exponent)).toPrecision(3)
  return withMinus(digits === '10.0' ? `1.00e${exponent + 1}` : `${digits}e${exponent}`)
}
