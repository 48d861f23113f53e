import { defineConfig } from 'vitest/config'

// Test files share nothing but the backends, which each opens for itself, so one load of tfjs serves them all; and no
// clock decides whether a test passes.
export default defineConfig({ test: { isolate: false, testTimeout: 120_000 } })
