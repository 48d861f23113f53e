import type { InstallProgress } from '@coherent-gradients/engine/install'
import type { Output } from './terminal.ts'

export interface InstallPrinter {
  update(progress: InstallProgress): void
  close(): void
}

const doing = {
  download: 'fetching',
  unpack: 'unpacking',
  compile: 'compiling',
  install: 'installing',
  check: 'trying',
}

/** Shows an installation: on a terminal one line that is rewritten, elsewhere a line for each tenth of a step. */
export function installPrinter(
  stream: Output,
  { isTerminal, clock }: { readonly isTerminal: boolean; readonly clock: () => number },
): InstallPrinter {
  let shown = ''
  let drawn = -Infinity
  return {
    update({ step, what, bytes }) {
      const task = `${doing[step]} ${what}`
      if (isTerminal) {
        if (clock() - drawn < 100 && shown === task) return
        drawn = clock()
        shown = task
        stream.write(`\r\u{1B}[K${task}${bytes === undefined ? '' : ` ${percent(bytes)}% of ${size(bytes.total)}`}`)
        return
      }
      const tenth = bytes === undefined ? '' : ` ${Math.floor(percent(bytes) / 10) * 10}% of ${size(bytes.total)}`
      if (`${task}${tenth}` === shown) return
      shown = `${task}${tenth}`
      stream.write(`${shown}\n`)
    },
    close() {
      if (isTerminal) stream.write('\r\u{1B}[K')
    },
  }
}

function percent({ done, total }: { readonly done: number; readonly total: number }): number {
  return Math.min(100, Math.floor((100 * done) / total))
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
