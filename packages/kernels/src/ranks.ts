/**
 * Two places in a sorted column of m values, counted from 0 at the smallest: `lower` ≤ `upper` < m.
 * How many values lie outside: `lower` below and m − 1 − `upper` above.
 */
export interface Ranks {
  readonly lower: number
  readonly upper: number
}
