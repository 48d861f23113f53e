import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Offsets } from './run-log.ts'
import type { StoredTensors } from './stored-tensor.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Everything from which a run goes on. */
export interface Checkpoint {
  /** Updates made. */
  readonly step: number
  /** Where the run's tables are cut on resume: what `flush()` returned for this step. */
  readonly offsets: Offsets
  /** Weights and the state of optimizer and aggregator. */
  readonly tensors: StoredTensors
  /** Whatever else the run needs: plain data. */
  readonly metadata: Json
}

/** The form of checkpoint.json. */
export const CHECKPOINT_VERSION = 1

export function checkpointFile(directory: string): string {
  return join(directory, 'checkpoint.json')
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
