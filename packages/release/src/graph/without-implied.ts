import type { Dependency } from './dependency-graph.ts'

/**
 * A graph's dependencies without those that others imply: where a package imports another that imports a third, its own
 * import of the third is left out. Of types nothing follows.
 *
 * @throws Error where packages import each other in a circle, and names them.
 */
export function withoutImplied(graph: readonly Dependency[]): Dependency[] {
  const values = graph.filter(({ types }) => !types)
  function reached(from: string, way: readonly string[] = []): string[] {
    if (way.includes(from)) throw new Error(`packages import each other: ${[...way, from].join(' → ')}`)
    return values.filter((each) => each.from === from).flatMap(({ to }) => [to, ...reached(to, [...way, from])])
  }
  const reach = new Map(graph.flatMap(({ from, to }) => [from, to]).map((name) => [name, new Set(reached(name))]))
  return graph.filter(
    ({ from, to }) => !values.some((other) => other.from === from && other.to !== to && reach.get(other.to)!.has(to)),
  )
}
