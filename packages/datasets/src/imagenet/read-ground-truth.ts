import { readFile } from 'node:fs/promises'
import { either as E, type taskEither as TE } from 'fp-ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import { plainName } from '../images/plain-name.ts'
import { readClassList } from './read-class-list.ts'

/** The class of a validation picture by its file's name; undefined where the list doesn't reach it. */
export type GroundTruth = (name: string) => string | undefined

export interface GroundTruthOptions {
  /** One line a picture. */
  readonly file: string
  /** A class list with ILSVRC's own numbers, where the lines are numbers: `meta_clsloc.csv` or `map_clsloc.txt`. */
  readonly classList?: string
}

/**
 * Which class each picture of ILSVRC's flat validation set has. Line i is about `ILSVRC2012_val_0000000i.JPEG`, so that a
 * part of the set has its right labels as well.
 *
 * Lines are WordNet ids; or ILSVRC's own numbers as the development kit has them, which are in another order than labels
 * and need a class list that gives them; or Kaggle's `ILSVRC2012_val_00000001,n01751748 …`, in any order.
 *
 * @returns left when a file can't be read or a line is none of these.
 *
 * @example
 * readGroundTruth({ file: 'ILSVRC2012_validation_ground_truth.txt', classList: 'map_clsloc.txt' })
 */
export function readGroundTruth({
  file,
  classList,
}: GroundTruthOptions): TE.TaskEither<FileFailure | FormatFailure, GroundTruth> {
  return attempt(file, async () => {
    const lines = (await readFile(file, 'utf8')).trimEnd().split(/\r?\n/)
    if (lines[0]!.startsWith('ImageId,')) return byName(lines.slice(1), file)
    if (lines.every((line) => /^n\d{8}$/.test(line))) return byNumber(lines)
    const wnids = classList === undefined ? undefined : await wnidsOf(classList)
    let offset = 0
    const numbers = 'Put map_clsloc.txt or meta_clsloc.csv, which have those numbers, beside it.'
    return byNumber(
      lines.map((line) => {
        const fail = (required: string, advice?: string): never =>
          refuse(formatFailure('a ground truth', file, offset, required, line, advice))
        if (!/^\d+$/.test(line)) fail('a WordNet id or a number')
        if (wnids === undefined) fail("a WordNet id, or a class list with ILSVRC's numbers beside it", numbers)
        const wnid = wnids!.get(Number(line)) ?? fail('a number of the class list')
        offset += line.length + 1
        return wnid
      }),
    )
  })
}

async function wnidsOf(file: string): Promise<ReadonlyMap<number, string>> {
  const classes = await readClassList(file)()
  if (E.isLeft(classes)) return refuse(classes.left)
  const numbered = classes.right.flatMap(({ ilsvrcId, wnid }) =>
    ilsvrcId === undefined ? [] : [[ilsvrcId, wnid] as const],
  )
  if (numbered.length === 0) refuse(formatFailure('a class list', file, 0, "ILSVRC's numbers of the classes", 'none'))
  return new Map(numbered)
}

function byNumber(wnids: readonly string[]): GroundTruth {
  return (name) => wnids[Number(/(\d+)\.[^.]*$/.exec(plainName(name))?.[1] ?? 0) - 1]
}

function byName(lines: readonly string[], file: string): GroundTruth {
  const wnids = new Map(
    lines.map((line) => {
      const [, image, wnid] = /^([^,]+),(n\d{8})\b/.exec(line) ?? []
      if (image === undefined) refuse(formatFailure('a ground truth', file, 0, 'a line like name,n01751748 …', line))
      return [image as string, wnid as string]
    }),
  )
  return (name) => wnids.get(plainName(name).replace(/\.[^.]*$/, ''))
}
