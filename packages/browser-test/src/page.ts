import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { trainingRun, type TrainingRun } from './training-run.ts'

declare global {
  /** What the test calls in the page. */
  var run: (engine: string, given: 'wasmUrl' | 'nothing') => Promise<TrainingRun>
}

globalThis.run = (engine, given) => trainingRun(engine, given === 'wasmUrl' ? { wasmUrl } : {})
