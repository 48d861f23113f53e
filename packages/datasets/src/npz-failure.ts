import { printable, type Failure } from '@coherent-gradients/core'

/**
 * The bytes are not a NumPy array or archive that can be read here. `offset` is the byte where that was seen: of the
 * file, or, where `file` names an array in it, of that array's own bytes behind the compression.
 */
export type NpzFailure = Failure<
  'NpzFailure',
  {
    file: string
    offset: number
    problem:
      | 'not npy'
      | 'not npz'
      | 'truncated'
      | 'trailing bytes'
      | 'too large'
      | 'unsupported'
      | 'missing'
      | 'corrupt'
    required: string
    found: string
  }
>

/** An {@link NpzFailure} and its one line, which leaves the offset to who looks for it; `whatToDo` may be empty. */
export function npzFailure(
  file: string,
  offset: number,
  problem: NpzFailure['problem'],
  required: string,
  found: string,
  whatToDo = 'Save it again with numpy.savez.',
): NpzFailure {
  const shown = printable(found)
  const message = `${file}: ${problem}: required ${required}, found ${shown}${whatToDo === '' ? '' : `. ${whatToDo}`}`
  return { _tag: 'NpzFailure', message, file, offset, problem, required, found: shown }
}
