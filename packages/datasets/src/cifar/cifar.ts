import type { Failure } from '@coherent-gradients/core'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { taskEither as TE } from 'fp-ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { ChecksumMismatch } from '../load-idx.ts'
import type { NamedSplit } from '../named-split.ts'
import { isKind, readPickle } from '../pickle/read-pickle.ts'
import { splitOf } from '../split-of.ts'
import { readTarGz } from '../tar/read-tar-gz.ts'
import { binaryBatch, type CifarBatch, interleaved, PICTURE_BYTES, pythonBatch } from './cifar-batch.ts'
import type { CifarFiles, CifarKind } from './cifar-parts.ts'

/** CIFAR is not in a folder. The line says what was looked for. */
export type CifarMissing = Failure<'CifarMissing', { folder: string; wanted: readonly string[] }>

export type CifarFailure = CifarMissing | FileFailure | FormatFailure | ChecksumMismatch

export interface CifarOptions {
  readonly part: 'train' | 'test'
  /** Where an official archive lies, packed or unpacked, binary or python; or the unpacked files themselves. */
  readonly directory: string
  /** `[32, 32, 3]` where absent; `[3072]` has the same numbers in the same order. */
  readonly inputShape?: readonly number[]
  /** `false` takes archives of the same names that are not the official ones. */
  readonly verify?: boolean
}

/** What one file of CIFAR may have: the largest has 155 MB. */
const MOST_FILE_BYTES = 2 ** 28

/** {@link cifar10} and {@link cifar100}. */
export function cifar(
  kind: CifarKind,
  { part, directory, inputShape = [32, 32, 3], verify = true }: CifarOptions,
): TE.TaskEither<CifarFailure, NamedSplit> {
  return attempt(directory, async () => {
    const { files, format, read } = await find(kind, directory, part, verify)
    const batches = files[part].map((name): CifarBatch => {
      const bytes = read.get(name)
      const where = join(directory, name)
      if (bytes === undefined) return refuse(formatFailure('CIFAR', where, 0, `a file ${name}`, 'none'))
      return format === 'binary' ? binaryBatch(bytes, where, kind) : pythonBatch(bytes, where, kind)
    })
    const n = batches.reduce((sum, { labels }) => sum + labels.length, 0)
    const inputs = new Uint8Array(n * PICTURE_BYTES)
    const labels = new Uint8Array(n)
    let row = 0
    for (const [i, batch] of batches.entries()) {
      const wrong = batch.labels.findIndex((label) => label >= kind.classes)
      if (wrong >= 0) {
        const where = join(directory, files[part][i]!)
        refuse(formatFailure('CIFAR', where, 0, `labels from 0 to ${kind.classes - 1}`, `${batch.labels[wrong]}`))
      }
      interleaved(batch.planes, inputs, row * PICTURE_BYTES)
      labels.set(batch.labels, row)
      row += batch.labels.length
    }
    const classNames = namesOf(read.get(files.meta), format, kind, join(directory, files.meta))
    return {
      ...splitOf({ name: `${kind.name}/${part}`, inputs, labels, inputShape, classes: kind.classes }),
      classNames,
    }
  })
}

interface Found {
  readonly files: CifarFiles
  readonly format: 'binary' | 'python'
  readonly read: ReadonlyMap<string, Uint8Array>
}

async function find(kind: CifarKind, directory: string, part: 'train' | 'test', verify: boolean): Promise<Found> {
  for (const format of ['binary', 'python'] as const) {
    const files = kind[format]
    const names = [...files[part], files.meta]
    for (const folder of [join(directory, files.folder), directory]) {
      if (!existsSync(join(folder, files[part][0]!))) continue
      const read = await Promise.all(names.map(async (name) => [name, await readBounded(join(folder, name))] as const))
      return { files, format, read: new Map(read) }
    }
    const archive = join(directory, files.archive)
    if (!existsSync(archive)) continue
    const found = await readTarGz(archive, (name) => (names.includes(name) ? MOST_FILE_BYTES : undefined))
    if (verify && found.sha256 !== files.sha256) {
      const message = `${archive}: wrong checksum: required sha256 ${files.sha256}, found ${found.sha256}. Get the file again.`
      refuse({
        _tag: 'ChecksumMismatch',
        message,
        file: archive,
        expected: files.sha256,
        found: found.sha256,
      } as ChecksumMismatch)
    }
    return { files, format, read: found.files }
  }
  const wanted = [kind.binary.archive, kind.python.archive, kind.binary.folder, kind.python.folder]
  const message = `${kind.name}: none of ${wanted.join(', ')} is in ${directory}. Put the official archive there.`
  return refuse({ _tag: 'CifarMissing', message, folder: directory, wanted } as CifarMissing)
}

async function readBounded(file: string): Promise<Uint8Array> {
  const { size } = await stat(file)
  if (size > MOST_FILE_BYTES) refuse(formatFailure('CIFAR', file, 0, `at most ${MOST_FILE_BYTES} bytes`, `${size}`))
  return readFile(file)
}

/** The classes' names out of the file that lists them; their numbers where it lists none. */
function namesOf(meta: Uint8Array | undefined, format: string, kind: CifarKind, file: string): readonly string[] {
  const numbers = Array.from({ length: kind.classes }, (_, label) => String(label))
  if (meta === undefined) return numbers
  const names = format === 'binary' ? Buffer.from(meta).toString('utf8').trim().split(/\s+/) : pickledNames(meta, file)
  return names.length === kind.classes ? names : numbers
}

function pickledNames(meta: Uint8Array, file: string): string[] {
  const value = readPickle(meta, file)
  if (!isKind(value, 'dict')) return []
  const names = value.entries.get('label_names') ?? value.entries.get('fine_label_names')
  return isKind(names, 'list') ? names.items.map((name) => Buffer.from(name as Uint8Array).toString('latin1')) : []
}
