import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { trainingRun } from './training-run.ts'

globalThis.addEventListener('message', async ({ data: engine }: MessageEvent<string>) => {
  try {
    globalThis.postMessage(await trainingRun(engine, { wasmUrl }))
  } catch (error) {
    globalThis.postMessage(String(error))
  }
})
