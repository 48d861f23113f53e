import { commandLine } from './command-line.ts'

process.exitCode = await commandLine(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  clock: () => performance.now(),
})
