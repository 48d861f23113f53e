import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspaceRoot } from '../workspace-root.ts'
import type { Dependency } from './dependency-graph.ts'
import { drawnGraph } from './drawn-graph.ts'
import { mermaidOf } from './mermaid-of.ts'
import { withGraph } from './with-graph.ts'
import { withoutImplied } from './without-implied.ts'

const edge = (from: string, to: string, types = false): Dependency => ({ from, to, types })

describe('withoutImplied', () => {
  it('leaves out what follows from others, however far', () => {
    const chain = [edge('a', 'b'), edge('b', 'c'), edge('c', 'd')]
    expect(withoutImplied([...chain, edge('a', 'c'), edge('a', 'd'), edge('b', 'd')])).toEqual(chain)
  })

  it('lets nothing follow from types', () => {
    const graph = [edge('a', 'b', true), edge('b', 'c'), edge('a', 'c')]
    expect(withoutImplied(graph)).toEqual(graph)
  })

  it('names the packages of a circle', () => {
    expect(() => withoutImplied([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toThrow(/b → c → b/)
  })
})

it('is a flowchart with dotted arrows for types', () => {
  expect(mermaidOf([edge('a', 'b'), edge('a', 'c', true)])).toBe(
    '```mermaid\nflowchart TD\n  a --> b\n  a -.->|types| c\n```',
  )
})

it('says which marker a page lacks', () => {
  expect(() => withGraph('# A page', 'a graph')).toThrow(/required <!-- The command `pnpm graph`/)
})

it('stands in docs/architecture.md as the sources have it; `pnpm graph` draws it anew', () => {
  const page = readFileSync(join(workspaceRoot, 'docs', 'architecture.md'), 'utf8')
  expect(page).toBe(withGraph(page, drawnGraph()))
})
