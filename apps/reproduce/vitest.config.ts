import { defineConfig } from 'vitest/config'

// Whole runs are made here, in threads of their own.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 60_000 } })
