import { defineConfig } from 'vitest/config'

// No clock decides whether a test passes.
export default defineConfig({ test: { testTimeout: 300_000, hookTimeout: 300_000 } })
