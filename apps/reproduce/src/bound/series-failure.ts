import type { Failure } from '@coherent-gradients/core'

/** A file or run whose learning rates and coherences can't be read, or don't fit together. */
export type SeriesFailure = Failure<'SeriesFailure', { file: string }>

export function seriesFailure(file: string, what: string): SeriesFailure {
  return { _tag: 'SeriesFailure', message: `${file}: ${what.replaceAll(/\s+/g, ' ')}`, file }
}
