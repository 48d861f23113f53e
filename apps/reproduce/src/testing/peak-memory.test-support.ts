import { keyOf, uniformIntegers } from '@coherent-gradients/core'
import { splitOf } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { buildModel } from '@coherent-gradients/models'
import { measureSplit } from '../measure/measure-split.ts'
import { asTheyAre } from '../measure/shuffled-labels.ts'

// A process of its own: what measuring adds to the memory that an open engine takes. Prints one JSON object, in bytes.

/** The most that this process has ever held. */
const peak = (): number => process.resourceUsage().maxRSS * 1024

const M = 10_000
const opened = await openEngine('wasm')()
if (opened._tag === 'Left') throw new Error(opened.left.message)
const idle = peak()
const split = splitOf({
  name: 'made up',
  inputs: Uint8Array.from(uniformIntegers(keyOf('pixels'), 784 * M, 256)),
  labels: uniformIntegers(keyOf('labels'), M, 10),
  inputShape: [784],
  classes: 10,
})
const measured = await measureSplit(split, {
  model: buildModel({ kind: 'mlp', inputs: 784, hidden: [256, 256, 256], outputs: 10 }, keyOf('model')),
  loss: softmaxCrossEntropy,
  classes: 10,
  inputShape: [784],
  relabelled: [asTheyAre],
})
if (measured._tag === 'Left') throw new Error(measured.left.message)
console.log(JSON.stringify({ idle, peak: peak(), m: measured.right[0].whole.m }))
