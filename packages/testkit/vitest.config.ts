import { testConfig } from './src/test-config.ts'
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: testConfig })
