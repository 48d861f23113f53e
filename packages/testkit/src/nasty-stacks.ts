/** A stack of gradients that has broken something somewhere: m rows × p columns, float32-representable. */
export interface NastyStack {
  readonly name: string
  readonly rows: readonly (readonly number[])[]
}

const f32 = Math.fround

/** Finite stacks that every rule must take: the one shared list of hard inputs. */
export const nastyStacks: readonly NastyStack[] = [
  { name: 'all zeros', rows: filled(4, 3, () => 0) },
  { name: 'one row', rows: [[1, -2, 3]] },
  { name: 'one row of zeros', rows: [[0, 0, 0]] },
  { name: 'one number', rows: [[-2.5]] },
  { name: 'one column', rows: [[1], [-2], [3], [0]] },
  {
    name: 'two opposite rows',
    rows: [
      [1, -2, 3],
      [-1, 2, -3],
    ],
  },
  { name: 'identical rows', rows: filled(5, 3, (_, j) => j + 1) },
  { name: 'rank one', rows: filled(5, 3, (i, j) => (i - 2) * (j + 1)) },
  { name: 'rank two of four columns', rows: filled(6, 4, (i, j) => (i + 1) * (j - 1) + (i % 2) * j) },
  { name: 'pairwise orthogonal', rows: filled(4, 4, (i, j) => (i === j ? i + 1 : 0)) },
  {
    name: 'pairwise orthogonal, dense',
    rows: [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [1, -1, -1, 1],
    ],
  },
  {
    name: 'one nonzero row',
    rows: [
      [0, 0],
      [3, -4],
      [0, 0],
    ],
  },
  { name: 'more columns than rows', rows: filled(2, 9, (i, j) => i * 9 + j - 8) },
  { name: 'all 1e-30', rows: filled(4, 3, (i, j) => f32(1e-30 * (1 + ((i + j) % 3)))) },
  { name: 'all 1e30', rows: filled(4, 3, (i, j) => f32(1e30 * (1 + ((i + j) % 3)))) },
  { name: 'scales from 1e-30 to 1e30', rows: filled(7, 3, (i, j) => f32(10 ** (10 * i - 30) * (j - 1.5))) },
  { name: 'one huge row', rows: filled(5, 3, (i, j) => (i === 2 ? f32(1e20) : 1) * (j + 1)) },
  {
    name: 'signed zeros',
    rows: [
      [0, -0, 1],
      [-0, 0, -1],
      [-0, -0, 2],
    ],
  },
  { name: 'many ties', rows: filled(8, 3, (i, j) => (i + j) % 2) },
  {
    name: 'subnormal numbers',
    rows: [
      [2 ** -149, 2 ** -140],
      [2 ** -149, -(2 ** -140)],
    ],
  },
]

/** Stacks with NaN or an infinity, each with the first row that is not finite. */
export const nonFiniteStacks: readonly (NastyStack & { readonly firstBadRow: number })[] = [
  {
    name: 'one NaN',
    firstBadRow: 1,
    rows: [
      [1, 2],
      [3, NaN],
      [5, 6],
    ],
  },
  {
    name: 'one +Infinity',
    firstBadRow: 2,
    rows: [
      [1, 2],
      [3, 4],
      [Infinity, 6],
    ],
  },
  {
    name: 'one −Infinity',
    firstBadRow: 0,
    rows: [
      [-Infinity, 2],
      [3, 4],
      [5, 6],
    ],
  },
  {
    name: 'opposite infinities',
    firstBadRow: 0,
    rows: [
      [Infinity, 2],
      [-Infinity, 4],
    ],
  },
  {
    name: 'all NaN',
    firstBadRow: 0,
    rows: [
      [NaN, NaN],
      [NaN, NaN],
    ],
  },
]

function filled(m: number, p: number, at: (row: number, column: number) => number): number[][] {
  return Array.from({ length: m }, (_, i) => Array.from({ length: p }, (__, j) => at(i, j)))
}
