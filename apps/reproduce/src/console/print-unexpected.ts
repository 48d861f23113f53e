import { printFailure } from './print-failure.ts'
import type { Output } from './terminal.ts'

/**
 * Something that was thrown and nobody foresaw, as one line that asks for a report. Meant for stderr.
 *
 * @param debug prints the stack below it, unless said where the environment sets DEBUG.
 */
export function printUnexpected(stream: Output, error: unknown, debug: boolean = Boolean(process.env['DEBUG'])): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where = debug ? '' : ' (with DEBUG=1 it says where)'
  printFailure(stream, { _tag: 'Unexpected', message: `unexpected error, ${what}: please report it${where}` })
  if (debug && error instanceof Error) stream.write(`${error.stack}\n`)
}
