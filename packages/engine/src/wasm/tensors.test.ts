import { rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'
import { disagreement, disagreementWithCpu, numbers } from './disagreement.test-support.ts'

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 })

describe('on engine wasm', () => {
  test.prop([
    shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray(
          shape.map((_, axis) => axis),
          { minLength: shape.length },
        ),
      ),
    ),
  ])('a transposition of any axes', async ([shape, perm]) => {
    expect(
      await disagreementWithCpu(() => [
        tf.transpose(numbers(shape), perm),
        tf.transpose(tf.cast(tf.mul(numbers(shape), 9), 'int32'), perm),
      ]),
    ).toBeLessThan(1e-5)
  })

  test.prop([
    shapes.chain((shape) => fc.tuple(fc.constant(shape), ...shape.map((n) => fc.tuple(fc.nat(n - 1), fc.nat(n))))),
  ])('a slice of any axes', async ([shape, ...cuts]) => {
    const begin = cuts.map(([from]) => from)
    const size = cuts.map(([from, length], axis) => Math.min(length, shape[axis]! - from))
    expect(
      await disagreementWithCpu(() => {
        const x = numbers(shape)
        return [x, tf.cast(tf.mul(x, 9), 'int32'), tf.greater(x, 0)].map((y) => tf.slice(y, begin, size))
      }),
    ).toBeLessThan(1e-5)
  })

  test.prop([
    fc.array(
      fc.record({
        size: fc.integer({ min: 1, max: 6 }),
        ends: fc.tuple(fc.nat(5), fc.nat(6)),
        stride: fc.constantFrom(-2, -1, 1, 2, 3),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  ])('a strided slice of any axes, forwards and backwards', async (axes) => {
    const [begin, end] = [0, 1].map((side) => axes.map(({ ends }) => ends[side]!)) as [number[], number[]]
    const [shape, strides] = [axes.map(({ size }) => size), axes.map(({ stride }) => stride)]
    // Of none, plain JavaScript takes one.
    fc.pre(tf.slice_util.sliceInfo(shape, begin, end, strides, 0, 0, 0, 0, 0).finalShape.every((size) => size > 0))
    expect(await disagreementWithCpu(() => tf.stridedSlice(numbers(shape), begin, end, strides))).toBeLessThan(1e-5)
  })

  it('a strided slice that takes one number of an axis away, of which plain JavaScript takes the wrong ones', async () => {
    const shrinkLast = (): Tensor =>
      tf.stridedSlice(tf.tensor2d([0, 1, 2, 3, 4, 5], [3, 2]), [0, 1], [3, 2], [2, 1], 0, 0, 0, 0, 2)
    expect(await disagreement(shrinkLast, () => tf.tensor1d([1, 5]))).toBe(0)
  })

  it('refuses a slice that reaches past the tensor', async () => {
    expect(
      await disagreementWithCpu(() => {
        expect(() => tf.slice(numbers([3, 3]), [1, 1], [3, 1])).toThrow(/begin\[0\] \+ size\[0\] \(4\) would overflow/)
        return tf.scalar(0)
      }),
    ).toBeLessThan(1e-5)
  })

  test.prop([
    shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 3 }))))),
  ])('a tensor tiled along any axes', async ([shape, reps]) => {
    expect(await disagreementWithCpu(() => tf.tile(numbers(shape), reps))).toBeLessThan(1e-5)
  })

  test.prop([shapes, fc.nat(5), fc.boolean()])('sums and means over first axes', async (shape, last, keepDims) => {
    const axes = shape.map((_, axis) => axis).slice(0, last)
    const x = (): Tensor => tf.add(numbers(shape), 2)
    expect(await disagreementWithCpu(() => [tf.sum(x(), axes, keepDims), tf.mean(x(), axes, keepDims)])).toBeLessThan(
      1e-5,
    )
  })

  it('means over more rows than are added at once', async () => {
    expect(await disagreementWithCpu(() => tf.mean(tf.add(numbers([1000, 7]), 2), 0))).toBeLessThan(1e-5)
  })

  test.prop([
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 }),
    fc.integer({ min: 1, max: 9 }),
  ])('a gather and its gradient', async (ids, width) => {
    expect(
      await disagreementWithCpu(() => {
        const indices = tf.tensor1d(ids, 'int32')
        const delta = numbers([ids.length, width], 2)
        return tf.grad((x) => tf.mul(tf.gather(x, indices), delta))(numbers([5, width]))
      }),
    ).toBeLessThan(1e-5)
  })

  test.prop([shapes, fc.nat(5), fc.array(fc.nat(5), { minLength: 1, maxLength: 4 })])(
    'a gather along any axis',
    async (shape, last, ids) => {
      const axis = last % shape.length
      expect(
        await disagreementWithCpu(() => {
          const indices = tf.tensor1d(
            ids.map((id) => id % shape[axis]!),
            'int32',
          )
          return tf.gather(numbers(shape), indices, axis)
        }),
      ).toBe(0)
    },
  )

  test.prop([
    fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
    fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
    fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('float32', 'int32', 'bool' as const),
    fc.constantFrom('one', 'list', 'table' as const),
  ])('a gather of rows of a ragged tensor', async (outer, inner, picked, dtype, form) => {
    const splitsOf = (lengths: readonly number[]): number[] =>
      lengths.reduce((splits, n) => [...splits, splits.at(-1)! + n], [0])
    const first = splitsOf(outer)
    const second = splitsOf(
      inner
        .slice(0, Math.max(1, first.at(-1)!))
        .concat(inner, inner)
        .slice(0, first.at(-1)),
    )
    const ids = picked.map((index) => index % outer.length)
    expect(
      await disagreementWithCpu(() => {
        const values = tf.cast(tf.mul(numbers([second.at(-1)! + 1, 2]), 9), dtype)
        const int = (list: number[]): Tensor1D => tf.tensor1d(list, 'int32')
        const indices =
          form === 'one'
            ? tf.scalar(ids[0]!, 'int32')
            : form === 'list'
              ? int(ids)
              : tf.tensor2d([ids, ids], undefined, 'int32')
        const { outputNestedSplits, outputDenseValues } = tf.raggedGather(
          [int(first), int(second)],
          values,
          indices as Tensor1D,
          1,
        )
        return [...outputNestedSplits, outputDenseValues]
      }),
    ).toBe(0)
  })

  it.each([
    ['an index out of range', [0, 2, 3], [0, 2], /indices\[1\] = 2 is not in \[0, 2\)/],
    ['splits that fall', [0, 2, 1], [0], /splits must be sorted in ascending order/],
    ['splits past the values', [0, 2, 4], [0], /splits must not point past values/],
  ])('no gather of a ragged tensor by %s', async (_, splits, ids, refusal) => {
    rightOf(await openEngine('wasm')())
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const values = tf.tensor1d([1, 2, 3])
      const nested = [tf.tensor1d(splits, 'int32')]
      expect(() => tf.raggedGather(nested, values, tf.tensor1d(ids, 'int32'), 0)).toThrow(refusal)
    })
    expect(tf.memory().numTensors).toBe(before)
  })

  it('a gather of one batch by another', async () => {
    const indices = (): Tensor =>
      tf.tensor2d(
        [
          [1, 0],
          [2, 2],
        ],
        [2, 2],
        'int32',
      )
    expect(await disagreementWithCpu(() => tf.gather(numbers([2, 3, 4]), indices() as Tensor1D, 1, 1))).toBe(0)
  })

  test.prop([shapes, fc.nat(5), fc.array(fc.nat(3), { minLength: 1, maxLength: 3 })])(
    'tensors joined along any axis, empty ones among them',
    async (shape, last, sizes) => {
      const axis = last % shape.length
      const parts = (): Tensor[] => sizes.map((size, i) => numbers(shape.with(axis, size), i))
      expect(await disagreementWithCpu(() => tf.concat(parts(), axis))).toBe(0)
    },
  )

  it('segment sums, ids out of range left out, of integers too', async () => {
    const sums = (cast: (sums: Tensor) => Tensor) => (): readonly Tensor[] => {
      const ids = tf.tensor1d([2, -1, 0, 3, 2], 'int32')
      const x = tf.cast(tf.mul(numbers([5, 3]), 100), 'int32')
      return [cast(tf.unsortedSegmentSum(x, ids, 3)), tf.unsortedSegmentSum(numbers([5, 3]), ids, 3)]
    }
    expect(
      await disagreement(
        sums((integers) => integers),
        sums((integers) => tf.cast(integers, 'int32')),
      ),
    ).toBeLessThan(1e-5)
  })

  it.each([
    ['ij,jk->ik', [3, 4], [4, 5]],
    ['ij,kj->ki', [3, 4], [5, 4]],
    ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
    ['bij,bij->b', [2, 3, 4], [2, 3, 4]],
    ['bi,bj->bij', [2, 3], [2, 5]],
    ['btp,btd->bpd', [2, 6, 3], [2, 6, 4]],
    ['ij,ij->ij', [3, 4], [3, 4]],
    ['i,i->', [4], [4]],
  ] as const)('einsum %s', async (equation, a, b) => {
    expect(await disagreementWithCpu(() => tf.einsum(equation, numbers(a), numbers(b, 1)))).toBeLessThan(1e-5)
  })

  it('einsum that sums over labels of one tensor alone', async () => {
    const [x, y] = [(): Tensor => numbers([2, 3, 4]), (): Tensor => numbers([3, 5], 1)]
    expect(
      await disagreement(
        () => tf.einsum('ijk,jl->jl', x(), y()),
        () => tf.mul(tf.expandDims(tf.sum(x(), [0, 2]), 1), y()),
      ),
    ).toBeLessThan(1e-5)
  })

  it.each([['ij->ji'], ['ij->j'], ['ij->']])('einsum %s', async (equation) => {
    expect(await disagreementWithCpu(() => tf.einsum(equation, numbers([3, 4])))).toBeLessThan(1e-5)
  })

  it.each(['float32', 'int32', 'bool'] as const)('one-hot vectors as %s', async (dtype) => {
    expect(await disagreementWithCpu(() => tf.oneHot(tf.tensor1d([0, 2, 1], 'int32'), 3, 1, 0, dtype))).toBeLessThan(
      1e-5,
    )
  })

  it('truth of numbers: all but 0', async () => {
    expect(await disagreementWithCpu(() => tf.cast(tf.tensor1d([0, 0.5, 3, -256]), 'bool'))).toBeLessThan(1e-5)
  })

  it.each([[[4]], [[3, 1]], [[1]], [[2, 1, 1]], [[2, 3, 4]]])(
    'prelu with α of shape %s, and its gradients',
    async (shape) => {
      expect(
        await disagreementWithCpu(() => {
          const [x, alpha] = [numbers([2, 3, 4]), numbers(shape, 5)]
          return [tf.prelu(x, alpha), ...tf.grads((x_, a) => tf.square(tf.prelu(x_!, a!)))([x, alpha])]
        }),
      ).toBeLessThan(1e-5)
    },
  )

  it('NaN that stays NaN when numbers are clipped', async () => {
    expect(
      await disagreementWithCpu(() => tf.isNaN(tf.clipByValue(tf.tensor1d([Number.NaN, 5, -5, 1, Number.NaN]), -1, 1))),
    ).toBeLessThan(1e-5)
  })

  it('a clone that shares its numbers, and outlives what it was cloned from', async () => {
    expect(
      await disagreementWithCpu(() => {
        const x = numbers([3])
        const y = tf.clone(x)
        x.dispose()
        return y
      }),
    ).toBeLessThan(1e-5)
  })

  it('the gradient of a resized batch, which plain JavaScript gave of its first example alone', async () => {
    expect(
      await disagreementWithCpu(() => {
        const delta = numbers([3, 4, 5, 2], 1)
        return tf.grad((x) => tf.mul(tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [4, 5]), delta))(
          numbers([3, 2, 3, 2]),
        )
      }),
    ).toBeLessThan(1e-5)
  })

  it('a product of integers', async () => {
    expect(
      await disagreementWithCpu(() => {
        const hot = (ids: number[]): Tensor => tf.oneHot(tf.tensor1d(ids, 'int32') as Tensor1D, 3)
        return tf.matMul(hot([0, 1, 1, 2]), hot([0, 2, 1, 2]), true)
      }),
    ).toBeLessThan(1e-5)
  })
})
