import type { Failure } from '@coherent-gradients/core'

/** Why TensorFlow couldn't be installed. */
export type InstallFailure =
  /** There are no wheels that the binding could be built against for this kind of machine. */
  | Failure<'UnsupportedMachine', { platform: string }>
  /** npm's `@tensorflow/tfjs-node-gpu`, whose JavaScript and whose binding's sources are used, isn't there. */
  | Failure<'PackageMissing', { name: string }>
  /** A program or the headers that the build needs are not on this machine. */
  | Failure<'ToolMissing', { tool: string }>
  | Failure<'FolderRefused', { folder: string }>
  | Failure<'NotEnoughSpace', { folder: string; required: number; found: number }>
  /** Another process is installing into the same cache. */
  | Failure<'InstallRunning', { pid: number }>
  | Failure<'DownloadFailed', { name: string; output: string }>
  | Failure<'ChecksumMismatch', { file: string; expected: string; found: string }>
  /** A step ended with an error; `output` is the end of what it printed. */
  | Failure<'StepFailed', { step: string; output: string }>
