import { readFile } from 'node:fs/promises'
import type { taskEither as TE } from 'fp-ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { ImageNetClass } from './class-list.ts'

const WNID = /^n\d{8}$/

/**
 * The classes of ILSVRC in the standard order (by WordNet id, so that label 0 is n01440764), out of any of the files that
 * name them: `LOC_synset_mapping.txt` (`n01440764 tench, Tinca tinca`), `imagenet_class_index.json` (Keras's), `map_clsloc.txt`
 * (`n02119789 1 kit_fox`), the development kit's `meta_clsloc.csv`, or a list of WordNet ids.
 *
 * @returns left when the file can't be read, has a line that is none of these, or names a class twice.
 *
 * @example
 * readClassList('LOC_synset_mapping.txt') // right: 1,000 classes, [{ wnid: 'n01440764', name: 'tench, Tinca tinca' }, …
 */
export function readClassList(file: string): TE.TaskEither<FileFailure | FormatFailure, readonly ImageNetClass[]> {
  return attempt(file, async () => {
    const text = await readFile(file, 'utf8')
    const classes = text.trimStart().startsWith('{') ? ofJson(text, file) : ofLines(text, file)
    const sorted = classes.toSorted((a, b) => (a.wnid < b.wnid ? -1 : 1))
    const twice = sorted.find(({ wnid }, i) => wnid === sorted[i + 1]?.wnid)
    if (twice !== undefined) refuse(formatFailure('a class list', file, 0, 'each class once', `${twice.wnid} twice`))
    if (sorted.length === 0) refuse(formatFailure('a class list', file, 0, 'a class', 'none'))
    return sorted
  })
}

function ofLines(text: string, file: string): ImageNetClass[] {
  const classes: ImageNetClass[] = []
  let offset = 0
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const isHeading = i === 0 && /wnid/i.test(line)
    const found = classOf(line)
    if (found !== undefined) classes.push(found)
    else if (line.trim() !== '' && !isHeading) {
      refuse(formatFailure('a class list', file, offset, 'a WordNet id like n01440764', line))
    }
    offset += Buffer.byteLength(line) + 1
  }
  return classes
}

function classOf(line: string): ImageNetClass | undefined {
  const [, id, wnid, name] = /^(\d+),(n\d{8}),("[^"]*"|[^,]*)/.exec(line) ?? []
  if (wnid !== undefined) return { wnid, name: (name as string).replaceAll('"', ''), ilsvrcId: Number(id) }
  const [, first, number, rest] = /^(n\d{8})(?:\s+(\d+)(?=\s))?(?:\s+(.*))?$/.exec(line.trim()) ?? []
  if (first === undefined) return undefined
  return { wnid: first, name: rest ?? first, ...(number === undefined ? {} : { ilsvrcId: Number(number) }) }
}

function ofJson(text: string, file: string): ImageNetClass[] {
  const fail = (found: string): never =>
    refuse(formatFailure('a class list', file, 0, 'JSON like {"0": ["n01440764", "tench"]}', found))
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    fail(String(cause))
  }
  return Object.values(parsed as object).map((entry: unknown) => {
    const [wnid, name] = Array.isArray(entry) ? (entry as unknown[]) : []
    if (typeof wnid !== 'string' || !WNID.test(wnid) || typeof name !== 'string') fail(JSON.stringify(entry))
    return { wnid: wnid as string, name: name as string }
  })
}
