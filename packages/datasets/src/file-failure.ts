import type { Failure } from '@coherent-gradients/core'

/** A file is missing, or cannot be read or written. `code` is the system's: `ENOENT`, `EACCES`, `EISDIR`. */
export type FileFailure = Failure<'FileFailure', { file: string; code: string }>
