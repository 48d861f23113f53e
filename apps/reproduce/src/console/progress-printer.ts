import stringWidth from 'string-width'
import { formatMAlpha, formatProgress } from './format-progress.ts'
import { oneLine } from './one-line.ts'
import type { Progress } from './progress.ts'
import { type Output, painter } from './terminal.ts'

export interface ProgressPrinterOptions {
  /** Rewrite lines in place; where there is no terminal, plain lines now and then. */
  readonly isTerminal: boolean
  /** Milliseconds from any start: `performance.now`. */
  readonly clock: () => number
  /** Runs that are compared, in the order in which the first line names them: `['real', 'random']`. */
  readonly compared?: readonly string[]
  /** The first line speaks of the first common measurement at or after this step: earlier ones are a transient. */
  readonly settledAt?: number
  /** A last live line, below those of the runs. */
  readonly footer?: () => string
  /** Least time between plain lines of the same run, and between redraws of a terminal. */
  readonly everyMs?: { readonly plain: number; readonly terminal: number }
}

export interface ProgressPrinter {
  /** Takes in how far a run is, and prints when it is time to. */
  update(progress: Progress): void
  /** The run has ended: it leaves the live lines; `line`, if given, stays. */
  finish(run: string, line?: string): void
  /** A line that stays. */
  note(line: string): void
  /** Wipes the live lines. */
  close(): void
}

interface RunState {
  readonly progress: Progress
  readonly mAlpha: number | undefined
  readonly started: { readonly at: number; readonly step: number }
  /** When a plain line was last printed. */
  printed: number
}

const explanation = '1 means that an example helps nobody but itself'

/** As much of the text as fits into `columns`. */
function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let [kept, width] = ['', 0]
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width += stringWidth(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/**
 * Shows runs while they go on: on a terminal one live line for each, rewritten in place, elsewhere plain lines at most
 * every few seconds a run. Before anything else that means something it says, once, what the compared runs' coherence
 * is at the same step: `step 60: real m·α 6.6, random 0.8; 1 means that an example helps nobody but itself`.
 */
export function progressPrinter(
  stream: Output,
  {
    isTerminal,
    clock,
    compared = [],
    settledAt = 0,
    footer,
    everyMs = { plain: 5000, terminal: 100 },
  }: ProgressPrinterOptions,
): ProgressPrinter {
  const paint = painter(stream)
  const runs = new Map<string, RunState>()
  /** m·α of each compared run by step, until the first line is out. */
  const measured = new Map<number, Map<string, number>>()
  let saidFirst = compared.length === 0
  let live = 0
  let drawn = -Infinity

  const wipe = (): string => {
    const codes = live === 0 ? '' : `\u{1B}[${live}A\r\u{1B}[J`
    live = 0
    return codes
  }
  const liveLines = (): string => {
    const texts = [...[...runs.values()].map(lineOf), ...(footer === undefined || runs.size === 0 ? [] : [footer()])]
    const lines = texts.map((text) => cut(text, Math.max(20, (stream.columns ?? 80) - 1)))
    live = lines.length
    return lines.map((line) => `${line}\n`).join('')
  }
  const lineOf = ({ progress, mAlpha, started }: RunState): string => {
    const [elapsed, done] = [clock() - started.at, progress.step - started.step]
    const left =
      done > 0 && progress.steps !== undefined ? (elapsed / done) * (progress.steps - progress.step) : undefined
    return oneLine(formatProgress(progress, mAlpha, left))
  }
  const redraw = (staying = ''): void => {
    drawn = clock()
    stream.write(wipe() + staying + liveLines())
  }
  const say = (line: string): void => {
    if (isTerminal) redraw(`${line}\n`)
    else stream.write(`${line}\n`)
  }
  const compare = ({ run, step, mAlpha }: Progress): void => {
    if (saidFirst || mAlpha === undefined || step < settledAt || !compared.includes(run)) return
    const atStep = measured.get(step) ?? new Map<string, number>()
    measured.set(step, atStep.set(run, mAlpha))
    if (!compared.every((name) => atStep.has(name))) return
    saidFirst = true
    measured.clear()
    const parts = compared.map((name, i) => `${name}${i === 0 ? ' m·α' : ''} ${formatMAlpha(atStep.get(name)!)}`)
    say(paint('bold', oneLine(`step ${step}: ${parts.join(', ')}; ${explanation}`)))
  }

  return {
    update(progress) {
      const now = clock()
      const before = runs.get(progress.run)
      const state: RunState = {
        progress,
        mAlpha: progress.mAlpha ?? before?.mAlpha,
        started: before?.started ?? { at: now, step: progress.step },
        printed: before?.printed ?? now,
      }
      runs.set(progress.run, state)
      compare(progress)
      if (isTerminal && now - drawn >= everyMs.terminal) redraw()
      if (!isTerminal && now - state.printed >= everyMs.plain) {
        state.printed = now
        stream.write(`${lineOf(state)}\n`)
      }
    },
    finish(run, line) {
      runs.delete(run)
      if (line !== undefined) say(oneLine(line))
      else if (isTerminal) redraw()
    },
    note(line) {
      say(oneLine(line))
    },
    close() {
      runs.clear()
      stream.write(wipe())
    },
  }
}
