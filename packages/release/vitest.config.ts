import { testConfig } from '@coherent-gradients/testkit/test-config'
import { defineConfig } from 'vitest/config'

const packed = ['src/tarballs/**/*.test.ts', 'src/consumers/**/*.test.ts']

// Tests of packed packages share one build, pack and install; the others don't wait for it when run by themselves.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'workspace', include: ['src/**/*.test.ts'], exclude: packed, ...testConfig } },
      { test: { name: 'packed', include: packed, globalSetup: './src/global-setup.ts', ...testConfig } },
    ],
  },
})
