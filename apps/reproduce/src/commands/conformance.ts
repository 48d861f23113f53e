import { openEngine } from '@coherent-gradients/engine'
import { either as E } from 'fp-ts'
import { readdir } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { conform, TOLERANCE, type Conformance } from '../conformance/conform.ts'
import { defaultFolder } from '../conformance/default-folder.ts'
import { oneLine } from '../console/one-line.ts'
import { printFailure } from '../console/print-failure.ts'
import { painter } from '../console/terminal.ts'
import type { Console } from './console.ts'

/** Runs every reference vector of a folder through the public API; 1 where any failed or there is none. */
export async function conformanceCommand(
  given: string | undefined,
  options: { readonly engine: string },
  { out, err }: Console,
): Promise<number> {
  const folder = given ?? defaultFolder
  const fail = (message: string): number => {
    printFailure(err, { _tag: 'NoReferences', message })
    return 1
  }
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    return fail(`${folder}: can't be read (${code}); name a folder of reference vectors`)
  }
  if (names.length === 0) return fail(`${folder}: has no .json file; name a folder of reference vectors`)
  const engine = await openEngine(options.engine)()
  if (E.isLeft(engine)) return fail(engine.left.message)
  out.write(
    `${counted(names.length)} of ${given ?? shortest(folder)} on ${engine.right.description}; at most ${TOLERANCE} of a vector's length\n`,
  )
  const paint = painter(out)
  const width = Math.max(...names.map((name) => basename(name, '.json').length))
  let bad = 0
  for (const name of names) {
    const result = await conform(join(folder, name))
    const ok = result.problems.length === 0
    if (!ok) bad += 1
    const verdict = ok ? paint('green', 'ok    ') : paint(['red', 'bold'], 'failed')
    out.write(`${verdict}  ${basename(name, '.json').padEnd(width)}  ${oneLine(describe(result))}\n`)
  }
  if (bad > 0) out.write(`${bad} of ${names.length} failed\n`)
  else out.write(names.length === 1 ? 'it conforms\n' : `all ${names.length} conform\n`)
  return bad === 0 ? 0 : 1
}

function counted(networks: number): string {
  return networks === 1 ? '1 network' : `${networks} networks`
}

function shortest(folder: string): string {
  const path = relative('.', folder)
  return path.startsWith('..') ? folder : path || '.'
}

function describe({ figures, worst, problems, unchecked }: Conformance): string {
  const error =
    worst === undefined
      ? ''
      : `${figures} figures, largest relative error ${worst.error.toExponential(1)} (${worst.figure})`
  const skipped = unchecked.length === 0 ? '' : `not checked: ${unchecked.join(', ')}`
  return [error, ...problems, skipped].filter((part) => part !== '').join('; ')
}
