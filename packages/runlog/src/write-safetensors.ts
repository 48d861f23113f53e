import { dtypes, elementsOf, type StoredTensor, type StoredTensors } from './stored-tensor.ts'

/**
 * Tensors as the bytes of a safetensors file: the header's length (8 bytes, little-endian), the header (JSON, padded
 * with spaces to a multiple of 8), the data. Wide dtypes come first, then names by code unit, so that every tensor is
 * aligned and the same tensors give the same bytes.
 *
 * @throws RangeError when a tensor's data and shape disagree or its name is the reserved `__metadata__`.
 *
 * @example
 * writeSafetensors({ bias: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) } })
 */
export function writeSafetensors(tensors: StoredTensors): Uint8Array {
  const entries = Object.entries(tensors).toSorted(
    ([nameA, a], [nameB, b]) => dtypes[b.dtype].bytes - dtypes[a.dtype].bytes || (nameA < nameB ? -1 : 1),
  )
  for (const [name, tensor] of entries) requireConsistent(name, tensor)
  const begins: number[] = []
  let dataBytes = 0
  for (const [, { data }] of entries) {
    begins.push(dataBytes)
    dataBytes += data.byteLength
  }
  const fields = entries.map(([name, { dtype, shape, data }], index) => {
    const begin = begins[index]!
    const value = { dtype: dtypes[dtype].code, shape, data_offsets: [begin, begin + data.byteLength] }
    return `${JSON.stringify(name)}:${JSON.stringify(value)}`
  })
  const json = Buffer.from(`{${fields.join(',')}}`)
  const headerLength = Math.ceil(json.byteLength / 8) * 8
  const bytes = new Uint8Array(8 + headerLength + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  bytes.fill(0x20, 8, 8 + headerLength).set(json, 8)
  entries.forEach(([, { data }], index) =>
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + headerLength + begins[index]!),
  )
  return bytes
}

function requireConsistent(name: string, { dtype, shape, data }: StoredTensor): void {
  if (name === '__metadata__')
    throw new RangeError('writeSafetensors: required a tensor name, found the reserved "__metadata__"')
  const bytes = elementsOf(shape) * dtypes[dtype].bytes
  if (bytes !== data.byteLength)
    throw new RangeError(
      `writeSafetensors: ${name}: required ${bytes} bytes for ${dtype} [${shape.join(', ')}], found ${data.byteLength}`,
    )
}
