import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataSets, folderOf, foldersOf, type DataSet, openDataSet } from '@coherent-gradients/datasets/catalogue'
import { readInOrder } from '@coherent-gradients/datasets'
import { sha256OfFile } from '@coherent-gradients/files'
import { either as E } from 'fp-ts'
import { knownDataSet } from '../data/known-data-set.ts'
import { closeSplit, leftOutOf } from '../data/optional-parts.ts'
import { printFailure } from '../console/print-failure.ts'
import { table } from '../console/table.ts'
import type { Console } from './console.ts'

export interface DataCheckOptions {
  readonly dataDir: string
  /** Also decode every picture. */
  readonly pictures?: boolean
}

interface Line {
  readonly name: string
  readonly what: string
  readonly state: string
  readonly bad: boolean
}

/**
 * Checks data sets: official files by their sha256, and each part by opening it; with `pictures` also by reading every
 * example. Without names, all that are there. Ends with 1 where something is missing that was named, or damaged.
 */
export async function dataCheckCommand(
  names: readonly string[],
  { dataDir, pictures = false }: DataCheckOptions,
  { out, err }: Console,
): Promise<number> {
  const wanted = names.length > 0 ? names : dataSets.filter((each) => isThere(each, dataDir)).map((each) => each.name)
  for (const name of wanted) {
    const known = knownDataSet(name)
    if (E.isRight(known) || existsSync(name)) continue
    printFailure(err, known.left)
    return 1
  }
  const lines: Line[] = []
  for (const name of wanted) {
    const known = dataSets.find((each) => each.name === name)
    for (const file of known?.files ?? []) {
      const path = foldersOf(name, dataDir)
        .map((folder) => join(folder, file.name))
        .find((each) => existsSync(each))
      // A file in the folder of all data may be another set's of the same name.
      if (
        path === undefined ||
        (path !== join(foldersOf(name, dataDir)[0], file.name) && known?.landmarks.length === 0)
      )
        continue
      const right = (await sha256OfFile(path)) === file.sha256
      lines.push({ name, what: path, state: right ? 'as it should be' : `not the official file (sha256)`, bad: !right })
    }
    for (const part of ['train', 'test'] as const) lines.push(await checkPart(name, part, dataDir, pictures))
  }
  out.write(
    table(lines, [
      { header: 'data set', value: (line) => line.name },
      { header: 'checked', value: (line) => line.what },
      { header: 'state', value: (line) => line.state },
    ]),
  )
  return lines.some((line) => line.bad) ? 1 : 0
}

async function checkPart(name: string, part: 'train' | 'test', directory: string, pictures: boolean): Promise<Line> {
  const opened = await openDataSet(name, { part, directory, onBadImage: 'skip' })()
  if (E.isLeft(opened) && opened.left._tag === 'NoSuchPart') return { name, what: part, state: 'none', bad: false }
  if (E.isLeft(opened)) return { name, what: part, state: opened.left.message, bad: true }
  const split = opened.right
  try {
    const state = `${split.ids.length.toLocaleString('en')} examples [${split.inputShape.join(', ')}], ${split.classes} classes`
    if (!pictures) return { name, what: part, state, bad: false }
    for await (const _ of readInOrder(split, 64));
    const left = leftOutOf(split)
    const bad = left.length === 0 ? ', all read' : `, ${left.length} can't be read: ${left.slice(0, 3).join('; ')}`
    return { name, what: part, state: state + bad, bad: left.length > 0 }
  } catch (cause) {
    return { name, what: part, state: cause instanceof Error ? cause.message : String(cause), bad: true }
  } finally {
    await closeSplit(split)
  }
}

function isThere(each: DataSet, dataDir: string): boolean {
  const own = foldersOf(each.name, dataDir)[0]
  return each.name === 'mnist' || existsSync(own) || folderOf(each, dataDir) !== undefined
}
