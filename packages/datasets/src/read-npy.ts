import { either as E } from 'fp-ts'
import { floatsOfHalves } from './floats-of-halves.ts'
import { npyForms, type NpyArray } from './npy-array.ts'
import { npzFailure, type NpzFailure } from './npz-failure.ts'
import { rowMajor } from './row-major.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
const LONGEST_HEADER = 65_535

/**
 * A NumPy array out of the bytes of a .npy file: booleans, whole numbers and floats of 16, 32 and 64 bits, little-endian, in
 * C or Fortran order.
 *
 * Never throws, and sets aside no memory before the sizes add up. Left, with what was required and found, when the bytes
 * are torn, too many or of another kind: Python objects are never unpickled.
 *
 * @see NumPy's description of the format: a magic string, a version, the header's length, a Python dictionary of
 *   `descr`, `fortran_order` and `shape`, then the data.
 *
 * @example
 * readNpy(bytes, 'x.npy') // right: { dtype: 'uint8', shape: [60000, 28, 28], data: Uint8Array }
 */
export function readNpy(bytes: Uint8Array, file = '.npy data'): E.Either<NpzFailure, NpyArray> {
  const fail = (
    offset: number,
    problem: NpzFailure['problem'],
    required: string,
    found: string,
    todo?: string,
  ): E.Either<NpzFailure, never> => E.left(npzFailure(file, offset, problem, required, found, todo))
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return fail(0, 'not npy', 'an array that NumPy saved', `${bytes.length} bytes of something else`)
  }
  const version = bytes[6]!
  if (version < 1 || version > 3) return fail(6, 'unsupported', 'version 1, 2 or 3 of the format', String(version))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const start = (version === 1 ? 10 : 12) + length
  if (length > LONGEST_HEADER || start > bytes.length) {
    return fail(8, 'truncated', `a header of ${length} bytes`, `${bytes.length} bytes in all`)
  }
  const header = new TextDecoder('latin1').decode(bytes.subarray(start - length, start))
  const fields = parseHeader(header)
  if (fields === undefined) {
    return fail(
      start - length,
      'unsupported',
      'a plain array of numbers',
      header.trim(),
      'Python objects and records are not read.',
    )
  }
  const { order, code, fortran, shape } = fields
  const form = npyForms.get(code)
  if (form === undefined || (order === '>' && form.bytes > 1)) {
    const known = [...npyForms.values()].map(({ name }) => name)
    const todo = 'Convert it with x.astype("float32") or y.astype("int32").'
    return fail(start - length, 'unsupported', `little-endian ${known.join(', ')}`, `${order}${code}`, todo)
  }
  const elements = shape.includes(0) ? 0 : shape.reduce((product, n) => product * n, 1)
  const [required, found] = [elements * form.bytes, bytes.length - start]
  if (required !== found) {
    const promise = `${required} bytes of data for shape [${shape.join(', ')}]`
    return found < required
      ? fail(start, 'truncated', promise, `${found}`)
      : fail(start + required, 'trailing bytes', promise, `${found}`)
  }
  const aligned = (bytes.byteOffset + start) % form.bytes === 0
  const body = aligned ? bytes.subarray(start) : bytes.slice(start)
  const stored = new form.view(body.buffer as ArrayBuffer, body.byteOffset, elements)
  const data = form.name === 'float16' ? floatsOfHalves(stored as Uint16Array) : stored
  return E.right({ dtype: form.name, shape, data: fortran && shape.length > 1 ? rowMajor(data, shape) : data })
}

interface Fields {
  readonly order: string
  readonly code: string
  readonly fortran: boolean
  readonly shape: readonly number[]
}

/** The header's three fields, whatever their order; undefined where it is anything else. */
function parseHeader(header: string): Fields | undefined {
  const descr = /'descr':\s*'([<>|=]?)([a-zA-Z]\d{1,3})'/.exec(header)
  const order = /'fortran_order':\s*(True|False)/.exec(header)
  const shape = /'shape':\s*\(([\d\s,]*)\)/.exec(header)
  const rest = [descr, order, shape].reduce((text, found) => text.replace(found?.[0] ?? '', ''), header)
  if (!descr || !order || !shape || !/^[\s{},]*$/.test(rest)) return undefined
  const lengths = shape[1]!.split(',').map((part) => part.trim())
  if (lengths.at(-1) === '') lengths.pop()
  if (!lengths.every((length) => /^\d{1,15}$/.test(length))) return undefined
  return {
    order: descr[1]!,
    code: descr[2]!,
    fortran: order[1] === 'True',
    shape: lengths.map(Number),
  }
}
