import { coordinateMedian, mean, meanOfMeans, medianOfMeans, winsorizedMean } from '@coherent-gradients/aggregators'
import { normsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import { openEngine } from '@coherent-gradients/engine'
import { cpus, loadavg } from 'node:os'
import { table } from '../src/console/table.ts'
import { coherenceOf, forwardBackward, step } from './cases.ts'
import { compare, type Comparison } from './comparison.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import { renewWeights } from './renew-weights.ts'
import { prepareSetting } from './setting.ts'
import { stockStep } from './stock-step.ts'

const opened = await openEngine('wasm')()
if (opened._tag === 'Left') throw new Error(opened.left.message)
const [processor] = cpus()
console.log(
  `engine ${opened.right.description}, Node ${process.version}, ${cpus().length} × ${processor?.model ?? 'unknown'}`,
)
console.log(
  `load before: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')} (1, 5, 15 minutes)`,
)

const setting = await prepareSetting()
const { model, batches, tripleBatches } = setting
const before = (): void => renewWeights(model)
const lines: Comparison[] = []

const stock = await stockStep(setting)
const basics = await measureInterleaved(
  [
    forwardBackward(model, batches),
    step(model, mean(), batches, 'SGD step'),
    stock,
    coherenceOf(model, batches, normsOf, 'α of the batch (normsOf)'),
    coherenceOf(model, batches, statisticOf, 'α of the batch, to be merged (statisticOf)'),
  ],
  { budgetMs: 20_000, least: 30, most: 200, before },
)
await stock.close()
const [forward, sgd, unmended, norms, statistic] = basics
lines.push(
  compare(forward!, forward!),
  compare(norms!, forward!, '≤ 1.15×'),
  compare(statistic!, forward!),
  compare(sgd!, forward!, '≤ 8 ms'),
  compare(unmended!, sgd!, '≥ 5×'),
)

const rules = await measureInterleaved(
  [
    step(model, mean(), batches, 'SGD step'),
    ...[1, 2, 4, 8].map((percent) =>
      step(model, winsorizedMean({ percent }), batches, `winsorized step, c = ${percent}%`),
    ),
    step(model, coordinateMedian(), batches, 'coordinate median step'),
  ],
  { budgetMs: 15_000, least: 7, most: 100, before },
)
lines.push(...rules.slice(1).map((timing) => compare(timing, rules[0]!)))

const [average, median] = await measureInterleaved(
  [
    step(model, meanOfMeans({ groups: 3 }), tripleBatches, 'A3 step, 3 × 100 examples'),
    step(model, medianOfMeans({ groups: 3 }), tripleBatches, 'M3 step, 3 × 100 examples'),
  ],
  { budgetMs: 5_000, least: 15, most: 200, before },
)
lines.push(compare(average!, average!), compare(median!, average!))

console.log(
  `load after: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}\n`,
)
console.log(
  table(lines, [
    { header: 'what (784-256-256-256-10, batch 100, MNIST)', value: (line) => line.name },
    { header: 'ms', align: 'right', value: (line) => line.ms.toFixed(2) },
    { header: 'fastest', align: 'right', value: (line) => line.fastest.toFixed(2) },
    { header: 'cpu ms', align: 'right', value: (line) => line.cpu.toFixed(2) },
    { header: 'ratio', align: 'right', value: (line) => line.ratio.toFixed(2) },
    { header: 'quartiles', align: 'right', value: ({ quartiles: [a, b] }) => `${a.toFixed(2)} – ${b.toFixed(2)}` },
    { header: 'of', value: (line) => line.against },
    { header: 'goal', value: (line) => line.goal },
    { header: 'runs', align: 'right', value: (line) => `${line.repetitions}` },
  ]),
)
console.log('ms: wall time, the median and the shortest. cpu ms: CPU time, the median. ratio: the median of the')
console.log('ratios of CPU times of interleaved repetitions, with their quartiles: a busy machine disturbs it least.')
