import type * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** A model.json as plain data. */
export interface ModelJson {
  format: string
  modelTopology: Record<string, unknown>
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[]
}

/** Saves a model as `model.save` does in a browser; `change` may spoil the JSON. Gives the model.json's path. */
export async function saveModel(
  model: LayersModel,
  folder: string,
  change: (json: ModelJson) => unknown = (json) => json,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'model.json')
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData, format }: tf.io.ModelArtifacts) => {
      await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer))
      const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
      await writeFile(file, JSON.stringify(change({ format, modelTopology, weightsManifest } as unknown as ModelJson)))
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    },
  })
  return file
}

/** Writes x [n, …shape] and y [n] as numpy.savez does. */
export async function saveNpz(
  file: string,
  x: Float32Array | Uint8Array,
  shape: readonly number[],
  y: Int32Array,
): Promise<string> {
  const n = y.length
  return saveArrays(file, { x: { shape: [n, ...shape], data: x }, y: { shape: [n], data: y } })
}

/** Writes arrays as numpy.savez does. */
export async function saveArrays(file: string, arrays: Readonly<Record<string, SavedArray>>): Promise<string> {
  const entries = Object.entries(arrays).map(([name, { shape, data }]) => {
    return [`${name}.npy`, npy(codes[data.constructor.name]!, shape, data)] as const
  })
  await writeFile(file, stored(Object.fromEntries(entries)))
  return file
}

export interface SavedArray {
  readonly shape: readonly number[]
  readonly data: Float64Array | Float32Array | Int32Array | Uint8Array
}

const codes: Readonly<Record<string, string>> = {
  Float64Array: '<f8',
  Float32Array: '<f4',
  Int32Array: '<i4',
  Uint8Array: '|u1',
}

function npy(descr: string, shape: readonly number[], data: ArrayBufferView): Buffer {
  const header =
    `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.map((n) => `${n},`).join(' ')}), }`.padEnd(117) +
    '\n'
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0])
  return Buffer.concat([magic, Buffer.from(header), Buffer.from(data.buffer, data.byteOffset, data.byteLength)])
}

function stored(entries: Readonly<Record<string, Buffer>>): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, body] of Object.entries(entries)) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(body), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(body.length, 18)
    common.writeUInt16LE(name.length, 22)
    local.push(Buffer.from('504b0304', 'hex'), common, Buffer.from(name), body)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    central.push(Buffer.from('504b01021400', 'hex'), common, rest, Buffer.from(name))
    offset += 30 + name.length + body.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}
