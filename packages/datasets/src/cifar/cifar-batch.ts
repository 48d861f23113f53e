import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import { isKind, kindOf, readPickle } from '../pickle/read-pickle.ts'
import type { CifarKind } from './cifar-parts.ts'

export const PICTURE_BYTES = 3072
const PIXELS = 1024

/** Pictures and labels of one file. */
export interface CifarBatch {
  readonly labels: Uint8Array
  /** [n × 3 × 1024] planes: red, then green, then blue. */
  readonly planes: Uint8Array
}

/** A binary batch: for each picture its labels, then its three planes. */
export function binaryBatch(bytes: Uint8Array, file: string, { labelBytes }: CifarKind): CifarBatch {
  const record = labelBytes + PICTURE_BYTES
  if (bytes.length === 0 || bytes.length % record !== 0) {
    const whole = Math.floor(bytes.length / record) * record
    refuse(formatFailure('a CIFAR batch', file, whole, `records of ${record} bytes`, `${bytes.length - whole} bytes`))
  }
  const n = bytes.length / record
  const planes = new Uint8Array(n * PICTURE_BYTES)
  for (let i = 0; i < n; i++) {
    planes.set(bytes.subarray(i * record + labelBytes, (i + 1) * record), i * PICTURE_BYTES)
  }
  return { labels: Uint8Array.from({ length: n }, (_, i) => bytes[i * record + labelBytes - 1]!), planes }
}

/** A python batch: a pickled dictionary of an array of bytes and a list of labels. */
export function pythonBatch(bytes: Uint8Array, file: string, { labelKey }: CifarKind): CifarBatch {
  const batch = readPickle(bytes, file)
  const fail = (required: string, found: string): never =>
    refuse(formatFailure('a CIFAR batch', file, 0, required, found))
  if (!isKind(batch, 'dict')) return fail('a dictionary', kindOf(batch))
  const data = batch.entries.get('data')
  const labels = batch.entries.get(labelKey)
  if (!isKind(data, 'array') || data.fortran || data.shape.length !== 2 || data.shape[1] !== PICTURE_BYTES) {
    return fail(
      `an array 'data' of shape [n, ${PICTURE_BYTES}]`,
      isKind(data, 'array') ? `[${data.shape.join(', ')}]` : 'none',
    )
  }
  if (!isKind(labels, 'list') || labels.items.length !== data.shape[0]) {
    return fail(
      `a list '${labelKey}' of ${data.shape[0]} labels`,
      isKind(labels, 'list') ? `${labels.items.length}` : 'none',
    )
  }
  const wrong = labels.items.findIndex(
    (label) => !Number.isInteger(label) || (label as number) < 0 || (label as number) > 255,
  )
  if (wrong >= 0) fail('labels from 0 on', `${kindOf(labels.items[wrong]!)} in row ${wrong}`)
  return { labels: Uint8Array.from(labels.items as number[]), planes: data.data }
}

/** [n × 32 × 32 × 3] from planes to pixels whose three colours lie together. */
export function interleaved(planes: Uint8Array, out: Uint8Array, at: number): void {
  for (let picture = 0; picture < planes.length; picture += PICTURE_BYTES) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const to = at + picture + pixel * 3
      out[to] = planes[picture + pixel]!
      out[to + 1] = planes[picture + PIXELS + pixel]!
      out[to + 2] = planes[picture + 2 * PIXELS + pixel]!
    }
  }
}
