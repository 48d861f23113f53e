import type { NodeBackend } from './node-backend.ts'

/** How many are kept: a run needs few, but a learning rate may change at every step. */
const most = 64

const known = new WeakMap<NodeBackend, Map<string, number>>()

/**
 * TensorFlow's number for a scalar, or a list of axes, that an operation takes besides tensors. It is kept for the next time,
 * as making one takes longer than a small operation; of more than 64 the oldest goes.
 */
export function constant(backend: NodeBackend, value: number | readonly number[]): number {
  let ids = known.get(backend)
  if (ids === undefined) known.set(backend, (ids = new Map()))
  const name = typeof value === 'number' ? `${value}` : `[${value}]`
  let id = ids.get(name)
  if (id === undefined) {
    const { binding } = backend
    id =
      typeof value === 'number'
        ? binding.createTensor([], binding.TF_FLOAT, new Float32Array([value]))
        : binding.createTensor([value.length], binding.TF_INT32, new Int32Array(value))
    ids.set(name, id)
    if (ids.size > most) {
      const [oldest, its] = ids.entries().next().value!
      binding.deleteTensor(its)
      ids.delete(oldest)
    }
  }
  return id
}
