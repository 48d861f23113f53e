import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import type { ImageIndex } from './image-index.ts'

export interface ClassOptions {
  /** [C] the classes in the order of their labels; absent: those that are there, by name. */
  readonly classes?: readonly string[]
  /** The class of a picture by its file's name, where the archive itself does not say. */
  readonly truth?: (name: string) => string | undefined
  /** What the archive's first numbered label is called, where it gives numbers: many ImageNet shards count from 1. */
  readonly firstLabel?: number
}

const PUT_PICTURES = 'Put pictures into it, a folder for each class.'
const GIVE_CLASSES =
  "Put each class's pictures into a folder of its own, or ImageNet's ground truth beside them, under the name it comes by."

/** [n] every picture's class, and the classes' names. Refuses a picture without a class, or of one that is not listed. */
export function labelsOf(
  index: ImageIndex,
  file: string,
  { classes, truth, firstLabel = 0 }: ClassOptions,
): { readonly labels: Int32Array; readonly classNames: readonly string[] } {
  const n = index.names.length
  const fail = (row: number, required: string, found: string, advice?: string): never =>
    refuse(formatFailure('a data set', file, index.offset[row]!, `${required} for ${index.names[row]}`, found, advice))
  if (n === 0) {
    const message = `${file}: not a data set that can be read: required a picture, found none. ${PUT_PICTURES}`
    refuse({ ...formatFailure('a data set', file, 0, 'a picture', 'none', PUT_PICTURES), message })
  }
  const keys = Array.from({ length: n }, (_, row) => {
    if (truth !== undefined) return truth(index.names[row]!) ?? fail(row, 'a line of the ground truth', 'none')
    return index.groups[index.group[row]!]!
  })
  const named = keys.every((key) => key !== '')
  if (!named && index.label.every((label) => label >= 0)) {
    const labels = index.label.map((label) => label - firstLabel)
    const most = labels.reduce((a, b) => Math.max(a, b), 0)
    const classNames = classes ?? Array.from({ length: most + 1 }, (_, label) => String(label))
    const wrong = labels.findIndex((label) => label < 0 || label >= classNames.length)
    if (wrong >= 0) fail(wrong, `a label from 0 to ${classNames.length - 1}`, `${labels[wrong]}`)
    return { labels, classNames }
  }
  if (!named) fail(keys.indexOf(''), 'a class', 'none', GIVE_CLASSES)
  const classNames = classes ?? [...new Set(keys)].toSorted((a, b) => (a < b ? -1 : 1))
  const labelOf = new Map(classNames.map((name, label) => [name, label]))
  const labels = Int32Array.from(keys, (key, row) => labelOf.get(key) ?? fail(row, 'a class of the list', key))
  return { labels, classNames }
}
