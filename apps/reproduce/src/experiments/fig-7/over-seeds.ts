import type { Series } from '../../figure/figure.ts'

type Points = Series['points']

/** The curves of all seeds and, over them, their mean at each x that all of them have; for a logarithmic axis the geometric one. */
export function overSeeds(
  curves: readonly Points[],
  scale: 'linear' | 'log' = 'linear',
): Pick<Series, 'points' | 'seeds'> {
  const [first = [], ...others] = curves
  const lookUp = others.map((points) => new Map(points))
  const points = first.flatMap(([x, y]): [number, number][] => {
    const values = [y, ...lookUp.map((at) => at.get(x))]
    if (!values.every((value) => value !== undefined)) return []
    const sum = values.reduce((total, value) => total + (scale === 'log' ? Math.log(value) : value), 0) / values.length
    return [[x, scale === 'log' ? Math.exp(sum) : sum]]
  })
  return { points, ...(curves.length > 1 ? { seeds: curves } : {}) }
}
