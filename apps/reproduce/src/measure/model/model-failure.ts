import type { Failure } from '@coherent-gradients/core'

/** A model that can't be read or measured. */
export type ModelFailure = Failure<'ModelFailure', { file: string }>

export function modelFailure(file: string, what: string): ModelFailure {
  return { _tag: 'ModelFailure', message: `${file}: ${what}`, file }
}

/** Text from a file that may hold anything, short. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
