/**
 * Where the n pictures of some archives lie, in the archives' order.
 *
 * `group` is what the archive itself says of a picture's class: the name of the class's own tar or folder, or its WordNet
 * id; an empty group is one that the archive doesn't name. `label` is a number that the archive gives, or −1.
 */
export interface ImageIndex {
  /** [n] paths inside the archive. */
  readonly names: readonly string[]
  readonly groups: readonly string[]
  /** [n] a place in `groups`. */
  readonly group: Uint32Array
  /** [n] */
  readonly label: Int32Array
  /** [n] which of the archives. */
  readonly file: Uint32Array
  /** [n] the first byte. */
  readonly offset: Float64Array
  /** [n] how many bytes. */
  readonly length: Uint32Array
}

/** One picture of an {@link ImageIndex}. */
export interface IndexedImage {
  readonly name: string
  readonly group: string
  readonly label?: number
  readonly file?: number
  readonly offset: number
  readonly length: number
}

/** Gathers pictures, one after another, into columns. */
export function imageIndexBuilder(): { add(image: IndexedImage): void; build(): ImageIndex } {
  const names: string[] = []
  const groups = new Map<string, number>()
  const columns = { group: [] as number[], label: [] as number[], file: [] as number[] }
  const places = { offset: [] as number[], length: [] as number[] }
  return {
    add({ name, group, label = -1, file = 0, offset, length }) {
      if (!groups.has(group)) groups.set(group, groups.size)
      names.push(name)
      columns.group.push(groups.get(group)!)
      columns.label.push(label)
      columns.file.push(file)
      places.offset.push(offset)
      places.length.push(length)
    },
    build: () => ({
      names,
      groups: [...groups.keys()],
      group: Uint32Array.from(columns.group),
      label: Int32Array.from(columns.label),
      file: Uint32Array.from(columns.file),
      offset: Float64Array.from(places.offset),
      length: Uint32Array.from(places.length),
    }),
  }
}
