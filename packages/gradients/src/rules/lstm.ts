import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { densePositions } from '../blocks/dense-positions.ts'
import { formedBlock } from '../blocks/formed-block.ts'
import { summedOuterProductBlock } from '../blocks/summed-outer-product-block.ts'
import type { GradientBlock } from '../gradient-stack.ts'
import type { Layer, LayerCall, LayerRule } from './layer-rule.ts'

interface LstmLayer {
  readonly cell: {
    readonly units: number
    readonly kernel: { read(): Tensor2D }
    readonly recurrentKernel: { read(): Tensor2D }
    readonly bias: { read(): Tensor1D } | null
    readonly activation: { apply(z: Tensor): Tensor }
    readonly recurrentActivation: { apply(z: Tensor): Tensor }
    readonly dropout: number
    readonly recurrentDropout: number
  }
  readonly goBackwards: boolean
  readonly returnSequences: boolean
  readonly returnState: boolean
  readonly stateful: boolean
  readonly inboundNodes: readonly { readonly inboundLayers: readonly unknown[] }[]
}

/**
 * LSTM, zₜ = xₜ·W + hₜ₋₁·U + b for the gates (i, f, c, o) of each step: with γₜ the gradient in zₜ, row i of the kernel's block is
 * Σₜ xᵢₜ ⊗ γᵢₜ, of the recurrent kernel's Σₜ hᵢₜ₋₁ ⊗ γᵢₜ, and of the bias's Σₜ γᵢₜ. Neither kernel's rows are formed.
 *
 *   cₜ = σ(fₜ) ⊙ cₜ₋₁ + σ(iₜ) ⊙ φ(cₜ′),  hₜ = σ(oₜ) ⊙ φ(cₜ)
 *
 * γ comes of one pass back through the steps, for all examples at once. At steps that a mask leaves out, h and c stay.
 */
export const lstm: LayerRule = {
  className: 'LSTM',
  activation: (_, preActivation) => preActivation,

  refuses(layer) {
    const { cell, returnState, stateful, inboundNodes } = fieldsOf(layer)
    if (stateful) return 'goes on from the state of the batch before, whose examples are others'
    if (returnState || inboundNodes.some(({ inboundLayers }) => inboundLayers.length > 1)) {
      return 'hands its state to another layer, or takes one from it'
    }
    return cell.dropout > 0 || cell.recurrentDropout > 0 ? 'has dropout of its own' : undefined
  },

  preActivation: (layer, input, mask) =>
    unrolled(layer, gatesOf(layer, inOrder(layer, input as Tensor3D)), maskOf(layer, mask)).output,

  blocks({ layer, weights: { kernel, recurrent_kernel: recurrent, bias }, calls, sliceBytes }) {
    const passes = calls.map((call) => throughSteps(layer, call))
    const join = (tensors: readonly Tensor3D[]): Tensor3D => {
      if (tensors.length === 1) return tensors[0]!
      const joined = tf.concat([...tensors], 1)
      tf.dispose([...tensors])
      return joined
    }
    const inputs = join(passes.map((each) => each.inputs))
    const states = join(passes.map((each) => each.states))
    const deltas = join(passes.map((each) => each.deltas))
    const owned: Tensor[] = [inputs, states, deltas]
    const blocks: GradientBlock[] = []
    if (kernel) blocks.push(summedOuterProductBlock(kernel, densePositions(inputs, deltas), sliceBytes))
    if (recurrent) blocks.push(summedOuterProductBlock(recurrent, densePositions(states, deltas), sliceBytes))
    if (bias) {
      const rows = tf.sum(deltas, 1) as Tensor2D
      owned.push(rows)
      blocks.push(formedBlock(bias, rows))
    }
    return { blocks, owned }
  },
}

/** [m, T, d] xₜ, [m, T, u] hₜ₋₁ and [m, T, 4u] γₜ in the order of the steps, in tensors of the caller's. */
function throughSteps(
  layer: Layer,
  { input, delta, mask }: LayerCall,
): { readonly inputs: Tensor3D; readonly states: Tensor3D; readonly deltas: Tensor3D } {
  let states: Tensor3D | undefined
  const [inputs, deltas] = tf.tidy(() => {
    const x = inOrder(layer, input as Tensor3D)
    const along = tf.grad((gates: Tensor) => {
      const steps = unrolled(layer, gates as Tensor3D, maskOf(layer, mask))
      states = tf.keep(tf.stack([...steps.before], 1) as Tensor3D)
      return tf.sum(tf.mul(steps.output, delta))
    })
    return [tf.clone(x), along(gatesOf(layer, x)) as Tensor3D]
  })
  return { inputs, states: states!, deltas }
}

/** [m, T, 4u] xₜ·W + b, for all steps at once. */
function gatesOf(layer: Layer, x: Tensor3D): Tensor3D {
  const { kernel, bias, units } = fieldsOf(layer).cell
  const [m, T, d] = x.shape
  const product = tf.matMul(tf.reshape(x, [m * T, d]), kernel.read())
  return tf.reshape(bias === null ? product : tf.add(product, bias.read()), [m, T, 4 * units])
}

/** The layer's output for gates without their recurrent part, and hₜ₋₁ for each step. */
function unrolled(
  layer: Layer,
  gates: Tensor3D,
  mask: readonly Tensor[] | undefined,
): { readonly output: Tensor; readonly before: readonly Tensor[] } {
  const { cell, returnSequences } = fieldsOf(layer)
  const { activation: phi, recurrentActivation: sigma } = cell
  const recurrent = cell.recurrentKernel.read()
  let h: Tensor = tf.zeros([gates.shape[0], cell.units])
  let c: Tensor = h
  const before: Tensor[] = []
  const after: Tensor[] = []
  for (const [t, own] of eachStep(gates).entries()) {
    before.push(h)
    const [i, f, candidate, o] = tf.split(tf.add(own, tf.matMul(h as Tensor2D, recurrent)), 4, 1)
    const kept = tf.mul(sigma.apply(f!), c)
    const next = tf.add(kept, tf.mul(sigma.apply(i!), phi.apply(candidate!)))
    const shown = tf.mul(sigma.apply(o!), phi.apply(next))
    const counts = mask?.[t]
    h = counts === undefined ? shown : where(counts, shown, h)
    c = counts === undefined ? next : where(counts, next, c)
    after.push(h)
  }
  return { output: returnSequences ? tf.stack(after, 1) : h, before }
}

/** The steps as the layer goes through them. */
function inOrder<T extends Tensor>(layer: Layer, steps: T): T {
  return fieldsOf(layer).goBackwards ? tf.reverse(steps, 1) : steps
}

/** For each step, [m, 1] whether an example's counts, 1 or 0. As numbers: some of tfjs's wasm kernels take booleans for floats. */
function maskOf(layer: Layer, mask: Tensor | undefined): readonly Tensor[] | undefined {
  if (mask === undefined) return undefined
  return eachStep(tf.reshape(inOrder(layer, tf.cast(mask, 'float32')), [mask.shape[0]!, mask.shape[1]!, 1]))
}

/** tfjs's gradient of `unstack` takes no single one. */
function eachStep(steps: Tensor3D): Tensor[] {
  return steps.shape[1] === 1 ? [tf.squeeze(steps, [1])] : tf.unstack(steps, 1)
}

function where(counts: Tensor, some: Tensor, others: Tensor): Tensor {
  return tf.add(tf.mul(some, counts), tf.mul(others, tf.sub(1, counts)))
}

/** tfjs keeps these protected; they are the layer's documented options and its cell's weights. */
function fieldsOf(layer: Layer): LstmLayer {
  return layer as unknown as LstmLayer
}
