import { defineConfig } from 'vitest/config'

// No clock decides whether a test passes.
export default defineConfig({ test: { testTimeout: 120_000 } })
