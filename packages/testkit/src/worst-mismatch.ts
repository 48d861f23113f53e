import type { Numbers } from './numbers.ts'

/** How far two numbers may lie apart: |actual − expected| ≤ atol + rtol·|expected|. */
export interface Tolerance {
  /** Relative to the expected element. Default 1e-6. */
  readonly rtol?: number
  /** Absolute. Default 1e-12. */
  readonly atol?: number
  /** Whether NaN in the same place on both sides is close. Default false. */
  readonly equalNaN?: boolean
}

/** The worst of the elements that are not close, or the first place where the shapes differ. */
export type Mismatch =
  | { readonly kind: 'shape'; readonly at: string; readonly actual: string; readonly expected: string }
  | {
      readonly kind: 'element'
      readonly at: string
      readonly actual: number
      readonly expected: number
      /** |actual − expected| over what is allowed; infinite where one of them is not finite. */
      readonly excess: number
      readonly failing: number
      readonly total: number
    }

/**
 * Compares two nested arrays element by element: null where all are close, else the worst element.
 * Equal infinities are close. An index path reads `[2][0]`; a bare number has the empty path.
 */
export function worstMismatch(actual: Numbers, expected: Numbers, tolerance: Tolerance = {}): Mismatch | null {
  const { rtol = 1e-6, atol = 1e-12, equalNaN = false } = tolerance
  let worst: { at: string; actual: number; expected: number; excess: number } | null = null
  let failing = 0
  let total = 0
  let shape: Mismatch | null = null

  const visit = (a: Numbers, e: Numbers, path: () => string): void => {
    if (shape !== null) return
    if (typeof a === 'number' && typeof e === 'number') {
      total++
      if (isClose(a, e, rtol, atol, equalNaN)) return
      failing++
      const ratio = Math.abs(a - e) / (atol + rtol * Math.abs(e))
      const excess = Number.isFinite(ratio) ? ratio : Infinity
      if (worst === null || excess > worst.excess) worst = { at: path(), actual: a, expected: e, excess }
      return
    }
    if (!isArrayLike(a) || !isArrayLike(e) || a.length !== e.length) {
      shape = { kind: 'shape', at: path(), actual: describe(a), expected: describe(e) }
      return
    }
    for (let i = 0; i < e.length; i++) visit(a[i] as Numbers, e[i] as Numbers, () => `${path()}[${i}]`)
  }

  visit(actual, expected, () => '')
  if (shape !== null) return shape
  const found = worst as { at: string; actual: number; expected: number; excess: number } | null
  return found === null ? null : { kind: 'element', ...found, failing, total }
}

function isClose(a: number, e: number, rtol: number, atol: number, equalNaN: boolean): boolean {
  if (Number.isNaN(a) || Number.isNaN(e)) return equalNaN && Number.isNaN(a) && Number.isNaN(e)
  return a === e || (Number.isFinite(e) && Math.abs(a - e) <= atol + rtol * Math.abs(e))
}

function isArrayLike(value: unknown): value is ArrayLike<Numbers> {
  return typeof value === 'object' && value !== null && 'length' in value
}

function describe(value: unknown): string {
  if (typeof value === 'number') return 'a number'
  return isArrayLike(value) ? `${value.constructor?.name ?? 'array'}(${value.length})` : String(value)
}
