import { toySplit } from '@coherent-gradients/datasets'

export interface ToyExample {
  readonly x: readonly number[]
  readonly y: number
}

/** The paper's Example 1 as numbers: four examples to train on and the fifth to test with. */
export async function toyData(
  which: 'L' | 'M',
): Promise<{ readonly train: readonly ToyExample[]; readonly test: ToyExample }> {
  const read = async (part: 'train' | 'test'): Promise<readonly ToyExample[]> => {
    const split = toySplit(which)[part]
    const { inputs, labels } = await split.read(split.ids)
    const features = inputs.length / labels.length
    return Array.from(labels, (label, i) => ({
      x: [...inputs.subarray(i * features, (i + 1) * features)],
      y: 2 * label - 1,
    }))
  }
  const [train, [test]] = await Promise.all([read('train'), read('test')])
  return { train, test: test! }
}
