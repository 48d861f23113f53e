import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { formedBlock } from '../blocks/formed-block.ts'
import type { GradientBlock } from '../gradient-stack.ts'
import type { LayerPass, RuleBlocks } from './layer-rule.ts'
import { rowsAlongAxes } from './rows-along-axes.ts'

/**
 * Blocks of z = γ ⊙ x̂ + β, with γ and β along some axes: row i is Σ δᵢ ⊙ x̂ᵢ for γ and Σ δᵢ for β, over the other axes and
 * over the calls; `normalised` gives x̂ of the layer's nth call. Formed, since they are no larger than one position.
 */
export function scaleAndShiftBlocks(
  { weights: { gamma, beta }, calls }: LayerPass,
  axes: readonly number[],
  normalised: (input: Tensor, call: number) => Tensor,
): RuleBlocks {
  const owned: Tensor2D[] = []
  const rowsOf = (perPosition: (call: LayerPass['calls'][number], n: number) => Tensor): Tensor2D => {
    const rows = tf.tidy(() => {
      const perCall = calls.map((call, n) => rowsAlongAxes(perPosition(call, n), axes))
      return perCall.length === 1 ? perCall[0]! : tf.addN(perCall)
    })
    owned.push(rows)
    return rows
  }
  const blocks: GradientBlock[] = []
  if (gamma)
    blocks.push(
      formedBlock(
        gamma,
        rowsOf(({ input, delta }, n) => tf.mul(delta, normalised(input, n))),
      ),
    )
  if (beta)
    blocks.push(
      formedBlock(
        beta,
        rowsOf(({ delta }) => delta),
      ),
    )
  return { blocks, owned }
}
