import { testConfig } from '@coherent-gradients/testkit/test-config'
import { defineConfig } from 'vitest/config'

// The tests share no state, so one import of Arrow serves them all.
export default defineConfig({ test: { ...testConfig, isolate: false } })
