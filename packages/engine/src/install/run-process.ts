import { spawn } from 'node:child_process'

export interface Finished {
  /** The exit code; null where a signal ended it. */
  readonly code: number | null
  /** The end of what it printed on both streams. */
  readonly output: string
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Called with each line of its standard output. */
  readonly onLine?: (line: string) => void
  /** Called again and again while it runs. */
  readonly onTick?: () => void
}

/** Runs a program to its end; null where there is no such program. */
export function runProcess(
  command: string,
  args: readonly string[],
  { env = process.env, cwd, onLine, onTick }: ProcessOptions = {},
): Promise<Finished | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ticking = onTick === undefined ? undefined : setInterval(onTick, 200)
    let output = ''
    let line = ''
    const keep = (text: string): void => {
      output = (output + text).slice(-20_000)
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      keep(text)
      const lines = (line + text).split('\n')
      line = lines.pop()!
      for (const each of lines) onLine?.(each)
    })
    child.stderr.setEncoding('utf8').on('data', keep)
    const end = (finished: Finished | null): void => {
      clearInterval(ticking)
      resolve(finished)
    }
    child.on('error', (error) => {
      const missing = 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')
      end(missing ? null : { code: null, output: error.message })
    })
    child.on('close', (code) => end({ code, output }))
  })
}
