/** Examples from … to − 1, counted in the order of the whole. */
export interface Chunk {
  readonly from: number
  readonly to: number
}

/** How small a chunk may be, and how many there may be. */
export interface ChunkOptions {
  /** Examples in a chunk, at the least: 1,000 unless said. */
  readonly examples?: number
  /** Chunks at the most: 32 unless said. More examples make the chunks larger. */
  readonly chunks?: number
}

/**
 * How m examples are cut into chunks whose statistics are added left to right: a function of m alone.
 *
 * Float sums depend on where the brackets are. Whoever sums every chunk by itself and then folds the chunks from the left
 * ({@link statisticSum}) gets the same bytes, however the chunks were spread over processes and machines.
 *
 * All chunks but the last are equally long: `examples`, or the least multiple of it with which `chunks` are enough.
 *
 * @throws RangeError when m, `examples` or `chunks` isn't a whole number ≥ 1.
 *
 * @example
 * canonicalChunks(50_000).length // 25, of 2,000 each
 */
export function canonicalChunks(m: number, { examples = 1000, chunks = 32 }: ChunkOptions = {}): readonly Chunk[] {
  for (const [name, value] of Object.entries({ m, examples, chunks })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`canonicalChunks: required a whole number ≥ 1 as ${name}, found ${value}`)
    }
  }
  const size = examples * Math.ceil(m / (examples * chunks))
  return Array.from({ length: Math.ceil(m / size) }, (_, c) => ({ from: c * size, to: Math.min(m, (c + 1) * size) }))
}
