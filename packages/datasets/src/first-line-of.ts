import { printable } from '@coherent-gradients/core'

/** The first line of what a library says of an error, which may be many. */
export function firstLineOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return printable(text.split('\n', 1)[0]!, 200)
}
