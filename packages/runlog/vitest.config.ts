import { defineConfig } from 'vitest/config'

// The tests share no state, so one import of Arrow serves them all; and no clock decides whether a test passes.
export default defineConfig({ test: { isolate: false, testTimeout: 120_000 } })
