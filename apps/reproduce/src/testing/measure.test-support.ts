import { commandLine } from '../command-line.ts'
import { captureConsole } from './capture-console.test-support.ts'

/** What `reproduce measure` with these arguments says. */
export async function measure(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const console = captureConsole()
  const code = await commandLine(['measure', ...argv], console)
  return { code, ...console.said }
}
