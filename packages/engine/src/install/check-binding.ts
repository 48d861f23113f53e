import { either as E } from 'fp-ts'
import type { InstallFailure } from './install-failure.ts'
import { lastLine } from './last-line.ts'
import { runProcess } from './run-process.ts'

const script = `
const binding = require(process.argv[1])
console.log(JSON.stringify({ tensorflow: binding.TF_Version, gpu: binding.isUsingGpuDevice() }))
`

/** What a binding says of itself. */
export interface CheckedBinding {
  /** TensorFlow's version. */
  readonly tensorflow: string
  /** Whether it computes on a GPU. */
  readonly gpu: boolean
}

/** Loads a binding in a process of its own, which alone dies if the machine can't run it. */
export async function checkBinding(binding: string): Promise<E.Either<InstallFailure, CheckedBinding>> {
  const finished = await runProcess(process.execPath, ['-e', script, binding], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  })
  const output = finished?.output ?? ''
  const told = output.split('\n').find((line) => line.startsWith('{"tensorflow"'))
  if (finished?.code === 0 && told !== undefined) return E.right(JSON.parse(told) as CheckedBinding)
  const reason = finished?.code === null ? 'it was ended by a signal: is the processor without AVX?' : lastLine(output)
  const message = `${binding}: can't be loaded (${reason})`
  return E.left({ _tag: 'StepFailed', message, step: 'check', output })
}
