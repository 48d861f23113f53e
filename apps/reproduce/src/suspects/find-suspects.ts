import { derive, keyOf, type Failure, type Split } from '@coherent-gradients/core'
import { flattened, sample, withNoise, type Noise } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import { closeSplit, leftOutOf } from '../data/optional-parts.ts'
import { inMemory } from './in-memory.ts'
import { openExamples } from './open-examples.ts'
import { scoreExamples, workOf, type ScoringSpec } from './score-examples.ts'
import type { Criterion, ScoredExamples, Stage } from './scores.ts'

export interface FindOptions {
  readonly dataset: string
  readonly dataDir: string
  readonly part: 'train' | 'test'
  /** So many, drawn at random; all, and no more than {@link USUAL_MOST}, where absent. */
  readonly examples?: number
  /** Put on the labels first, to try how well wrong ones are found. */
  readonly noise?: Noise
  readonly seed: string
  readonly engine: string
  readonly scoring: ScoringSpec
  readonly by: Criterion
  readonly stage: Stage
}

/** Examples that are taken where nobody says: the network is trained in about a minute. */
const USUAL_MOST = 5000

/** Examples in the order of their suspicion. */
export interface Suspects {
  /** What was looked at, as splits name themselves. */
  readonly name: string
  /** How many examples there are, of which `scored` has some. */
  readonly available: number
  /** The examples with their inputs, in memory. */
  readonly split: Split
  readonly classNames: readonly string[]
  readonly scored: ScoredExamples
  /** Rows of `scored`, the most doubtful first. */
  readonly order: readonly number[]
  readonly by: Criterion
  readonly stage: Stage
  /** Whether noise was put on, so that it is known which labels are wrong. */
  readonly known: boolean
  /** Where an example lies: a file's path, where it has one. */
  readonly whereIs?: (id: number) => string
  /** Pictures that could not be decoded, a line each. */
  readonly leftOut: readonly string[]
  readonly engine: string
}

/** What progress is counted in: told once how much there is, then each piece of it. */
export interface Watch {
  total(examples: number): void
  add(examples: number): void
}

/** Trains the networks, scores every example and ranks them. */
export async function findSuspects(options: FindOptions, watch: Watch): Promise<E.Either<Failure, Suspects>> {
  const key = keyOf(options.seed)
  const engine = await openEngine(options.engine)()
  if (E.isLeft(engine)) return engine
  const opened = await openExamples(options)
  if (E.isLeft(opened)) return opened
  const { split: all, whereIs } = opened.right
  try {
    const available = all.ids.length
    const n = options.examples ?? Math.min(available, USUAL_MOST)
    if (n > available) {
      const message = `${all.name} has ${available} examples, and --examples asks for ${n}`
      return E.left({ _tag: 'TooFewExamples', message })
    }
    const kept = await inMemory(n === available ? all : sample(all, derive(key, 'examples'), n))
    const noisy = withNoise(kept, options.noise ?? { kind: 'none' }, derive(key, 'noise'))
    if (E.isLeft(noisy)) return noisy
    const split = noisy.right
    watch.total(workOf(split.ids.length, options.scoring))
    const scored = await scoreExamples(flattened(split), options.scoring, derive(key, 'suspects'), (examples) =>
      watch.add(examples),
    )
    if (E.isLeft(scored)) return scored
    const scores = scored.right.score(options.by, options.stage)
    return E.right({
      name: split.name,
      available,
      split,
      classNames: all.classNames,
      scored: scored.right,
      order: Array.from(scores, (_, i) => i).toSorted((a, b) => scores[b]! - scores[a]! || a - b),
      by: options.by,
      stage: options.stage,
      known: options.noise !== undefined,
      leftOut: leftOutOf(all),
      engine: engine.right.description,
      ...(whereIs === undefined ? {} : { whereIs }),
    })
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    return E.left({ _tag: 'ReadFailure', message })
  } finally {
    await closeSplit(all)
  }
}
