import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { table } from '../console/table.ts'
import { painter } from '../console/terminal.ts'
import type { Experiment, Scale, ScaleDescription } from '../experiment.ts'
import type { RunSpec } from '../run-spec.ts'
import { wrapWords } from '../text/wrap-words.ts'
import type { Console } from './console.ts'
import { findExperiments } from './find-experiments.ts'

/** Prints experiments, all unless some are named, with their claims, settings and scales. */
export function listCommand(ids: readonly string[], { out, err }: Console): number {
  const found = findExperiments(ids)
  if (E.isLeft(found)) {
    printFailure(err, found.left)
    return 2
  }
  const paint = painter(out)
  for (const experiment of found.right) {
    const { id, figure, title, claim, scales, settings } = experiment
    const lines = wrapWords(claim, Math.min(100, out.columns ?? 100) - 2, (text) => text.length)
    out.write(`${paint('bold', id)}  ${figure}: ${title}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    const rows = sameTogether(Object.entries(scales)).map(([names, { what, cost }]) => ({
      scale: `  ${names.join(', ')}`,
      what,
      cost,
    }))
    out.write(
      table(rows, [
        { header: '  scale', value: (row) => row.scale },
        { header: 'what', value: (row) => row.what },
        { header: 'takes', value: (row) => row.cost },
      ]),
    )
    for (const [key, values] of Object.entries(settings)) {
      const but = key === 'seeds' ? seedsWhateverIsSet(experiment) : ''
      out.write(`  --set ${key}=${values.join('|')}   (${values[0]} unless said${but})\n`)
    }
    out.write('\n')
  }
  return 0
}

/** `; 1 at smoke scale`, where a scale has its own number of seeds. */
function seedsWhateverIsSet({ plan, scales, settings }: Experiment<RunSpec>): string {
  const most = Math.max(...settings['seeds']!.map(Number))
  const own = (Object.keys(scales) as Scale[]).flatMap((scale) => {
    const { size } = new Set(plan(scale, { seeds: String(most) }).map(({ seed }) => seed))
    return size === most ? [] : [`; ${size} at ${scale} scale`]
  })
  return own.join('')
}

/** Scales that are one, in one line. */
function sameTogether(
  scales: readonly (readonly [string, ScaleDescription])[],
): readonly (readonly [readonly string[], ScaleDescription])[] {
  const lines = new Map<string, readonly [string[], ScaleDescription]>()
  for (const [name, description] of scales) {
    const key = JSON.stringify(description)
    const line = lines.get(key)
    if (line === undefined) lines.set(key, [[name], description])
    else line[0].push(name)
  }
  return [...lines.values()]
}
