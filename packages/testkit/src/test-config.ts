import { fileURLToPath } from 'node:url'

/** What the tests of every package share, for `vitest.config.ts`: one seed for all random cases, and no clock that decides. */
export const testConfig: { readonly setupFiles: string[]; readonly testTimeout: number; readonly hookTimeout: number } =
  {
    setupFiles: [fileURLToPath(new URL('./seed.ts', import.meta.url))],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  }
