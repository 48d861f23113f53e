import { fork } from 'node:child_process'
import type { Comparison } from './comparison.ts'

/** What a process is to measure. */
export interface MeasureRequest {
  readonly engine: string
  /** Whether it was asked for by name, so that it is measured however slow it is. */
  readonly named: boolean
  /** Names of sections. */
  readonly only: readonly string[]
}

/** What a process tells. */
export type Measurement =
  | { readonly kind: 'not measured'; readonly reason: string }
  | { readonly kind: 'opened'; readonly name: string; readonly description: string }
  | { readonly kind: 'section'; readonly section: string; readonly lines: readonly Comparison[] }
  | { readonly kind: 'done' }

/**
 * Measures an engine in a process of its own, so that no engine's threads, caches and memory are another's, and tells of
 * each section as it ends. A process that ends before it is done has its last word as `not measured`.
 */
export function measureApart(request: MeasureRequest, tell: (message: Measurement) => void): Promise<void> {
  return new Promise((resolve) => {
    const child = fork(new URL('./measure-process.ts', import.meta.url), [JSON.stringify(request)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    let ended = false
    child.on('message', (message: Measurement) => {
      ended ||= message.kind === 'done' || message.kind === 'not measured'
      tell(message)
    })
    child.on('error', (error) => tell({ kind: 'not measured', reason: error.message }))
    child.on('close', (code, signal) => {
      if (!ended)
        tell({ kind: 'not measured', reason: `its process ended before it was done (${signal ?? `code ${code}`})` })
      resolve()
    })
  })
}
