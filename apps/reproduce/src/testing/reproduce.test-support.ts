import { commandLine } from '../command-line.ts'
import { captureConsole } from './capture-console.test-support.ts'

/** What `reproduce` with these arguments says. */
export async function reproduce(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const console = captureConsole()
  const code = await commandLine(argv, console)
  return { code, ...console.said }
}
