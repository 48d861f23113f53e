// Sums vitest's totals over the packages from the log of `turbo run test`: `passed failed skipped` on one line. Arguments:
// the log, and the folders of the packages that it should speak of; all packages where none is named.
//
// What went wrong is said on stderr and counts as failed: a package that has a test script and no totals, test files that
// did not load, errors outside the tests, and skipped tests beyond those that .ci/may-skip allows. That file, where there
// is one, has a line for each test file: `@coherent-gradients/core src/derive.test.ts 2`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const linesOf = (file) => stripVTControlCharacters(readFileSync(file, 'utf8')).split(/\r?\n/)

const packages = ['apps', 'packages'].flatMap((parent) =>
  readdirSync(parent)
    .map((folder) => `${parent}/${folder}/package.json`)
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
    .filter((manifest) => manifest.scripts?.test !== undefined)
    .map((manifest) => manifest.name)
    .filter((name) => process.argv.length < 4 || process.argv.slice(3).includes(name.split('/')[1])),
)
const maySkip = existsSync('.ci/may-skip') ? linesOf('.ci/may-skip').map((line) => line.trim()) : []

const log = new Map(packages.map((name) => [name, []]))
for (const line of linesOf(process.argv[2])) {
  const found = /^(\S+):test: (.*)$/.exec(line)
  if (found !== null) log.get(found[1])?.push(found[2])
}

const total = { passed: 0, failed: 0, skipped: 0 }
function fail(count, message) {
  total.failed += count
  console.error(`FAILED: ${message}`)
}

for (const [name, lines] of log) {
  const summary = (title) => {
    const line = lines.findLast((each) => new RegExp(`^\\s*${title}\\s+\\d|^\\s*${title}\\s.*\\(\\d+\\)`).test(each))
    const count = (state) => Number(new RegExp(`(\\d+) ${state}`).exec(line ?? '')?.[1] ?? 0)
    return line === undefined ? null : { line: line.trim(), passed: count('passed'), failed: count('failed'), count }
  }
  const files = summary('Test Files')
  const tests = summary('Tests')
  if (files === null || tests === null || tests.passed + tests.failed === 0) {
    fail(1, `${name}: its tests did not run`)
    continue
  }
  total.passed += tests.passed
  if (tests.failed > 0) {
    fail(tests.failed, `${name}: ${tests.line}`)
    for (const line of failuresIn(lines)) console.error(`  ${line}`)
  } else if (files.failed > 0) fail(files.failed, `${name}: ${files.line}`)
  const errors = summary('Errors')
  if (errors !== null) fail(1, `${name}: ${errors.line}`)

  const allowed = lines
    .map((line) => /^\s*\S (\S+) \(.*\b(\d+) (?:skipped|todo)\b.*\)/.exec(line))
    .filter((found) => found !== null && maySkip.includes(`${name} ${found[1]} ${found[2]}`))
    .reduce((sum, found) => sum + Number(found[2]), 0)
  const skipped = tests.count('skipped') + tests.count('todo')
  total.skipped += Math.min(skipped, allowed)
  if (skipped > allowed) fail(skipped - allowed, `${name}: ${tests.line}; .ci/may-skip allows ${allowed} to be skipped`)
}
/** What vitest's report of the failed tests begins with for each: its name, and the lines up to the stack. */
function failuresIn(lines) {
  const starts = lines.flatMap((line, i) => (/^\s*FAIL\s/.test(line) ? [i] : []))
  return starts.flatMap((start, f) => {
    const report = lines.slice(start, starts[f + 1] ?? start + 40)
    const stack = report.findIndex((line) => /^\s*❯ /.test(line))
    return report.slice(0, stack === -1 ? 12 : Math.min(stack, 12)).map((line) => line.slice(0, 300))
  })
}

console.log(total.passed, total.failed, total.skipped)
