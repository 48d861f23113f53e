import type { TrainingSpec } from '../../run-spec.ts'

/** Names the arm of a rule of the user's own beside M3 and A3: theirs, with its name in the place of M3's. */
export function ownArm({ arm }: TrainingSpec, rule: string): string {
  return arm.replace(/ (?:M3|A3)$/, ` ${rule}`)
}
