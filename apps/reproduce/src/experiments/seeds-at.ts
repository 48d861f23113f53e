import type { Scale } from '../experiment.ts'
import { seedsOf } from './seeds-of.ts'

/** {@link seedsOf}, but one at smoke scale, the numbers of which mean little anyway. */
export function seedsAt(scale: Scale, settings: Readonly<Record<string, string>>, usual: number): readonly number[] {
  return scale === 'smoke' ? [1] : seedsOf(settings, usual)
}
