/** m rows, formed. Index legend: row i of m, column j; element (i, j) at i·columns + j. */
export interface FormedRows {
  readonly values: Float32Array
  readonly rows: number
  readonly columns: number
}
