import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAside } from '@coherent-gradients/files'
import { function as fn, taskEither as TE } from 'fp-ts'
import { canonicalJson } from './canonical-json.ts'
import { CHECKPOINT_VERSION, checkpointFile, sha256, type Checkpoint } from './checkpoint.ts'
import { writeFailure, type WriteFailed } from './failures.ts'
import { writeFileAtomically } from './write-file-atomically.ts'
import { writeSafetensors } from './write-safetensors.ts'

/**
 * Replaces the checkpoint in a directory of its own. A kill at any moment leaves the old one or the new one, whole:
 * the tensors go to `weights-<step>-<sha256>.safetensors`, a name that no other contents can have; `checkpoint.json`,
 * which names that file, is renamed into place after it; the old weights are removed last.
 *
 * @returns `WriteFailed` when the directory cannot be written; the old checkpoint then still stands.
 * @throws TypeError when the metadata isn't plain data, RangeError when a tensor's data and shape disagree.
 *
 * @example
 * await writeCheckpoint('runs/a/checkpoint', { step: 60, offsets: await log.flush(), tensors, metadata: {} })()
 */
export function writeCheckpoint(
  directory: string,
  { step, offsets, tensors, metadata }: Checkpoint,
): TE.TaskEither<WriteFailed, void> {
  const bytes = writeSafetensors(tensors)
  const digest = sha256(bytes)
  const weights = `weights-${step}-${digest.slice(0, 16)}.safetensors`
  const json = canonicalJson({
    version: CHECKPOINT_VERSION,
    step,
    offsets,
    weights: { file: weights, bytes: bytes.byteLength, sha256: digest },
    metadata,
  })
  return fn.pipe(
    writeFileAtomically(join(directory, weights), bytes),
    TE.chain(() => writeFileAtomically(checkpointFile(directory), `${json}\n`)),
    TE.chain(() => removeOthers(directory, weights)),
  )
}

/** Removes other weights and what a kill left aside. */
function removeOthers(directory: string, weights: string): TE.TaskEither<WriteFailed, void> {
  return TE.tryCatch(
    async () => {
      const old = (await readdir(directory)).filter(
        (name) => (name.startsWith('weights-') && name.endsWith('.safetensors') && name !== weights) || isAside(name),
      )
      for (const name of old) await rm(join(directory, name), { force: true })
    },
    (cause) => writeFailure(directory, cause),
  )
}
