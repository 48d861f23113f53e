import { backend_util } from '@tensorflow/tfjs-core'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import { reshaped } from './reshaped.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

/** A tensor whose axes have labels, numbers that stand for einsum's letters. */
interface Labelled {
  readonly tensor: TensorInfo
  readonly labels: readonly number[]
}

type Temporary = (tensor: TensorInfo) => TensorInfo

/**
 * `Einsum` of one or two tensors, which the stock backend lacks: sums over labels of one tensor alone, then one batched
 * matrix product over the labels that are summed, for every label that both tensors keep.
 *
 * @throws Error as tfjs's other backends do, for an equation that is none or that the shapes contradict.
 */
export const einsum: WasmKernel = {
  name: 'Einsum',
  make:
    () =>
    ({ inputs, backend, attrs }: KernelCall<Record<string, TensorInfo>, { equation: string }>) => {
      const tensors = Object.values(inputs)
      const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(attrs.equation, tensors.length)
      backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as never)
      const wanted = allDims.map((_, label) => label).filter((label) => !summedDims.includes(label))
      return withTemporaries(backend, (temporary) => {
        const given = tensors.map((tensor, i) => ({ tensor, labels: idDims[i]! }))
        const [a, b] = given.map((one, i) =>
          summedAlone(backend, one, [...wanted, ...(idDims[1 - i] ?? [])], temporary),
        )
        const result = b === undefined ? a! : product(backend, a!, b, wanted, temporary)
        return inOrder(backend, result, wanted)
      })
    },
}

/** Summed over the labels that neither the result nor the other tensor has. */
function summedAlone(
  backend: KernelBackend,
  { tensor, labels }: Labelled,
  kept: readonly number[],
  temporary: Temporary,
): Labelled {
  const axis = labels.flatMap((label, index) => (kept.includes(label) ? [] : [index]))
  if (axis.length === 0) return { tensor, labels }
  const sums = temporary(callKernel(backend, 'Sum', { x: tensor }, { axis, keepDims: false }))
  return { tensor: sums, labels: labels.filter((label) => kept.includes(label)) }
}

function product(
  backend: KernelBackend,
  a: Labelled,
  b: Labelled,
  wanted: readonly number[],
  temporary: Temporary,
): Labelled {
  const shared = a.labels.filter((label) => b.labels.includes(label))
  const batch = shared.filter((label) => wanted.includes(label))
  const summed = shared.filter((label) => !wanted.includes(label))
  const rows = a.labels.filter((label) => !shared.includes(label))
  const columns = b.labels.filter((label) => !shared.includes(label))
  const sizes = sizesOf(a, b)
  const size = (labels: readonly number[]): number => labels.reduce((n, label) => n * sizes.get(label)!, 1)
  const [n, m, k, p] = [size(batch), size(rows), size(summed), size(columns)]
  const labels = [...batch, ...rows, ...columns]
  const shape = labels.map((label) => sizes.get(label)!)

  const left = temporary(inOrder(backend, a, [...batch, ...rows, ...summed]))
  if (m * p === 1 || k === 1) {
    // Numbers, or dot products, by themselves: no matrices.
    const right = temporary(inOrder(backend, b, [...batch, ...columns, ...summed]))
    const factors = { a: reshaped(left, [n, m, 1, k]), b: reshaped(right, [n, 1, p, k]) }
    const products = temporary(callKernel(backend, 'Multiply', factors))
    if (k === 1) return { tensor: reshaped(products, shape), labels }
    const sums = temporary(callKernel(backend, 'Sum', { x: products }, { axis: [3], keepDims: false }))
    return { tensor: reshaped(sums, shape), labels }
  }
  const right = temporary(inOrder(backend, b, [...batch, ...summed, ...columns]))
  const factors = { a: reshaped(left, [n, m, k]), b: reshaped(right, [n, k, p]) }
  const products = temporary(callKernel(backend, 'BatchMatMul', factors, { transposeA: false, transposeB: false }))
  return { tensor: reshaped(products, shape), labels }
}

function sizesOf(...given: readonly Labelled[]): ReadonlyMap<number, number> {
  return new Map(given.flatMap(({ tensor, labels }) => labels.map((label, axis) => [label, tensor.shape[axis]!])))
}

/** The same numbers with their axes in another order. Whoever calls frees the result. */
function inOrder(backend: KernelBackend, { tensor, labels }: Labelled, wanted: readonly number[]): TensorInfo {
  const perm = wanted.map((label) => labels.indexOf(label))
  if (perm.every((axis, index) => axis === index)) return callKernel(backend, 'Identity', { x: tensor })
  return callKernel(backend, 'Transpose', { x: tensor }, { perm })
}
