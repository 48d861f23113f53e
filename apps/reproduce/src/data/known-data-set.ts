import type { Failure } from '@coherent-gradients/core'
import { dataSets, type DataSet } from '@coherent-gradients/datasets/catalogue'
import { either as E } from 'fp-ts'

/** A data set by its name. */
export function knownDataSet(name: string): E.Either<Failure, DataSet> {
  const known = dataSets.find((each) => each.name === name)
  if (known !== undefined) return E.right(known)
  const message = `${name}: no ${/[/\\]/.test(name) ? 'folder or file there, and no data set' : 'data set'} of this name. Choose ${dataSets.map((each) => each.name).join(', ')}; "data list" says what they are.`
  return E.left({ _tag: 'UnknownDataSet', message })
}
