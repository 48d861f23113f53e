import type { Failure, Split } from '@coherent-gradients/core'
import { reshaped } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'

/**
 * A split of pictures [height, width, channels]; a row of s² numbers is a gray picture s × s.
 *
 * @param who what takes pictures, as the failure names it.
 * @returns left where there are none.
 */
export function asPictures(split: Split, who: string): E.Either<Failure, Split> {
  const { inputShape, name } = split
  if (inputShape.length === 3) return E.right(split)
  const side = Math.sqrt(inputShape[0]!)
  if (inputShape.length === 1 && Number.isInteger(side)) return E.right(reshaped(split, [side, side, 1]))
  const message = `${name}: ${who} takes pictures, and these are inputs [${inputShape.join(', ')}]`
  return E.left({ _tag: 'NoPictures', message })
}
