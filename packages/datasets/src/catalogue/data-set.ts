import type { Failure } from '@coherent-gradients/core'
import type { taskEither as TE } from 'fp-ts'
import type { RemoteFile } from '../fetch/fetch-file.ts'
import type { Preprocessing } from '../images/preprocessing.ts'
import type { NamedSplit } from '../named-split.ts'

/** How a data set is opened. */
export interface OpenOptions {
  readonly part: 'train' | 'test'
  /** Folder of all data; each set lies in the folder of its name, or in this folder itself. */
  readonly directory: string
  /** Another shape of the same numbers: `[28, 28, 1]` for `[784]`. Not for pictures. */
  readonly inputShape?: readonly number[]
  /** For pictures; the middle 224 × 224 of a short side of 256 where absent. */
  readonly preprocessing?: Preprocessing
  /** What becomes of pictures that can't be decoded. Default `fail`. */
  readonly onBadImage?: 'fail' | 'skip'
  /** Whether other crops will be cut of the same pictures: a packed file that lies beside them then doesn't serve. */
  readonly cutAgain?: boolean
}

/** A data set that is known by name. Adding one is one file that exports one of these, and a line in the list. */
export interface DataSet {
  readonly name: string
  readonly title: string
  /** Its terms, in a few words, and where they stand. */
  readonly licence: string
  readonly homepage: string
  /** Examples of each part; absent where the user's own options say. */
  readonly examples?: { readonly train: number; readonly test: number }
  readonly classes: number
  /** Whether its numbers are bytes of gray pixels, divided by 255, as a model's own normalisation may want to know. */
  readonly pixels?: true
  /** What `fetch` gets; none where it can't be fetched without signing terms, or needs no files. */
  readonly files: readonly RemoteFile[]
  /** Where it comes from, if not by `fetch`. */
  readonly source?: string
  /** File names any one of which shows that a part is there; none where it needs no files. */
  readonly landmarks: readonly string[]
  open(options: OpenOptions): TE.TaskEither<Failure, NamedSplit>
}
