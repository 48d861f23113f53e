import * as tf from '@tensorflow/tfjs-core'
import { mendTape } from './mend-tape.ts'

/** Makes a registered tfjs backend the current one, or rejects with the reason and what may help. */
export async function makeCurrent(backend: string, help = ''): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start its backend ${backend}${help}`)
  await tf.ready()
  mendTape()
}
