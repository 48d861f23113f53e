import type { Failure } from '@coherent-gradients/core'

/**
 * The bytes are not a whole IDX file of unsigned bytes. `offset` is the byte where that was seen: of the file where
 * gzip itself is damaged, else of what is behind it. `required` and `found` say what was looked for and seen.
 */
export type IdxFailure = Failure<
  'IdxFailure',
  {
    file: string
    offset: number
    problem: 'empty' | 'corrupt gzip' | 'too large' | 'wrong magic' | 'wrong data type' | 'truncated' | 'trailing bytes'
    required: string
    found: string
  }
>

/** An {@link IdxFailure} and its one line. */
export function idxFailure(
  file: string,
  offset: number,
  problem: IdxFailure['problem'],
  required: string,
  found: string,
): IdxFailure {
  const message = `${file}: ${problem}: at byte ${offset} required ${required}, found ${found}. Get the file again.`
  return { _tag: 'IdxFailure', message, file, offset, problem, required, found }
}
