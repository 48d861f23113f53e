import type { EngineName } from '@coherent-gradients/engine'
import type { EngineReport } from '@coherent-gradients/engine/doctor'
import { fork } from 'node:child_process'
import { processFile } from '../installed.ts'

/** Longer than any engine takes to open and to make three steps. */
const PATIENCE_MS = 60_000

/** Examines an engine in a process of its own: a driver that crashes or hangs takes nothing else with it. */
export async function examineApart(name: EngineName): Promise<EngineReport> {
  const answer = await answerOf(name)
  return typeof answer === 'string' ? { name, works: false, reason: `engine ${name} ${answer}` } : answer
}

/** What the automatic choice takes on this machine; undefined where nothing opens. */
export async function automaticChoice(): Promise<EngineName | undefined> {
  const answer = await answerOf('auto')
  return typeof answer === 'string' || !answer.works ? undefined : answer.name
}

/** What examining an engine found, or in words what became of the process. */
function answerOf(name: EngineName | 'auto'): Promise<EngineReport | string> {
  return new Promise((resolve) => {
    const child = fork(processFile('doctor/examine-process'), [name], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    const end = (answer: EngineReport | string): void => {
      clearTimeout(patience)
      resolve(answer)
    }
    child.on('message', (report) => end(report as EngineReport))
    child.on('error', (error) => end(`can't be tried: ${error.message}`))
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') end(`gave no answer within ${PATIENCE_MS / 1000} seconds`)
      else end(`ended its process (${signal ?? `code ${code}`}) as it was tried`)
    })
  })
}
