import type { Dependency } from './dependency-graph.ts'

/** The graph as a Mermaid flowchart: arrows from the importer to the imported, dotted where types are all that is imported. */
export function mermaidOf(graph: readonly Dependency[]): string {
  const arrows = graph.map(({ from, to, types }) => `  ${from} ${types ? '-.->|types|' : '-->'} ${to}`)
  return ['```mermaid', 'flowchart TD', ...arrows, '```'].join('\n')
}
