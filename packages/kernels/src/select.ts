/**
 * Value of rank `rank` in values[first … last], which it reorders: smaller or equal ones before, larger or equal ones
 * after. Hoare's selection with the median of three as pivot; ties are spread over both sides.
 */
export function select(values: Int32Array, first: number, last: number, rank: number): number {
  let left = first
  let right = last
  while (left < right) {
    const pivot = medianOfThree(values[left]!, values[(left + right) >> 1]!, values[right]!)
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const swap = values[i]!
        values[i] = values[j]!
        values[j] = swap
        i++
        j--
      }
    }
    if (rank <= j) right = j
    else if (rank >= i) left = i
    else break
  }
  return values[rank]!
}

function medianOfThree(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
}
