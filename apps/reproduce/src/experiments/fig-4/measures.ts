import type { RunResult } from '../../run-result.ts'
import { lateAccuracy, peakAccuracy, unmemorised } from './accuracy.ts'

/** Training minus test accuracy in the end. */
export function overfit(run: RunResult): number {
  return lateAccuracy(run, 'train') - lateAccuracy(run, 'test')
}

/** Accuracy on the training labels that are wrong, in the end. */
export function corruptAccuracy(run: RunResult): number {
  return lateAccuracy(run, 'train', 'corrupt')
}

/** Highest training accuracy minus that of fitting every right label and no wrong one: above 0 only by memorising. */
export function margin(run: RunResult): number {
  return peakAccuracy(run, 'train') - unmemorised(run)
}

/** How far training accuracy ends below its highest. */
export function fall(run: RunResult): number {
  return peakAccuracy(run, 'train') - lateAccuracy(run, 'train')
}
