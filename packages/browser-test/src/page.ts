import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { trainingRun, type TrainingRun } from './training-run.ts'

/** Where the program runs, and whether it is told where tfjs's wasm is. */
export type Place = 'page' | 'page without wasmUrl' | 'worker'

declare global {
  /** What the test calls in the page. */
  var run: (engine: string, place: Place) => Promise<TrainingRun>
}

globalThis.run = (engine, place) => {
  if (place === 'worker') return inWorker(engine)
  return trainingRun(engine, place === 'page' ? { wasmUrl } : {})
}

function inWorker(engine: string): Promise<TrainingRun> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.addEventListener('message', ({ data }: MessageEvent<TrainingRun | string>) => {
      if (typeof data === 'string') reject(new Error(data))
      else resolve(data)
    })
    worker.postMessage(engine)
  })
}
