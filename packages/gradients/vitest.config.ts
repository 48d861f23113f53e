import { defineConfig } from 'vitest/config'

/** One load of tfjs for all test files of a worker: they share no state but the backends, which each opens for itself. */
export default defineConfig({ test: { isolate: false } })
