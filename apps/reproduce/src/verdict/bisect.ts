/** The x in [low, high] where an increasing function reaches `target`, to the last bit that bisection can give. */
export function bisect(increasing: (x: number) => number, target: number, low: number, high: number): number {
  let [from, to] = [low, high]
  for (;;) {
    const middle = (from + to) / 2
    if (middle <= from || middle >= to) return middle
    if (increasing(middle) < target) from = middle
    else to = middle
  }
}
