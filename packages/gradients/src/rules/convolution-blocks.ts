import { summedOuterProductBlock } from '../blocks/summed-outer-product-block.ts'
import { convolutionPositions, type ConvolutionCall } from '../convolution/convolution-positions.ts'
import { biasOverPositions } from './convolution-layer.ts'
import type { LayerCall, LayerPass, RuleBlocks } from './layer-rule.ts'

/**
 * The blocks of a layer's kernel and bias that a convolution has in each of its calls.
 *
 * @param ofCall the convolution of a call; its images and δ are new tensors, which the blocks then own.
 */
export function convolutionBlocks(
  { weights: { kernel, bias }, calls, sliceBytes }: LayerPass,
  ofCall: (call: LayerCall) => ConvolutionCall,
): RuleBlocks {
  const convolutions = kernel === undefined ? [] : calls.map(ofCall)
  const owned = convolutions.flatMap(({ images, delta }) => [images, delta])
  const blocks =
    kernel === undefined ? [] : [summedOuterProductBlock(kernel, convolutionPositions(convolutions), sliceBytes)]
  if (bias === undefined) return { blocks, owned }
  const { block, rows } = biasOverPositions(bias, calls)
  return { blocks: [...blocks, block], owned: [...owned, rows] }
}
