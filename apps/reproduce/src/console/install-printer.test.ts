import { expect, it } from 'vitest'
import { installPrinter } from './install-printer.ts'

function printed(isTerminal: boolean): string {
  let text = ''
  let now = 0
  const stream = { write: (more: string) => void (text += more) }
  const printer = installPrinter(stream, { isTerminal, clock: () => (now += 60) })
  for (let done = 0; done <= 200e6; done += 10e6) {
    printer.update({ step: 'download', what: 'tensorflow 2.15.1', bytes: { done, total: 200e6 } })
  }
  printer.update({ step: 'compile', what: 'the binding' })
  printer.close()
  return text
}

it('prints a line for each tenth where there is no terminal', () => {
  const lines = printed(false).trimEnd().split('\n')
  expect(lines[0]).toBe('fetching tensorflow 2.15.1 0% of 200 MB')
  expect(lines[1]).toBe('fetching tensorflow 2.15.1 10% of 200 MB')
  expect(lines.at(-1)).toBe('compiling the binding')
  expect(lines).toHaveLength(12)
})

it('rewrites one line on a terminal, and wipes it in the end', () => {
  const text = printed(true)
  expect(text).not.toContain('\n')
  const lines = text.split('\r\u{1B}[K')
  expect(lines.slice(-2)).toEqual(['compiling the binding', ''])
  expect(lines[1]).toBe('fetching tensorflow 2.15.1 0% of 200 MB')
  expect(lines.length).toBeLessThan(18)
})
