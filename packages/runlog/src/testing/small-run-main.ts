import { smallRun } from './small-run.ts'

// node small-run-main.ts <directory> <steps>: prints each step, so that a test can kill it in the middle.
const [directory, steps] = process.argv.slice(2)
await smallRun(directory!, Number(steps), (step) => process.stdout.write(`${step}\n`))
