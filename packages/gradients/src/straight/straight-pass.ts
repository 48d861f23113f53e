import { runTrainingKernel } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '../gradient-stack.ts'
import type { Loss, TensorBatch } from '../loss.ts'
import { lossWithGradient } from '../loss-with-gradient.ts'
import type { ModelLayer } from '../model-layers.ts'
import type { TappedPass } from '../tapped-pass.ts'
import { isTrained, type Link } from './straight-chain.ts'

/**
 * What `tappedPass` gives, of a chain of layers by their own ways back. On a network of four small layers tfjs's tape and its
 * layers' calls take an eighth of a step.
 */
export function straightPass(
  chain: readonly Link[],
  loss: Loss,
  { inputs, labels }: TensorBatch,
  sliceBytes: number,
): TappedPass {
  const blocks = new Map<ModelLayer, readonly GradientBlock[]>()
  const [losses, ...owned] = tf.tidy(() => {
    const values: Tensor[] = [inputs]
    for (const { straight } of chain) values.push(straight.forward(values.at(-1)!))
    const output = values.at(-1)!
    const { losses: made, gradient } = lossWithGradient(loss, output, labels)
    const results: Tensor[] = [made]
    const first = chain.findIndex(isTrained)
    let delta = chain.at(-1)!.straight.rectifies ? reluGradient(gradient, output) : gradient
    for (let at = chain.length - 1; at >= first; at--) {
      const { straight, target } = chain[at]!
      const input = values[at]!
      if (target !== undefined && isTrained(chain[at]!)) {
        const { layer, weights, rule } = target
        const ruled = rule!.blocks({ layer, weights, calls: [{ input, delta }], sliceBytes })
        blocks.set(target, ruled.blocks)
        results.push(...ruled.owned)
      }
      if (at > first) delta = straight.back(delta, input, chain[at - 1]!.straight.rectifies)
    }
    return results
  })
  return { losses: losses as Tensor1D, blocks, owned }
}

function reluGradient(dy: Tensor, x: Tensor): Tensor {
  return runTrainingKernel('reluGradient', { dy, x }) ?? tf.mul(dy, tf.step(x))
}
