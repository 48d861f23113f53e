import { testConfig } from '@coherent-gradients/testkit/test-config'
import { defineConfig } from 'vitest/config'

// Test files share nothing but the backends, which each opens for itself, so one load of tfjs serves them all.
export default defineConfig({ test: { ...testConfig, isolate: false } })
