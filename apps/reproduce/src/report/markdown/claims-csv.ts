import { csv } from '../../text/csv.ts'
import { rounded } from './rounded.ts'
import type { ResultSection, Results } from './results.ts'

const header = [
  'experiment',
  'setting',
  'scale',
  'claim_id',
  'claim',
  'outcome',
  'proxy',
  'measured',
  'low',
  'high',
  'level',
  'over',
  'expected',
  'in_words',
  'revision',
  'data',
]

/** A line for each claim: what came out, the number that was judged with its interval, and what it was made of. */
export function claimsCsv({ scale, sections }: Results): string {
  return csv([header, ...sections.flatMap((section) => rowsOf(scale, section))])
}

function rowsOf(scale: string, { experiment, flags, verdicts, revisions, data }: ResultSection): readonly Row[] {
  return verdicts.map(({ claim, outcome, proxy, measured, expected, number }, i) => [
    experiment,
    flags,
    scale,
    `${experiment}/${i + 1}`,
    claim,
    outcome,
    proxy,
    rounded(number?.value),
    rounded(number?.low),
    rounded(number?.high),
    number?.level,
    number?.over,
    expected,
    measured,
    revisions.join(' '),
    data,
  ])
}

type Row = Parameters<typeof csv>[0][number]
