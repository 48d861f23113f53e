import {
  capturedGradients,
  trainableWeights,
  type Aggregator,
  type AggregatorState,
  type CaptureOptions,
  type GradientStack,
  type Loss,
  type TensorBatch,
} from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Scalar, Tensor, Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { memoryByName, memoryByPlace } from './memory-by-place.ts'

/** How the gradients in front of an optimizer are made: see `capturedGradients`. */
export type WithAggregatorOptions = Pick<CaptureOptions, 'rules' | 'batchNormalization' | 'sliceBytes'>

type NamedTensors = Awaited<ReturnType<tf.Optimizer['getWeights']>>
type Gradients = Parameters<tf.Optimizer['applyGradients']>[0]

const MEMORY = 'aggregator/'

/** An optimizer of tfjs with a rule in front of it, as {@link withAggregator} makes it. */
export class AggregatingOptimizer extends tf.Optimizer {
  static readonly className = 'AggregatingOptimizer'
  /** What comes behind the rule. */
  readonly optimizer: tf.Optimizer
  readonly aggregator: Aggregator
  private readonly options: WithAggregatorOptions
  private memory: AggregatorState | undefined
  /** What `setWeights` was given of the memory, until a step shows whose it is. */
  private given: AggregatorState | undefined
  private weights: readonly string[] = []
  private root: LayersModel | undefined

  constructor(optimizer: tf.Optimizer, aggregator: Aggregator, options: WithAggregatorOptions) {
    super()
    if (typeof optimizer?.applyGradients !== 'function') {
      throw new TypeError(
        `withAggregator: required an optimizer of tf.train, such as tf.train.sgd(0.1), found ${inWords(optimizer)}`,
      )
    }
    if ('aggregator' in optimizer) {
      throw new TypeError('withAggregator: required an optimizer of tf.train, found one that has a rule already')
    }
    if (typeof aggregator?.aggregate !== 'function' || typeof aggregator.rows !== 'object') {
      throw new TypeError(`withAggregator: required a rule, such as mean(), found ${inWords(aggregator)}`)
    }
    this.optimizer = optimizer
    this.aggregator = aggregator
    this.options = options
  }

  /** One update by one batch. Gives its mean loss, without regularisers, before the update; the caller disposes of it. */
  step(model: LayersModel, loss: Loss, batch: TensorBatch): Scalar {
    const variables = trainableWeights(model).map(({ variable }) => variable)
    const meanLoss = (): Scalar => {
      const output = model.apply(batch.inputs, { training: true }) as Tensor
      return tf.mean(loss.perExample(output, batch.labels))
    }
    this.root = model
    try {
      return tf.tidy(() => this.minimize(meanLoss, true, variables)!)
    } finally {
      this.root = undefined
    }
  }

  /** What `minimize` goes by: the closure's value, and for each variable the rule's gradient. */
  override computeGradients(f: () => Scalar, variables?: Variable[]): { value: Scalar; grads: NamedTensorMap } {
    const trained = variables ?? Object.values(tf.engine().registeredVariables).filter((each) => each.trainable)
    const { value, stack, regularisers } = capturedGradients(f, trained, {
      ...this.options,
      rows: this.aggregator.rows,
      what: 'withAggregator',
      ...(this.root === undefined ? {} : { root: this.root }),
    })
    try {
      this.memory ??= this.memoryFor(stack.blocks)
      const { gradient, state } = this.aggregator.aggregate(stack, this.memory)
      tf.dispose(this.memory)
      this.memory = kept(state)
      const grads: NamedTensorMap = {}
      for (const { name, variable } of stack.blocks) {
        const own = gradient[name]
        if (own === undefined)
          throw new TypeError(`withAggregator: ${this.aggregator.name} gives no gradient for ${name}`)
        const extra = regularisers[name]
        grads[variable.name] = extra === undefined ? own : tf.add(own, extra)
        if (extra !== undefined) own.dispose()
      }
      return { value, grads }
    } finally {
      tf.dispose(regularisers)
      stack.dispose()
    }
  }

  /** The memory before the first step here: what `setWeights` was given, or the rule's own beginning. */
  private memoryFor(weights: GradientStack['blocks']): AggregatorState {
    this.weights = weights.map(({ name }) => name)
    const first = kept(this.aggregator.init(weights))
    if (this.given === undefined) return first
    try {
      const memory = memoryByName(this.given, this.weights)
      const lacking = Object.keys(first).find((name) => memory[name] === undefined)
      if (lacking !== undefined) {
        throw new RangeError(
          `withAggregator: required the memory of ${this.aggregator.name}, with ${lacking}, found that of another rule`,
        )
      }
      this.given = undefined
      return memory
    } finally {
      tf.dispose(first)
    }
  }

  override applyGradients(gradients: Gradients): void {
    this.optimizer.applyGradients(gradients)
  }

  override get iterations(): number {
    return this.optimizer.iterations
  }

  /** The optimizer's, then the rule's memory under `aggregator/`, with the places of weights for their names. */
  override async getWeights(): Promise<NamedTensors> {
    const memory = this.given ?? memoryByPlace(this.memory ?? {}, this.weights)
    return [
      ...(await this.optimizer.getWeights()),
      ...Object.entries(memory).map(([name, tensor]) => ({ name: `${MEMORY}${name}`, tensor })),
    ]
  }

  /** Takes what `getWeights` gave, also that of an optimizer before its first step. */
  override async setWeights(weights: NamedTensors): Promise<void> {
    const [own, memory] = [true, false].map((isOwn) => weights.filter(({ name }) => name.startsWith(MEMORY) !== isOwn))
    await this.optimizer.setWeights(own!)
    this.forget()
    const entries = memory!.map(({ name, tensor }) => [name.slice(MEMORY.length), tf.clone(tensor)] as const)
    if (entries.length > 0) this.given = kept(Object.fromEntries(entries))
  }

  override dispose(): void {
    this.optimizer.dispose()
    this.forget()
  }

  private forget(): void {
    tf.dispose([this.memory ?? {}, this.given ?? {}])
    this.memory = undefined
    this.given = undefined
  }

  /** For people to read: an optimizer is made anew by `withAggregator`, not from this. */
  override getConfig(): tf.serialization.ConfigDict {
    return {
      aggregator: this.aggregator.name,
      optimizer: { className: this.optimizer.getClassName(), config: this.optimizer.getConfig() },
    }
  }
}

function kept(state: AggregatorState): AggregatorState {
  for (const tensor of Object.values(state)) tf.keep(tensor)
  return state
}

function inWords(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name}: call it`
  return typeof value === 'string' ? `'${value}'` : value === null ? 'null' : typeof value
}
