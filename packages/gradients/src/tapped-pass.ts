import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { GradientBlock } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import type { ModelLayer } from './model-layers.ts'
import { perExampleLosses } from './per-example-losses.ts'
import { straightChain } from './straight/straight-chain.ts'
import { straightPass } from './straight/straight-pass.ts'
import { Tap } from './tap.ts'

/** What one forward and one backward pass give of the layers that have rules. */
export interface TappedPass {
  /** [m], owned by whoever asked. */
  readonly losses: Tensor1D
  /** By layer, for every trained layer with a rule. */
  readonly blocks: ReadonlyMap<ModelLayer, readonly GradientBlock[]>
  /** What the blocks work on. */
  readonly owned: readonly Tensor[]
}

/**
 * Every example's gradients in the trained layers that have rules, and its loss; without tfjs's tape where the layers are a
 * chain that needs none. Leaves nothing behind when it throws.
 */
export function tappedPass(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  layers: readonly ModelLayer[],
  sliceBytes: number,
): TappedPass {
  const chain = straightChain(model, batch.inputs, layers)
  return chain === undefined
    ? tapedPass(model, loss, batch, layers, sliceBytes)
    : straightPass(chain, loss, batch, sliceBytes)
}

/** {@link tappedPass} of any model, by tfjs's tape. */
export function tapedPass(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  layers: readonly ModelLayer[],
  sliceBytes: number,
): TappedPass {
  const taps = layers.flatMap((each) => (each.rule ? [{ each, tap: new Tap(each, each.rule) }] : []))
  const watched = taps.filter(({ each }) => Object.keys(each.weights).length > 0)
  const owned: Tensor[] = []
  try {
    const losses = installed(
      taps.map(({ tap }) => tap),
      (install) =>
        tf.tidy(() => {
          if (watched.length === 0) {
            install()
            return perExampleLosses(model, loss, batch)
          }
          const backward = tf.valueAndGrad((probe: Tensor) => {
            install(probe as Scalar)
            return perExampleLosses(model, loss, batch)
          })
          return backward(tf.scalar(0)).value as Tensor1D
        }),
    )
    owned.push(losses)
    const blocks = new Map<ModelLayer, readonly GradientBlock[]>()
    for (const { each, tap } of watched) {
      const ruled = tap.blocks(sliceBytes)
      owned.push(...ruled.owned)
      blocks.set(each, ruled.blocks)
      tap.dispose()
    }
    return { losses, blocks, owned: owned.slice(1) }
  } catch (error) {
    tf.dispose(owned)
    throw error
  } finally {
    for (const { tap } of taps) tap.dispose()
  }
}

/** Runs the layers' rules in place of their calls, without keeping anything, while `run` does. */
export function withRules<T>(layers: readonly ModelLayer[], run: () => T): T {
  const taps = layers.flatMap((each) => (each.rule ? [new Tap(each, each.rule)] : []))
  return installed(taps, (install) => {
    install()
    return run()
  })
}

function installed<T>(taps: readonly Tap[], run: (install: (probe?: Scalar) => void) => T): T {
  try {
    return run((probe) => {
      for (const tap of taps) tap.install(probe)
    })
  } finally {
    for (const tap of taps) tap.remove()
  }
}
