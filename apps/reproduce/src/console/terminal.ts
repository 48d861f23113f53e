import { styleText } from 'node:util'

/** The little that the printers ask of a stream; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  /** Node's own answer, which honours NO_COLOR, FORCE_COLOR and TERM. */
  hasColors?(): boolean
}

type Format = Parameters<typeof styleText>[0]

/** Styles text where the stream shows colours, and leaves it as it is elsewhere: in a pipe, in a log, under NO_COLOR. */
export function painter(stream: Output): (format: Format, text: string) => string {
  const colours = stream.isTTY === true && stream.hasColors?.() === true
  return (format, text) => (colours ? styleText(format, text, { validateStream: false }) : text)
}
