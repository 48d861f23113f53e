import * as tf from '@tensorflow/tfjs-core'

/** Makes a registered tfjs backend the current one, or rejects with the reason. */
export async function makeCurrent(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start its backend ${backend}`)
  await tf.ready()
}
