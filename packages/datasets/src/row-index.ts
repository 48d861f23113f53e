/** Where each id's row is. */
export interface RowIndex {
  /** Whether the id is there. */
  has(id: number): boolean
  /** [m] the rows of m ids. Throws a RangeError that names the first id that is not there. */
  rows(ids: ArrayLike<number>): Uint32Array
}

/** The rows of a split called `name`, whose row r has id `ids[r]`. Throws a RangeError when an id appears twice. */
export function rowIndex(name: string, ids: Uint32Array): RowIndex {
  const rowOf = lookup(ids)
  return {
    has: (id) => rowOf(id) !== undefined,
    rows(wanted) {
      const rows = new Uint32Array(wanted.length)
      for (let i = 0; i < wanted.length; i++) {
        const row = rowOf(wanted[i] as number)
        if (row === undefined) throw new RangeError(`${name}: no example has the id ${wanted[i]}`)
        rows[i] = row
      }
      return rows
    },
  }

  function lookup(all: Uint32Array): (id: number) => number | undefined {
    if (all.every((id, row) => id === row)) return (id) => (all[id] === undefined ? undefined : id)
    const map = new Map<number, number>()
    all.forEach((id, row) => {
      if (map.has(id)) throw new RangeError(`${name}: required ids that differ, found ${id} twice`)
      map.set(id, row)
    })
    return (id) => map.get(id)
  }
}
