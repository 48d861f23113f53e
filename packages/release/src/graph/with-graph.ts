const start = '<!-- The command `pnpm graph` draws this from the imports in the sources. -->'
const end = '<!-- So far the graph. -->'

/**
 * A page with the graph between its two markers.
 *
 * @throws Error when a marker is missing.
 */
export function withGraph(page: string, graph: string): string {
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`required ${start} and, after it, ${end}`)
  return `${page.slice(0, from)}${start}\n\n${graph}\n\n${page.slice(to)}`
}
