import type { Failure } from '@coherent-gradients/core'

/** A file of gradients that can't be read or measured. */
export type GradientsFailure = Failure<'GradientsFailure', { file: string }>

export function gradientsFailure(file: string, what: string): GradientsFailure {
  return { _tag: 'GradientsFailure', message: `${file}: ${what.replaceAll(/\s+/g, ' ')}`, file }
}
