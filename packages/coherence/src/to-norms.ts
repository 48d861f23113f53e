import type { BlockNorms, BlockStatistic, GradientNorms, Measurable } from './gradient-statistic.ts'
import { squaredNorm } from './squared-norm.ts'

/**
 * Puts ‖Σg‖² in place of Σg: all that measuring needs, in two numbers a weight. For many measurements of one statistic,
 * or to store it small; the result can't be merged any more.
 *
 * @example
 * layers(toNorms(statistic))
 */
export function toNorms({ m, blocks }: Measurable): GradientNorms {
  return { m, blocks: blocks.map(blockNorms) }
}

function blockNorms(block: BlockStatistic | BlockNorms): BlockNorms {
  if (!('sum' in block)) return block
  const { name, layer, sumOfSquaredNorms, sum } = block
  return { name, layer, sumOfSquaredNorms, squaredNormOfSum: squaredNorm(sum) }
}
