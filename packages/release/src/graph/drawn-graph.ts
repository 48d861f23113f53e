import { workspacePackages } from '../workspace-packages.ts'
import { dependencyGraph } from './dependency-graph.ts'
import { mermaidOf } from './mermaid-of.ts'
import { withoutImplied } from './without-implied.ts'

const forTests = ['browser-test', 'release', 'testkit']

/** This workspace's packages, those for tests apart, and who imports whom. */
export function drawnGraph(): string {
  const packages = workspacePackages().filter(({ folder }) => !forTests.includes(folder))
  return mermaidOf(withoutImplied(dependencyGraph(packages)))
}
