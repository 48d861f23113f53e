import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { CHECKPOINT_VERSION, checkpointFile, sha256, type Checkpoint, type Json } from './checkpoint.ts'
import { mismatch, readFailure, type CheckpointDamaged, type ReadFailed } from './failures.ts'
import { readSafetensors } from './read-safetensors.ts'
import type { Offsets } from './run-log.ts'
import { tableNames } from './tables.ts'

interface Manifest {
  readonly version: number
  readonly step: number
  readonly offsets: Offsets
  readonly weights: { readonly file: string; readonly bytes: number; readonly sha256: string }
  readonly metadata: Json
}

/**
 * The checkpoint in a directory, checked against its own sha256.
 *
 * @returns null where there is none, the directory missing included; `CheckpointDamaged` when a file isn't what the
 *   checkpoint says (which file, expected, found); `ReadFailed` when one cannot be read.
 *
 * @example
 * const checkpoint = await readCheckpoint('runs/a/checkpoint')() // Either<…, Checkpoint | null>
 */
export function readCheckpoint(directory: string): TE.TaskEither<CheckpointDamaged | ReadFailed, Checkpoint | null> {
  const file = checkpointFile(directory)
  return fn.pipe(
    readIfThere(file),
    TE.chainW((bytes) =>
      bytes === null
        ? TE.right(null)
        : fn.pipe(
            TE.fromEither(parseManifest(file, bytes)),
            TE.chainW((manifest) => readWeights(directory, manifest)),
          ),
    ),
  )
}

function readWeights(
  directory: string,
  { step, offsets, weights, metadata }: Manifest,
): TE.TaskEither<CheckpointDamaged | ReadFailed, Checkpoint> {
  const file = join(directory, weights.file)
  return fn.pipe(
    readIfThere(file),
    TE.chainEitherKW((bytes): E.Either<CheckpointDamaged, Checkpoint> => {
      if (bytes === null) return damaged(file, `${weights.bytes} bytes`, 'no such file')
      if (bytes.byteLength !== weights.bytes)
        return damaged(file, `${weights.bytes} bytes`, `${bytes.byteLength} bytes`)
      const digest = sha256(bytes)
      if (digest !== weights.sha256) return damaged(file, `sha256 ${weights.sha256}`, `sha256 ${digest}`)
      const tensors = readSafetensors(bytes)
      return E.isLeft(tensors)
        ? damaged(file, tensors.left.expected, `${tensors.left.where} ${tensors.left.found}`)
        : E.right({ step, offsets, tensors: tensors.right, metadata })
    }),
  )
}

function readIfThere(file: string): TE.TaskEither<ReadFailed, Uint8Array | null> {
  return fn.pipe(
    TE.tryCatch(
      (): Promise<Uint8Array | null> => readFile(file),
      (cause) => readFailure(file, cause),
    ),
    TE.orElse((failure) => (failure._tag === 'FileNotFound' ? TE.right(null) : TE.left(failure))),
  )
}

function parseManifest(file: string, bytes: Uint8Array): E.Either<CheckpointDamaged, Manifest> {
  const json = E.tryCatch(
    (): unknown => JSON.parse(new TextDecoder().decode(bytes)),
    () => undefined,
  )
  if (E.isLeft(json)) return damaged(file, 'JSON', `${bytes.byteLength} bytes that are none`)
  const manifest = json.right as Partial<Manifest> | null
  if (typeof manifest !== 'object' || manifest?.version !== CHECKPOINT_VERSION)
    return damaged(file, `checkpoint version ${CHECKPOINT_VERSION}`, `version ${String(manifest?.version)}`)
  const wrong = (Object.keys(fields) as (keyof typeof fields)[]).find((key) => !fields[key](manifest[key]))
  return wrong === undefined
    ? E.right(manifest as Manifest)
    : damaged(file, `a checkpoint's "${wrong}"`, JSON.stringify(manifest[wrong]) ?? 'none')
}

const fields: { readonly [Key in Exclude<keyof Manifest, 'version'>]: (value: unknown) => boolean } = {
  step: isCount,
  offsets: (value) =>
    isObject(value) &&
    Object.entries(value).every(
      ([table, offset]) => (tableNames as readonly string[]).includes(table) && isCount(offset),
    ),
  weights: (value) =>
    isObject(value) &&
    typeof value['file'] === 'string' &&
    basename(value['file']) === value['file'] &&
    isCount(value['bytes']) &&
    typeof value['sha256'] === 'string',
  metadata: (value) => value !== undefined,
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function damaged(file: string, expected: string, found: string): E.Either<CheckpointDamaged, never> {
  return E.left(
    mismatch('CheckpointDamaged', file, expected, found, 'remove the checkpoint folder and start the run again'),
  )
}
