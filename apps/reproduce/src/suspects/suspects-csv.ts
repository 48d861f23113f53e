import { csv } from '../text/csv.ts'
import type { Suspects } from './find-suspects.ts'
import { suspectRows, type SuspectRow } from './suspect-rows.ts'

/** Columns of numbers, by the names that the Arrow table has. */
const columns: readonly (readonly [name: string, key: keyof SuspectRow])[] = [
  ['rank', 'rank'],
  ['id', 'id'],
  ['help_first', 'helpFirst'],
  ['help_early', 'helpEarly'],
  ['help_late', 'helpLate'],
  ['help', 'help'],
  ['direction_first', 'directionFirst'],
  ['direction_early', 'directionEarly'],
  ['direction_late', 'directionLate'],
  ['direction', 'direction'],
  ['loss_first', 'lossFirst'],
  ['loss_early', 'lossEarly'],
  ['loss_late', 'lossLate'],
  ['loss', 'loss'],
  ['margin_first', 'marginFirst'],
  ['margin_early', 'marginEarly'],
  ['margin_late', 'marginLate'],
  ['margin', 'margin'],
  ['doubt', 'doubt'],
]

/**
 * Every example as a line of comma-separated values (RFC 4180), with class names and, where there are any, files. True labels
 * are there only where noise was put on: else nobody knows them.
 */
export function suspectsCsv(suspects: Suspects): string {
  const { classNames, whereIs, known } = suspects
  const nameOf = (label: number): string => classNames[label] ?? String(label)
  const header = [
    ...columns.map(([name]) => name),
    'label',
    'expected_label',
    ...(known ? ['true_label'] : []),
    ...(whereIs ? ['file'] : []),
  ]
  const lines = suspectRows(suspects).map((row) => [
    ...columns.map(([, key]) => String(row[key])),
    nameOf(row.label),
    nameOf(row.expectedLabel),
    ...(known ? [nameOf(row.trueLabel)] : []),
    ...(whereIs ? [whereIs(row.id)] : []),
  ])
  return csv([header, ...lines], '\r\n')
}
