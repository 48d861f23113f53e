import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/**
 * A run's id: the first 12 hex digits of the sha256 of its spec's canonical JSON. The order of keys doesn't count;
 * everything else does.
 *
 * @throws TypeError when the spec isn't plain data; see `canonicalJson`.
 *
 * @example
 * runId({ seed: 1, arm: 'real' }) === runId({ arm: 'real', seed: 1 }) // true
 */
export function runId(spec: unknown): string {
  return createHash('sha256').update(canonicalJson(spec)).digest('hex').slice(0, 12)
}
