import { printable, type Failure } from '@coherent-gradients/core'

/** A file is not what its format says, or claims more than it can hold. `offset` is the byte where that was seen. */
export type FormatFailure = Failure<
  'FormatFailure',
  { format: string; file: string; offset: number; required: string; found: string }
>

/** A {@link FormatFailure} and its one line, which ends in `advice`. */
export function formatFailure(
  format: string,
  file: string,
  offset: number,
  required: string,
  found: string,
  advice = 'Get the file again.',
): FormatFailure {
  const shown = printable(found)
  const message = `${file}: not ${format} that can be read: at byte ${offset} required ${required}, found ${shown}. ${advice}`
  return { _tag: 'FormatFailure', message, format, file, offset, required, found: shown }
}
