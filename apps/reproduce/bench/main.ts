import { openEngine } from '@coherent-gradients/engine'
import { CommanderError } from 'commander'
import { cpus, loadavg } from 'node:os'
import { printFailure } from '../src/console/print-failure.ts'
import { table, type Column } from '../src/console/table.ts'
import { benchOptions, type BenchOptions } from './bench-options.ts'
import type { Comparison } from './comparison.ts'
import { earlierMachine, earlierResult, keepResults } from './earlier-results.ts'
import { peerResults } from './peers.ts'
import { sections } from './sections.ts'
import { prepareSetting, type Setting } from './setting.ts'

const options = optionsOrEnd()
const opened = await openEngine(options.engine)()
if (opened._tag === 'Left') {
  printFailure(process.stderr, opened.left)
  process.exit(1)
}
const engine = opened.right
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`
console.log(`engine ${engine.description}; ${machine}`)
console.log(`load before: ${load()} (1, 5, 15 minutes)`)

let setting: Promise<Setting> | undefined
for (const section of sections.filter(({ name }) => options.only.includes(name))) {
  const lines = await section.measure(engine.name, () => (setting ??= prepareSetting()))
  console.log(`\n${table(lines, columnsOf(section.name, section.title))}`)
  if (options.keep) keepResults(machine, engine.name, section.name, lines)
}

if (options.peers) {
  const { results, missing } = peerResults()
  if (results.length > 0) {
    console.log(
      `\n${table(results, [
        { header: 'others, the same network, 100 made-up images', value: ({ name }) => name },
        { header: 'ms', align: 'right', value: ({ ms }) => ms.toFixed(2) },
        { header: 'fastest', align: 'right', value: ({ fastest }) => fastest.toFixed(2) },
      ])}`,
    )
  }
  for (const each of missing) console.log(`not measured: ${each}`)
}

console.log(`\nload after: ${load()}`)
console.log('ms: wall time, the median and the shortest. ratio: the median of the ratios of interleaved repetitions,')
console.log('with their quartiles; of CPU times, which a busy machine disturbs least, but for the robust rules, which')
console.log(
  `may run on several threads. earlier: ms and ratio as kept (--keep) on ${earlierMachine() || 'no machine yet'}.`,
)
// Kernels' threads and a backend's own may still be waiting for work.
process.exit()

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

function columnsOf(section: string, title: string): readonly Column<Comparison>[] {
  return [
    { header: title, value: (line) => line.name },
    { header: 'ms', align: 'right', value: (line) => line.ms.toFixed(2) },
    { header: 'fastest', align: 'right', value: (line) => line.fastest.toFixed(2) },
    { header: 'ratio', align: 'right', value: (line) => line.ratio.toFixed(2) },
    { header: 'quartiles', align: 'right', value: ({ quartiles: [a, b] }) => `${a.toFixed(2)} – ${b.toFixed(2)}` },
    { header: 'of', value: (line) => line.against },
    { header: 'goal', value: (line) => line.goal },
    { header: 'earlier', align: 'right', value: (line) => earlierText(section, line.name) },
    { header: 'runs', align: 'right', value: (line) => `${line.repetitions}` },
  ]
}

function earlierText(section: string, name: string): string {
  const earlier = earlierResult(engine.name, section, name)
  return earlier === undefined ? '' : `${earlier.ms} / ${earlier.ratio}`
}

function load(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')
}
