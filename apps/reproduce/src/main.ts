import { commandLine } from './command-line.ts'
import { printUnexpected } from './console/print-unexpected.ts'

// Also what is thrown where nobody waits. TensorFlow.js's wasm module would throw it once more, and Node then ends with 7.
process.on('uncaughtException', (error) => {
  printUnexpected(process.stderr, error)
  process.exit(1)
})

process.exitCode = await commandLine(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  clock: () => performance.now(),
})
