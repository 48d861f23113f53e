import type { Failure } from '@coherent-gradients/core'
import { oneLine } from './one-line.ts'
import { type Output, painter } from './terminal.ts'

/** A failure as exactly one line, `error: <message>`, whatever its message holds. Meant for stderr. */
export function printFailure(stream: Output, failure: Failure): void {
  stream.write(`${painter(stream)(['red', 'bold'], 'error:')} ${oneLine(failure.message)}\n`)
}
