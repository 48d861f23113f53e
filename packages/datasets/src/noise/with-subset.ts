import type { Failure, Key, Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { sample } from '../sample.ts'
import { subset as subsetOf } from '../subset.ts'
import { take } from '../take.ts'
import { classBalanced, tooFew } from './class-balanced.ts'

/** Some of a split's examples as plain data: what goes into a run's spec. Its randomness comes from a key of the run's. */
export type Subset =
  | { readonly kind: 'all' }
  | { readonly kind: 'first' | 'drawn'; readonly examples: number }
  | { readonly kind: 'class-balanced'; readonly perClass: number }
  /** These: easy or hard ones, or whatever else other runs have told apart. See {@link asSubset}. */
  | { readonly kind: 'ids'; readonly name: string; readonly ids: readonly number[] }

/**
 * Takes a part of a split, as plain data says. The same subset and key give the same examples.
 *
 * @returns left when there are fewer examples, or one that is named isn't there.
 *
 * @example
 * withSubset(train, { kind: 'class-balanced', perClass: 500 }, keyOf(0))
 */
export async function withSubset(split: Split, subset: Subset, key: Key): Promise<E.Either<Failure, Split>> {
  const found = split.ids.length
  switch (subset.kind) {
    case 'all':
      return E.right(split)
    case 'first':
    case 'drawn': {
      const { examples } = subset
      if (examples > found) return E.left(tooFew(split.name, 'or more', examples, found))
      return E.right(subset.kind === 'first' ? take(split, examples) : sample(split, key, examples))
    }
    case 'class-balanced':
      return classBalanced(split, { key, perClass: subset.perClass })
    case 'ids': {
      const there = new Set(split.ids)
      const missing = subset.ids.filter((id) => !there.has(id)).length
      if (missing > 0) {
        return E.left(tooFew(split.name, `of ${subset.name}`, subset.ids.length, subset.ids.length - missing))
      }
      return E.right(subsetOf(split, subset.ids, `${split.name} ${subset.name}`))
    }
    default:
      throw new RangeError(`withSubset: required a kind of subset, found ${JSON.stringify(subset)}`)
  }
}

/** The examples of a split by their ids, as plain data. */
export function asSubset(split: Pick<Split, 'ids'>, name: string): Subset {
  return { kind: 'ids', name, ids: [...split.ids] }
}
