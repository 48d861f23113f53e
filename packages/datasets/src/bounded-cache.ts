/** Arrays remembered by id while they fit into so many bytes. What is kept stays; what comes later is not kept. */
export interface BoundedCache {
  get(id: number): Float32Array | undefined
  /** Keeps a copy, if there is room. */
  offer(id: number, array: Float32Array): void
}

/**
 * A cache that never evicts: an epoch reads each example once, so an old entry is as likely to be read as a new one, and
 * dropping the oldest would drop each just before it is wanted.
 */
export function boundedCache(bytes: number): BoundedCache {
  const kept = new Map<number, Float32Array>()
  let bytesLeft = bytes
  return {
    get: (id) => kept.get(id),
    offer(id, array) {
      if (array.byteLength > bytesLeft) return
      kept.set(id, array.slice())
      bytesLeft -= array.byteLength
    },
  }
}
