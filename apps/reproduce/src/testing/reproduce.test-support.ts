import { commandLine } from '../command-line.ts'
import { captureConsole } from './capture-console.test-support.ts'

/** What `reproduce` with these arguments says. Its clock stands: progress would else be told where the machine is slow. */
export async function reproduce(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const console = { ...captureConsole(), clock: () => 0 }
  const code = await commandLine(argv, console)
  return { code, ...console.said }
}
