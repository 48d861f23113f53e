import { Worker } from 'node:worker_threads'

/** From one look at whose child this process is to the next. */
const LOOK_AGAIN_MS = 500

/**
 * Ends this process soon after the one that started it is gone, however that ended.
 *
 * The closed channel would say so, but only in a turn of the event loop, and a run can compute for minutes without one.
 * So a thread looks besides: who has lost its parent has another one. (On Windows that isn't so, and the channel is all.)
 *
 * @param parent the number of the process that started this one, as it told it.
 */
export function endWithParent(parent: number): void {
  process.once('disconnect', () => process.exit(1))
  const look = `
    const { workerData: { parent, ms } } = require('node:worker_threads')
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), ms)`
  const workerData = { parent, ms: LOOK_AGAIN_MS }
  new Worker(look, { eval: true, workerData, execArgv: [], name: 'parent' }).unref()
}
