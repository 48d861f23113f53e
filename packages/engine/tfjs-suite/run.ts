import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readExpectedFailures, writeExpectedFailures } from './expected-failures.ts'
import { runSuite } from './run-suite.ts'
import { suiteOptions } from './suite-options.ts'

const usage = `Usage: pnpm tfjs-suite [pattern | --stock | --update]

Judges engine wasm by tfjs-core's own tests.

  (nothing)   fails where a spec fails that isn't listed in expected-failures.txt, or a listed one passes
  pattern     the same of the specs whose full names match this regular expression; fails where none does
  --stock     lists what tfjs's own wasm backend fails
  --update    writes the list anew; refuses what tfjs's own backend passes
`

const options = suiteOptions(process.argv.slice(2))
const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** No failure may concern these, but where the numbers are complex. */
const needed = /conv2d|conv1d|depthwise|fused|gather|einsum|segment|pool|matmul|outerProduct|dot /i

if (options.kind === 'help') {
  process.stdout.write(usage)
} else if (options.kind === 'refused') {
  process.stderr.write(`error: ${options.message}\n`)
  process.exitCode = 2
} else if (options.kind === 'stock') {
  const { specs, failed, failures } = await runSuite(async () => void (await import('@tensorflow/tfjs-backend-wasm')))
  for (const name of failures.keys()) print(JSON.stringify(name))
  process.stderr.write(`tfjs's own wasm backend fails ${failed} of ${specs} specs\n`)
} else {
  const update = options.kind === 'update'
  const only = options.kind === 'judge' ? options.only : undefined
  const { specs, failed, failures } = await runSuite(openEngineWasm, only)
  print(`engine wasm fails ${failed} of ${specs} specs`)
  const none = specs === 0 ? [only === undefined ? 'there are no specs' : `no spec's name matches ${only}`] : []
  const complaints = [...none, ...(update ? refusals(failures) : surprises(failures, only))]
  if (complaints.length > 0) {
    for (const complaint of complaints) print(complaint)
    process.exitCode = 1
  } else if (update) writeExpectedFailures(failures.keys())
}

async function openEngineWasm(): Promise<void> {
  const { openEngine } = await import('../src/index.ts')
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
}

function surprises(failures: ReadonlyMap<string, string>, only: RegExp | undefined): readonly string[] {
  const expected = readExpectedFailures()
  const failed = [...failures].filter(([name]) => !expected.has(name))
  const passed = [...expected].filter((name) => !failures.has(name) && only?.test(name) !== false)
  return [
    ...failed.map(([name, message]) => `fails: ${name}\n    ${message.replaceAll('\n', '\n    ')}`),
    ...passed.map((name) => `is in expected-failures.txt, but passes or is gone: ${name}`),
  ]
}

function refusals(failures: ReadonlyMap<string, string>): readonly string[] {
  const here = fileURLToPath(import.meta.url)
  const lines = execFileSync(process.execPath, [here, '--stock'], { encoding: 'utf8' }).split('\n').filter(Boolean)
  const failedByStock = new Set(lines.map((line) => JSON.parse(line) as string))
  return [...failures].flatMap(([name, message]) => {
    if (!failedByStock.has(name)) return [`fails, and tfjs's own backend does not: ${name}`]
    if (needed.test(name) && !/complex|ragged/i.test(name + message))
      return [`fails, and concerns what the project needs: ${name}`]
    return []
  })
}
