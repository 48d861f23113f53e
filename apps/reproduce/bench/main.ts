import { CommanderError } from 'commander'
import { cpus, loadavg } from 'node:os'
import { table } from '../src/console/table.ts'
import { benchOptions, type BenchOptions } from './bench-options.ts'
import type { Comparison } from './comparison.ts'
import { earlierMachine, earlierResult, keepResults } from './earlier-results.ts'
import { measureApart } from './measure-apart.ts'
import { peerResults } from './peers.ts'
import { resultsTable, type Result } from './results-table.ts'
import { sections } from './sections.ts'

const options = optionsOrEnd()
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`
console.log(`${machine}; load before: ${load()} (1, 5, 15 minutes)`)

const results: Result[] = []
const missing: string[] = []
let engineFree = sections.filter((section) => section.engineFree && options.only.includes(section.name))
for (const asked of options.engines) {
  const only = options.only.filter((name) => !sections.find((each) => each.name === name)?.engineFree)
  const also = engineFree.map(({ name }) => name)
  let engine = asked
  await measureApart({ engine: asked, named: options.named, only: [...only, ...also] }, (message) => {
    if (message.kind === 'opened') {
      engine = message.name
      // What no engine has a part in is measured once.
      engineFree = []
      console.log(`engine ${message.description}`)
    } else if (message.kind === 'section') {
      const { section, lines } = message
      process.stderr.write(`${engine}: ${section} measured\n`)
      results.push(...lines.map((line) => resultOf(engine, section, line)))
      if (options.keep) keepResults(machine, engine, section, lines)
    } else if (message.kind === 'not measured') {
      missing.push(`engine ${asked}: ${message.reason}`)
    }
  })
}
for (const { name, title } of sections.filter((section) => options.only.includes(section.name))) {
  const lines = results.filter(({ section }) => section === name)
  if (lines.length > 0) console.log(`\n${resultsTable(title, lines)}`)
}

if (options.peers) {
  const peers = await peerResults()
  if (peers.results.length > 0) {
    console.log(
      `\n${table(peers.results, [
        { header: 'others: the same network, 100 made-up images; made-up photographs', value: ({ name }) => name },
        { header: 'ms', align: 'right', value: ({ ms }) => ms.toFixed(2) },
        { header: 'fastest', align: 'right', value: ({ fastest }) => fastest.toFixed(2) },
      ])}`,
    )
  }
  missing.push(...peers.missing)
}

for (const each of missing) console.log(`not measured: ${each}`)
console.log(`load after: ${load()}`)
console.log('ms: wall time, the median and the shortest. ratio: the median of the ratios of interleaved repetitions,')
console.log('with their quartiles; of CPU times, which a busy machine disturbs least, but for the robust rules, which')
console.log(
  `may run on several threads. earlier: ms and ratio as kept (--keep) on ${earlierMachine() || 'no machine yet'}.`,
)
if (results.length === 0) process.exitCode = 1

function resultOf(engine: string, section: string, line: Comparison): Result {
  const earlier = earlierResult(engine, section, line.name)
  return { engine, section, line, ...(earlier === undefined ? {} : { earlier }) }
}

/** 0 after the help, 2 for a command line that can't be understood. */
function optionsOrEnd(): BenchOptions {
  const names = sections.map(({ name }) => name)
  try {
    return benchOptions(process.argv.slice(2), names, { out: process.stdout, err: process.stderr })
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    throw error
  }
}

function load(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')
}
