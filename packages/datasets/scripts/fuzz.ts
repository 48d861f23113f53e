import { spawnSync } from 'node:child_process'

// A hundred thousand damaged files over all formats, for a machine that has nothing else to do at night.
const runs = process.argv[2] ?? '6300'
const { status } = spawnSync('vitest', ['run', 'src/fuzz.test.ts'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  // Other files each night, unless a seed is named.
  env: { COHERENT_GRADIENTS_SEED: 'new', ...process.env, FUZZ_RUNS: runs },
})
process.exitCode = status ?? 1
