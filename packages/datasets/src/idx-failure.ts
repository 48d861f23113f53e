import type { Failure } from '@coherent-gradients/core'

/** The bytes are not a whole IDX file of unsigned bytes. `required` and `found` say what was looked for and seen. */
export type IdxFailure = Failure<
  'IdxFailure',
  {
    file: string
    problem: 'empty' | 'corrupt gzip' | 'too large' | 'wrong magic' | 'wrong data type' | 'truncated' | 'trailing bytes'
    required: string
    found: string
  }
>

/** An {@link IdxFailure} and its one line. */
export function idxFailure(file: string, problem: IdxFailure['problem'], required: string, found: string): IdxFailure {
  const message = `${file}: ${problem}: required ${required}, found ${found}. Get the file again.`
  return { _tag: 'IdxFailure', message, file, problem, required, found }
}
