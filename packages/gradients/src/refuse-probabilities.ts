import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Loss } from './loss.ts'

const probabilities: ReadonlySet<string> = new Set(['softmax', 'sigmoid', 'Softmax'])

/**
 * Refuses a model that ends in a softmax or sigmoid under a loss that applies its own: applied twice, the gradients would
 * be those of another loss, and nothing would show it.
 *
 * @throws RangeError naming the last layer and what to do.
 */
export function refuseProbabilities(what: string, model: LayersModel, loss: Loss): void {
  if (loss.takes !== 'logits') return
  const last = model.outputs[0]!.sourceLayer
  const { activation } = last as unknown as { activation?: { getClassName(): string } | null }
  const found = [last.getClassName(), activation?.getClassName()].find(
    (name) => name != null && probabilities.has(name),
  )
  if (found === undefined) return
  throw new RangeError(
    `${what}: ${loss.name} takes logits, but layer ${last.name} of model ${model.name} ends in a ${found.toLowerCase()}: ` +
      `make that layer linear, or give a loss on probabilities`,
  )
}
