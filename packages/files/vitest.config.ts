import { testConfig } from '@coherent-gradients/testkit/test-config'
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: testConfig })
