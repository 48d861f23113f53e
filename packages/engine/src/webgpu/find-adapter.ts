import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'

/** What a process of its own found: a GPU, an adapter in software, none, or that WebGPU can't be tried like this. */
export type FoundAdapter = 'gpu' | 'software' | 'none' | 'untried'

/** Longer than any driver takes to start. */
const PATIENCE_MS = 60_000

const answers: Readonly<Record<number, FoundAdapter>> = { 10: 'gpu', 11: 'software', 12: 'none' }

/**
 * Looks for WebGPU's adapter in a process of its own, whose stderr nobody reads: Dawn and the drivers below it write
 * there about every driver that they can't use.
 *
 * Rejects with an Error where the process crashes or hangs, as this one would.
 *
 * @param dawn the file of npm's `webgpu`
 */
export function findAdapter(dawn: string): Promise<FoundAdapter> {
  const program = `
    const { create, globals } = await import(${JSON.stringify(pathToFileURL(dawn).href)})
    Object.assign(globalThis, globals)
    const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' })
    process.exit(adapter === null ? 12 : adapter.info.isFallbackAdapter ? 11 : 10)`
  const options = { timeout: PATIENCE_MS, killSignal: 'SIGKILL' } as const
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, ['--input-type=module', '--eval', program], options, () => {
      const { exitCode, signalCode } = child
      if (signalCode === null) resolve(answers[exitCode ?? 0] ?? 'untried')
      else if (signalCode === 'SIGKILL') reject(new Error('the driver of WebGPU gives no answer'))
      else reject(new Error(`the driver of WebGPU crashes (${signalCode})`))
    })
  })
}
