import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('expected-failures.txt', import.meta.url)

/** The specs that engine `wasm` may fail: none of them concerns what the project uses. One full name a line, sorted. */
export function readExpectedFailures(): ReadonlySet<string> {
  return new Set(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string),
  )
}

export function writeExpectedFailures(names: Iterable<string>): void {
  const lines = [...names].toSorted().map((name) => JSON.stringify(name))
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
}
