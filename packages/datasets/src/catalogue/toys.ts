import { keyOf } from '@coherent-gradients/core'
import { taskEither as TE } from 'fp-ts'
import type { NamedSplit } from '../named-split.ts'
import { difficultySplit } from '../synthetic/difficulty-split.ts'
import { gaussianSplit } from '../synthetic/gaussian-split.ts'
import { toySplit } from '../synthetic/toy-split.ts'
import type { DataSet } from './data-set.ts'

const made = { licence: 'made up here', homepage: '', files: [], source: 'made when it is read', landmarks: [] }
const numbered = (classes: number): string[] => Array.from({ length: classes }, (_, label) => String(label))
const sizes = { train: 5000, test: 1000 }

const toy = (which: 'L' | 'M', meaning: string): DataSet => ({
  ...made,
  name: `toy-${which.toLowerCase()}`,
  title: `The paper’s Example 1, ${which} (“${meaning}”)`,
  examples: { train: 4, test: 1 },
  classes: 2,
  open: ({ part }) => TE.right<never, NamedSplit>(Object.assign(toySplit(which)[part], { classNames: ['−1', '+1'] })),
})

export const toyL: DataSet = toy('L', 'real')
export const toyM: DataSet = toy('M', 'random')

export const gaussian: DataSet = {
  ...made,
  name: 'gaussian',
  title: 'Gaussian images with random labels, 28 × 28',
  examples: sizes,
  classes: 10,
  open: ({ part, inputShape = [784] }) => {
    const split = gaussianSplit({ key: keyOf(`gaussian/${part}`), n: sizes[part], inputShape, classes: 10 })
    return TE.right<never, NamedSplit>(Object.assign(split, { classNames: numbered(10) }))
  },
}

export const difficulty: DataSet = {
  ...made,
  name: 'difficulty',
  title: 'Patterns of ±1, each with 0 to 100% of its class’s in common',
  examples: sizes,
  classes: 10,
  open: ({ part }) => {
    const features = 256
    const split = difficultySplit({
      key: keyOf('difficulty'),
      n: sizes[part],
      features,
      classes: 10,
      common: [0, 1],
      part,
    })
    return TE.right<never, NamedSplit>(Object.assign(split, { classNames: numbered(10) }))
  },
}
