#!/usr/bin/env node
import './require-node.js'
import { existsSync } from 'node:fs'

// `reproduce list | head` closes the pipe: that is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.on('SIGINT', () => {
  process.stderr.write('\nstopped: started again, it goes on from its last checkpoint\n')
  process.exit(130)
})

const sources = new URL('../src/main.ts', import.meta.url)
if (existsSync(sources)) {
  // After a pull the kernels may be older than their sources: a few milliseconds where they aren't.
  const { buildWasm } = await import(new URL('../../../packages/kernels/scripts/build-wasm.ts', import.meta.url))
  await buildWasm()
  await import(sources)
} else {
  await import('../dist/main.js') // as published
}
