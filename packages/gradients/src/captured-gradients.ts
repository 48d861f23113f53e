import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Scalar, Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import { formedBlock } from './blocks/formed-block.ts'
import { meanOnce } from './blocks/mean-once.ts'
import type { CaptureOptions } from './capture-options.ts'
import { capturedNormalisation } from './captured-normalisation.ts'
import type { GradientBlock, GradientStack } from './gradient-stack.ts'
import { watchLayers, type LayerSeen } from './layer-watch.ts'
import { weightsOf, type ModelLayer } from './model-layers.ts'
import { defaultSliceBytes } from './per-example-options.ts'
import { regularisersOf } from './regularisers-of.ts'
import { layerRules } from './rules/index.ts'
import type { Layer, LayerRule } from './rules/layer-rule.ts'
import { Tap } from './tap.ts'
import { watchLosses } from './watch-losses.ts'

/** What a closure's loss is and what its gradients are made of. */
export interface CapturedGradients {
  /** The closure's own value. In the caller's scope. */
  readonly value: Scalar
  /** Its losses are those that the closure takes the mean of; where it takes none, each row's is the value. The caller disposes of it. */
  readonly stack: GradientStack
  /** The gradient of the layers' regularisers, by weight; empty where there are none. The caller disposes of it. */
  readonly regularisers: NamedTensorMap
}

/**
 * The gradients of each example, or micro-batch, inside a mean loss that somebody else's closure computes, such as the one
 * that tfjs's `fit` hands to its optimizer: from one run of the closure and one way back.
 *
 *   value = (1/m) Σᵢ ℓᵢ + regularisers;   row i = ∂ℓᵢ/∂w
 *
 * Index legend: i of m examples, the first axis of what the layers are given. The closure's loss is divided by m, and its
 * gradients in the layers' outputs are multiplied by m again, so rows are each example's own gradient. It must be a mean,
 * or rows have another scale, and only the mean over rows is what the closure's gradient is. Dropout and the like do what
 * the closure says; the example's gradient is then that of the network so thinned. Weights that the loss reads past the
 * layers have no rows.
 *
 * Layers are found as the closure runs them. Every trained one must have a rule. Nothing but moving statistics has changed
 * when it returns.
 *
 * @param variables the weights that are trained.
 * @throws Error naming the layer and its class where a trained layer has no rule.
 * @throws RangeError where the closure runs no trained layer, a layer is given a mask or another number of examples, losses
 *   are multiplied by sample weights, k doesn't divide m, or `batchNormalization` doesn't go with the rows.
 *
 * @example
 * const { value, stack } = capturedGradients(() => tf.losses.meanSquaredError(ys, model.apply(xs)), variables, options)
 */
export function capturedGradients(
  run: () => Scalar,
  variables: readonly Variable[],
  options: CaptureOptions,
): CapturedGradients {
  const { rows, rules = [], sliceBytes = defaultSliceBytes, root, what = 'capturedGradients' } = options
  const groups = rows.of === 'examples' ? 1 : rows.groups
  const normalisation = capturedNormalisation(options, what)
  const known = [...rules, ...normalisation.rules, ...layerRules]
  const layers = new Map<Layer, { readonly target: ModelLayer; readonly tap?: Tap; calls: number }>()
  let m: number | undefined
  let inside = false

  const meet = ({ layer, name, inputs, kwargs }: LayerSeen, probe: Scalar): void => {
    const found = inputs[0]!.shape[0]!
    m ??= found
    const each = layers.get(layer)
    if (each !== undefined) {
      each.calls++
      if (each.tap !== undefined && found !== m) throw new RangeError(otherExamples(what, name, m, found))
      return
    }
    if (kwargs['mask'] != null) {
      throw new RangeError(`${what}: required inputs without masks, found layer ${name} given one`)
    }
    const target = targetOf(layer, name, known, variables)
    const trained = Object.keys(target.weights).length > 0
    if (trained && target.rule === undefined) throw new Error(noRule(what, target))
    if (trained && found !== m) throw new RangeError(otherExamples(what, name, m, found))
    if (layer.getClassName() === 'BatchNormalization') normalisation.check(name)
    const tap = target.rule === undefined ? undefined : new Tap(target, target.rule)
    tap?.install(probe)
    layers.set(layer, { target, calls: 1, ...(tap === undefined ? {} : { tap }) })
  }

  const owned: Tensor[] = []
  const remembered: { dispose(): void }[] = []
  try {
    const { value, losses } = tf.tidy(() => {
      let found: ReturnType<typeof watchLosses> | undefined
      const backward = tf.grad((probe: Tensor) => {
        found = watchLosses(
          () =>
            watchLayers(run, (layer) => meet(layer, probe as Scalar), {
              ...(root === undefined ? {} : { root }),
              inLayer: (at) => void (inside = at),
            }),
          () => !inside,
          () => m,
        )
        tf.keep(found.value)
        owned.push(...(found.losses === undefined ? [] : [found.losses]))
        refuseRows(what, layers, m, groups)
        return tf.mul(found.value, m!)
      })
      try {
        backward(tf.scalar(0))
      } catch (error) {
        found?.value.dispose()
        throw error
      }
      return found!
    })
    const watched = [...layers.values()].filter(({ target }) => Object.keys(target.weights).length > 0)
    const blocks =
      rows.of === 'examples'
        ? watched.flatMap(({ tap }) => {
            const ruled = tap!.blocks(sliceBytes)
            owned.push(...ruled.owned)
            return ruled.blocks.map((block) => {
              const once = meanOnce(block)
              remembered.push(once)
              return once.block
            })
          })
        : watched.flatMap(({ tap, target }) => meansOf(tap!, target, m!, groups, sliceBytes, owned))
    const ofRows = rowLosses(losses, value, rows.of === 'examples' ? m! : groups)
    owned.push(ofRows)
    const regularisers = regularisersOf(watched)
    for (const tensor of owned) tf.keep(tensor)
    return {
      value: released(value),
      stack: {
        rows: rows.of === 'examples' ? m! : groups,
        blocks,
        losses: ofRows,
        dispose: () => {
          tf.dispose(owned)
          for (const each of remembered) each.dispose()
        },
      },
      regularisers,
    }
  } catch (error) {
    tf.dispose(owned)
    throw error
  } finally {
    for (const { tap } of layers.values()) {
      tap?.remove()
      tap?.dispose()
    }
    normalisation.dispose()
  }
}

function refuseRows(
  what: string,
  layers: ReadonlyMap<Layer, { readonly target: ModelLayer }>,
  m: number | undefined,
  groups: number,
): void {
  if (![...layers.values()].some(({ target }) => Object.keys(target.weights).length > 0)) {
    throw new RangeError(`${what}: required a loss of a model with trained layers, found none at work`)
  }
  if (m! % groups !== 0) {
    throw new RangeError(
      `${what}: required a number of micro-batches that divides the batch of ${m}, found ${groups}; in fit the last batch is ` +
        'what the others leave: choose a batch size that divides the examples',
    )
  }
}

/** Each row's loss, from the examples' or, where they aren't known, the mean of all. */
function rowLosses(losses: Tensor1D | undefined, value: Scalar, rows: number): Tensor1D {
  return tf.tidy(() =>
    losses === undefined
      ? tf.add(tf.zeros([rows]) as Tensor1D, value)
      : tf.mean(tf.reshape(losses, [rows, losses.size / rows]) as Tensor2D, 1),
  )
}

/** A kept tensor, handed to the scope that is open. */
function released(kept: Scalar): Scalar {
  const value = tf.clone(kept)
  kept.dispose()
  return value
}

function targetOf(layer: Layer, name: string, rules: readonly LayerRule[], variables: readonly Variable[]): ModelLayer {
  const known = rules.find((each) => each.className === layer.getClassName())
  const refusal = known?.refuses?.(layer)
  const weights = Object.fromEntries(
    Object.entries(weightsOf(layer, name)).filter(([, { variable }]) => variables.includes(variable)),
  )
  return { layer, name, rule: refusal === undefined ? known : undefined, refusal, weights }
}

/** The rows of one layer's weights: the mean gradient of each of k equal parts. */
function meansOf(
  tap: Tap,
  { weights }: ModelLayer,
  m: number,
  groups: number,
  sliceBytes: number,
  owned: Tensor[],
): readonly GradientBlock[] {
  const size = m / groups
  const parts = Array.from({ length: groups }, (_, j) =>
    tf.tidy(() => {
      const { blocks } = groups === 1 ? tap.blocks(sliceBytes) : tap.blocksOf(j * size, size, sliceBytes)
      return Object.fromEntries(blocks.map((block) => [block.name, tf.reshape(block.mean(), [block.size])]))
    }),
  )
  return Object.values(weights).map((weight) => {
    const rows = tf.stack(parts.map((part) => part[weight.name]!)) as Tensor2D
    tf.dispose(parts.map((part) => part[weight.name]!))
    owned.push(rows)
    return formedBlock(weight, rows)
  })
}

function noRule(what: string, { name, layer, refusal }: ModelLayer): string {
  const why =
    refusal === undefined
      ? `no rule for layer ${name} of class ${layer.getClassName()}`
      : `the rule for ${layer.getClassName()} doesn't take layer ${name}, which ${refusal}`
  return `${what}: ${why}. Give one as rules: [rule], or freeze the layer`
}

function otherExamples(what: string, name: string, required: number, found: number): string {
  return `${what}: required every layer to be given the batch's ${required} examples, found ${found} at layer ${name}`
}
