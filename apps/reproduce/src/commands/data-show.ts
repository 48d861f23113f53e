import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { keyOf, type Failure, type Split } from '@coherent-gradients/core'
import { type Noise, take, withNoise } from '@coherent-gradients/datasets'
import { openDataSet, statisticsOf, type SplitStatistics } from '@coherent-gradients/datasets/catalogue'
import { writableFolder } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { table } from '../console/table.ts'
import { contactSheet } from '../data/contact-sheet.ts'
import { closeSplit, leftOutOf } from '../data/optional-parts.ts'
import type { Console } from './console.ts'
import { withMinus } from '../text/with-minus.ts'

export interface DataShowOptions {
  readonly dataDir: string
  readonly part: 'train' | 'test'
  /** The first so many; all where absent. */
  readonly examples?: number
  readonly noise?: Noise
  readonly seed: string
  readonly onBadImage?: 'fail' | 'skip'
  /** Where the contact sheet goes. */
  readonly out?: string
}

/** How many examples a contact sheet shows. */
const SHOWN = 64

/** Prints what a data set holds, with noise on it or without, and draws its first examples as a contact sheet. */
export async function dataShowCommand(name: string, options: DataShowOptions, { out, err }: Console): Promise<number> {
  const { dataDir, part, examples, noise = { kind: 'none' }, seed, onBadImage = 'fail', out: sheet } = options
  // Whoever waits for a million pictures shall not learn only then that the sheet has no place.
  if (sheet !== undefined) {
    const place = await placeOf(sheet)
    if (E.isLeft(place)) {
      printFailure(err, place.left)
      return 1
    }
  }
  const opened = await openDataSet(name, { part, directory: dataDir, onBadImage })()
  if (E.isLeft(opened)) {
    printFailure(err, opened.left)
    return 1
  }
  const { classNames } = opened.right
  try {
    const some: Split =
      examples === undefined ? opened.right : take(opened.right, Math.min(examples, opened.right.ids.length))
    const noisy = withNoise(some, noise, keyOf(seed))
    if (E.isLeft(noisy)) {
      printFailure(err, noisy.left)
      return 1
    }
    const split = noisy.right
    const statistics = await statisticsOf(split)
    for (const line of leftOutOf(opened.right)) out.write(`left out: ${line}\n`)
    out.write(`${split.name}\n\n`)
    out.write(described(statistics))
    out.write(`\n${classTable(statistics, classNames)}`)
    if (sheet === undefined) return 0
    await writeFile(sheet, await contactSheet(split, classNames, SHOWN))
    out.write(`\n${sheet}\n`)
    return 0
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    printFailure(err, { _tag: 'ReadFailure', message })
    return 1
  } finally {
    await closeSplit(opened.right)
  }
}

async function placeOf(sheet: string): Promise<E.Either<Failure, void>> {
  if (sheet.endsWith('.png')) return writableFolder(dirname(sheet))()
  return E.left({
    _tag: 'WrongName',
    message: `--out ${sheet}: a contact sheet is a PNG; name a file that ends in .png`,
  })
}

function described({ examples, inputShape, corrupt, touched, channels }: SplitStatistics): string {
  const share = (count: number): string =>
    `${count.toLocaleString('en')} (${((100 * count) / examples).toPrecision(3)}%)`
  const rows: readonly (readonly [string, string])[] = [
    ['examples', examples.toLocaleString('en')],
    ['inputs', `[${inputShape.join(', ')}]`],
    ['touched by noise', share(touched)],
    ['corrupt labels', share(corrupt)],
    ...channels.map(({ mean, variance, least, most }, c) => {
      const numbers = `mean ${withMinus(mean.toFixed(4))}, variance ${variance.toFixed(4)}, ${withMinus(least.toPrecision(3))} to ${withMinus(most.toPrecision(3))}`
      return [channels.length === 1 ? 'numbers' : (['red', 'green', 'blue'][c] ?? `channel ${c}`), numbers] as const
    }),
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('')
}

/** Every class, or where there are many the smallest and the largest. */
function classTable({ trueCounts, givenCounts }: SplitStatistics, classNames: readonly string[]): string {
  const all = trueCounts.map((count, label) => ({ label, count, given: givenCounts[label]! }))
  const sorted = all.toSorted((a, b) => a.count - b.count || a.label - b.label)
  const rows = all.length <= 30 ? all : [...sorted.slice(0, 5), ...sorted.slice(-5)]
  const heading = all.length <= 30 ? '' : `${all.length} classes; the smallest and the largest:\n`
  return (
    heading +
    table(rows, [
      { header: 'label', align: 'right', value: ({ label }) => String(label) },
      { header: 'class', value: ({ label }) => classNames[label] ?? '' },
      { header: 'true', align: 'right', value: ({ count }) => count.toLocaleString('en') },
      { header: 'given', align: 'right', value: ({ given }) => given.toLocaleString('en') },
    ])
  )
}
