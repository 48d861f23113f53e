import type { Console } from '../commands/console.ts'

/** A console that keeps what is said. */
export interface CapturedConsole extends Console {
  readonly said: { out: string; err: string }
}

export function captureConsole(): CapturedConsole {
  const said = { out: '', err: '' }
  return {
    said,
    out: { write: (text: string) => (said.out += text) },
    err: { write: (text: string) => (said.err += text) },
    clock: () => performance.now(),
  }
}
