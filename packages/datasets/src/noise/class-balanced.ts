import { derive, type Failure, type Key, permutation, type Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { readLabels } from '../read-labels.ts'
import { subset } from '../subset.ts'

/** A class, or a kind of example, has fewer examples than were asked for. */
export type TooFewExamples = Failure<'TooFewExamples', { split: string; required: number; found: number }>

/**
 * As many examples of each class, drawn at random by their true labels. Ids stay what they were; which examples are drawn
 * depends on the key and on the set of ids, not on their order.
 *
 * @returns left when a class has fewer.
 *
 * @example
 * classBalanced(train, { key: keyOf(0), perClass: 500 }) // right: mnist/train 500/class
 */
export async function classBalanced(
  split: Split,
  { key, perClass }: { readonly key: Key; readonly perClass: number },
): Promise<E.Either<TooFewExamples, Split>> {
  if (!Number.isInteger(perClass) || perClass < 1) {
    throw new RangeError(`classBalanced: required examples of each class ≥ 1, found ${perClass}`)
  }
  const { ids, trueLabels } = await readLabels(split, split.ids.toSorted())
  const chosen: number[] = []
  for (let label = 0; label < split.classes; label++) {
    const own = ids.filter((_, i) => trueLabels[i] === label)
    if (own.length < perClass) {
      return E.left(tooFew(split.name, `of class ${label}`, perClass, own.length))
    }
    const order = permutation(derive(derive(key, 'class-balanced'), label), own.length)
    for (let i = 0; i < perClass; i++) chosen.push(own[order[i]!]!)
  }
  return E.right(subset(split, chosen, `${split.name} ${perClass}/class`))
}

/** A {@link TooFewExamples} and its one line. */
export function tooFew(split: string, which: string, required: number, found: number): TooFewExamples {
  const message = `${split}: required ${required} examples ${which}, found ${found}`
  return { _tag: 'TooFewExamples', message, split, required, found }
}
