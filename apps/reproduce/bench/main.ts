import { openEngine } from '@coherent-gradients/engine'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { table, type Column } from '../src/console/table.ts'
import type { Comparison } from './comparison.ts'
import { earlierMachine, earlierResult, keepResults } from './earlier-results.ts'
import { peerResults } from './peers.ts'
import { sections } from './sections.ts'
import { prepareSetting, type Setting } from './setting.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'wasm' },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
  },
})
const wanted = values.only?.split(',') ?? sections.map(({ name }) => name)
const unknown = wanted.filter((name) => !sections.some((section) => section.name === name))
if (unknown.length > 0) {
  throw new Error(`bench: no section ${unknown.join(', ')}: choose of ${sections.map(({ name }) => name).join(', ')}`)
}

const opened = await openEngine(values.engine)()
if (opened._tag === 'Left') throw new Error(opened.left.message)
const engine = opened.right
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`
console.log(`engine ${engine.description}; ${machine}`)
console.log(`load before: ${load()} (1, 5, 15 minutes)`)

let setting: Promise<Setting> | undefined
for (const section of sections.filter(({ name }) => wanted.includes(name))) {
  const lines = await section.measure(engine.name, () => (setting ??= prepareSetting()))
  console.log(`\n${table(lines, columnsOf(section.name, section.title))}`)
  if (values.keep) keepResults(machine, engine.name, section.name, lines)
}

if (values.peers) {
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
