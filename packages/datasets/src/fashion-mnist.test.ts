import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { fashionMnist } from './fashion-mnist.ts'
import { folderOf, idxBytes } from './made-up.test-support.ts'

describe('fashionMnist', () => {
  it('reads the four IDX files and names the classes', async () => {
    const directory = folderOf({
      't10k-images-idx3-ubyte': idxBytes([2, 28, 28], new Uint8Array(2 * 784).fill(51)),
      't10k-labels-idx1-ubyte': idxBytes([2], [9, 0]),
    })
    const test = rightOf(await fashionMnist({ part: 'test', directory, inputShape: [28, 28, 1] })())
    const { inputs, labels } = await test.read([0])
    expect([test.name, test.classNames[labels[0]!], test.inputShape]).toEqual([
      'fashion-mnist/test',
      'Ankle boot',
      [28, 28, 1],
    ])
    expect(inputs[0]).toBeCloseTo(0.2)
    const { message } = leftOf(await fashionMnist({ part: 'train', directory })())
    expect(message).toMatch(/^Fashion-MNIST: train-images.*Name a folder that holds Fashion-MNIST's four IDX files\.$/)
  })
})
