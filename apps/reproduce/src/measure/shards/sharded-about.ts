import type { Chunk } from '@coherent-gradients/coherence'
import { canonicalChunks } from '@coherent-gradients/coherence'
import { trainableWeights } from '@coherent-gradients/gradients'
import { createHash, type Hash } from 'node:crypto'
import type { OpenMeasurement } from '../open-measurement.ts'

/** What all shards of one measurement agree on, as plain data. */
export interface ShardedAbout {
  readonly version: 1
  readonly about: OpenMeasurement['about']
  readonly m: number
  readonly chunks: readonly Chunk[]
  /** The trained weights, in the model's order. */
  readonly weights: readonly { readonly name: string; readonly layer: string; readonly size: number }[]
  /** sha256 of the examples' ids and labels, and of all the model's weights. */
  readonly digest: string
  /** What the twin's labels were shuffled by. */
  readonly shuffledBy: string
  /** MiB that one pass may take, where that was said: another size of passes rounds otherwise. */
  readonly passMemory: number | null
}

export async function shardedAbout(
  { measurement: { model, passBytes }, data, about }: OpenMeasurement,
  shuffledBy: string,
): Promise<ShardedAbout> {
  const hash = createHash('sha256')
  const { ids, labels } = await data.labels.read(data.split.ids)
  for (const array of [ids, labels, data.targets?.rows ?? new Float32Array(0)]) addTo(hash, array)
  for (const weight of model.getWeights()) addTo(hash, await weight.data())
  return {
    version: 1,
    about,
    m: data.split.ids.length,
    chunks: canonicalChunks(data.split.ids.length),
    weights: trainableWeights(model).map(({ name, layer, size }) => ({ name, layer, size })),
    digest: hash.digest('hex'),
    shuffledBy,
    passMemory: passBytes === undefined ? null : passBytes / 2 ** 20,
  }
}

function addTo(hash: Hash, array: ArrayBufferView): void {
  hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
}
