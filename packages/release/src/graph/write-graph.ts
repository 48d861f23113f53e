import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from '../workspace-root.ts'
import { drawnGraph } from './drawn-graph.ts'
import { withGraph } from './with-graph.ts'

// pnpm graph: draws who imports whom into docs/architecture.md.
const page = join(workspaceRoot, 'docs', 'architecture.md')
writeFileSync(page, withGraph(readFileSync(page, 'utf8'), drawnGraph()))
