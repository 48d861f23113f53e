import type { Failure } from '@coherent-gradients/core'
import type { RunSpec } from '../run-spec.ts'

/** What stopped a run: the failure that an error carries as its cause, or the error itself. */
export function failureOf(spec: RunSpec, cause: unknown): Failure {
  const known = cause instanceof Error ? (cause.cause as Partial<Failure> | undefined) : undefined
  if (known && typeof known._tag === 'string' && typeof known.message === 'string') return known as Failure
  const message = `run ${spec.experiment}/${spec.arm} stopped: ${cause instanceof Error ? cause.message : String(cause)}`
  return { _tag: 'RunFailed', message, cause } as Failure
}
