import { engineNames, type EngineName } from '@coherent-gradients/engine'
import type { EngineReport } from '@coherent-gradients/engine/doctor'
import { version_core as tfjs } from '@tensorflow/tfjs-core'
import { availableParallelism } from 'node:os'
import stringWidth from 'string-width'
import { formatMilliseconds } from '../console/format-milliseconds.ts'
import { table } from '../console/table.ts'
import { painter } from '../console/terminal.ts'
import { wrapWords } from '../text/wrap-words.ts'
import { automaticChoice, examineApart } from '../doctor/examine-apart.ts'
import type { Console } from './console.ts'

/** Says which engines work on this machine, how fast, and how to get the others; 1 where none does. */
export async function doctorCommand(options: { readonly json?: boolean }, { out }: Console): Promise<number> {
  const reports: EngineReport[] = []
  for (const name of engineNames) reports.push(await examineApart(name))
  const automatic = await automaticChoice()
  const machine = {
    node: process.versions.node,
    tfjs,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
  }
  if (options.json === true) {
    out.write(`${JSON.stringify({ ...machine, automatic: automatic ?? null, engines: reports }, null, 2)}\n`)
  } else {
    out.write(`Node ${machine.node}, ${machine.platform}, ${machine.cores} cores\n\n`)
    out.write(describe(reports, automatic, painter(out)))
  }
  return reports.some((report) => report.works) ? 0 : 1
}

function describe(
  reports: readonly EngineReport[],
  automatic: EngineName | undefined,
  paint: ReturnType<typeof painter>,
): string {
  const working = reports.filter((report) => report.works)
  const missing = reports.filter((report) => !report.works)
  const lines = table(working, [
    { header: 'engine', value: ({ name }) => name },
    {
      header: 'SGD step',
      align: 'right',
      value: ({ stepMilliseconds }) => formatMilliseconds(stepMilliseconds),
    },
    { header: 'same bytes everywhere', value: ({ reproducible }) => (reproducible ? 'yes' : 'no') },
    { header: 'what it is', value: ({ description }) => description },
  ])
  const reasons = missing.map(({ name, reason }) => `${paint('bold', name)}\n${indented(reason)}\n`)
  return [
    working.length === 0 ? 'No engine works here.\n' : lines,
    ...(working.length === 0
      ? []
      : ['\nAn SGD step: 784-256-256-256-10, 100 examples, forward, backward and update.\n']),
    ...(automatic === undefined ? [] : [`--engine auto takes ${automatic} here; without --engine it is wasm.\n`]),
    ...(reasons.length === 0 ? [] : ['\nNot here:\n', ...reasons]),
  ].join('')
}

function indented(text: string): string {
  return wrapWords(text, 96, stringWidth)
    .map((line) => `  ${line}`)
    .join('\n')
}
