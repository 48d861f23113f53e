import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Comparison } from './comparison.ts'

/** Median ms and ratio of a line, as they were measured before. */
export interface EarlierResult {
  readonly ms: number
  readonly ratio: number
}

/** What was kept: when, where, and by engine and section the lines by name. */
interface Earlier {
  readonly machine: string
  readonly engines: Record<string, Record<string, Record<string, EarlierResult>>>
}

const file = new URL('./earlier-results.json', import.meta.url)

/** The earlier result of a line, with the machine that it is from. */
export function earlierResult(engine: string, section: string, name: string): EarlierResult | undefined {
  return read().engines[engine]?.[section]?.[name]
}

/** The machine of the earlier results. */
export function earlierMachine(): string {
  return read().machine
}

/** Puts the lines of a section in the place of the earlier ones. */
export function keepResults(machine: string, engine: string, section: string, lines: readonly Comparison[]): void {
  const { engines } = read()
  const results = lines.map(({ name, ms, ratio }) => [name, { ms: rounded(ms), ratio: rounded(ratio) }] as const)
  const kept = {
    machine,
    engines: { ...engines, [engine]: { ...engines[engine], [section]: Object.fromEntries(results) } },
  }
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
}

function read(): Earlier {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Earlier) : { machine: '', engines: {} }
}

function rounded(x: number): number {
  return Number(x.toPrecision(3))
}
