import { table } from '../console/table.ts'
import { painter } from '../console/terminal.ts'
import type { ScaleDescription } from '../experiment.ts'
import { experiments } from '../experiments/index.ts'
import { wrapWords } from '../text/wrap-words.ts'
import type { Console } from './console.ts'

/** Prints every experiment with its claim, settings and scales. */
export function listCommand({ out }: Console): number {
  const paint = painter(out)
  for (const { id, figure, title, claim, scales, settings } of experiments) {
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
      out.write(`  --set ${key}=${values.join('|')}   (${values[0]} unless said)\n`)
    }
    out.write('\n')
  }
  return 0
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
