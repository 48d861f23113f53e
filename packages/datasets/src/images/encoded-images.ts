import type { Failure } from '@coherent-gradients/core'
import type { taskEither as TE } from 'fp-ts'

/**
 * Pictures as they lie in an archive or a folder: still encoded (JPEG, PNG), read at random by id.
 *
 * Index legend: n pictures, C classes. Ids count from 0 through the first picture of every class, then the second of
 * every class, and so on, each class in the order of its files' names: the same pictures have the same ids in every
 * format, and the first N are as evenly spread over the classes as they can be.
 */
export interface EncodedImages {
  readonly name: string
  /** [n] */
  readonly ids: Uint32Array
  /** [n] every picture's class, in the order of `ids`. */
  readonly labels: Int32Array
  /** [C] each class's own name: a folder, or a WordNet id. */
  readonly classNames: readonly string[]
  /** [C] the classes' WordNet ids, where `classNames` are words. */
  readonly classIds?: readonly string[]
  /** Where a picture lies, for failures and records: `train.tar: n01440764/n01440764_10026.JPEG at byte 1536`. */
  whereIs(id: number): string
  /** A picture's bytes. Left names the file and the byte where it should have been. */
  read(id: number): TE.TaskEither<Failure, Uint8Array>
  close(): Promise<void>
}
