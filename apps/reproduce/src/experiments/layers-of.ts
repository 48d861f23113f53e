import type { RunResult } from '../run-result.ts'

const layer = 'layer:'

/** The scopes of the layers of a run's network, from the input on. */
export function layersOf(run: RunResult): readonly string[] {
  return [...new Set(run.coherence.map((row) => row.scope))].filter((scope) => scope.startsWith(layer))
}

/** `conv2d_1` of `layer:conv2d_1`. */
export function layerName(scope: string): string {
  return scope.slice(layer.length)
}
