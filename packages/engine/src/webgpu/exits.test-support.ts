// A program that uses webgpu and does nothing to end.
import * as tf from '@tensorflow/tfjs-core'
import { openEngine } from '../index.ts'

const opened = await openEngine('webgpu')()
if (opened._tag === 'Left') throw new Error(opened.left.message)
const [sum] = await tf.tidy(() => tf.sum(tf.ones([50, 50]))).data()
process.stdout.write(`${sum}`)
