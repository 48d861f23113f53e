import { either as E } from 'fp-ts'
import type { Failure } from '@coherent-gradients/core'

/** The value, or a RangeError with the failure's message: for options that are written in code. */
export function orThrow<Value>(result: E.Either<Failure, Value>): Value {
  if (E.isLeft(result)) throw new RangeError(result.left.message)
  return result.right
}
