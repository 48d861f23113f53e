import { printable, type Failure } from '@coherent-gradients/core'

export type FileNotFound = Failure<'FileNotFound', { file: string }>
export type ReadFailed = Failure<'ReadFailed', { file: string; reason: string }>
export type WriteFailed = Failure<'WriteFailed', { file: string; reason: string }>
interface Mismatch {
  readonly file: string
  readonly expected: string
  readonly found: string
}
export type NotArrow = Failure<'NotArrow', Mismatch>
export type SchemaMismatch = Failure<'SchemaMismatch', Mismatch>
export type TableDamaged = Failure<'TableDamaged', Mismatch & { at: number }>
export type OffsetMismatch = Failure<'OffsetMismatch', Mismatch>
export type CheckpointDamaged = Failure<'CheckpointDamaged', Mismatch>
export type InvalidSafetensors = Failure<'InvalidSafetensors', { where: string; expected: string; found: string }>

export type ReadTableFailure = FileNotFound | ReadFailed | NotArrow | SchemaMismatch | TableDamaged

/** What can go wrong with a run's tables. */
export type RunLogFailure = ReadTableFailure | OffsetMismatch | WriteFailed

/** What can go wrong with a checkpoint. */
export type CheckpointFailure = ReadFailed | WriteFailed | CheckpointDamaged

export function readFailure(file: string, cause: unknown): FileNotFound | ReadFailed {
  if (codeOf(cause) === 'ENOENT') return { _tag: 'FileNotFound', message: `${file}: there is no such file`, file }
  const reason = reasonOf(cause)
  return { _tag: 'ReadFailed', message: `${file}: cannot be read: ${reason}`, file, reason }
}

export function writeFailure(file: string, cause: unknown): WriteFailed {
  const reason = reasonOf(cause)
  return {
    _tag: 'WriteFailed',
    message: `${file}: cannot be written: ${reason}; check the folder's permissions and the free space`,
    file,
    reason,
  }
}

/** A failure that is told by what was expected in a file and what was found. */
export function mismatch<Tag extends string>(
  tag: Tag,
  file: string,
  expected: string,
  found: string,
  whatToDo: string,
): Failure<Tag, Mismatch> {
  const shown = printable(found)
  const message = `${file}: expected ${expected}, found ${shown}; ${whatToDo}`
  return { _tag: tag, message, file, expected, found: shown }
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
}

/** The system's words without its own repetition of the path: `EACCES: permission denied`. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.replace(/, \w+ '.*$/s, '').replaceAll(/\s+/g, ' ')
}
