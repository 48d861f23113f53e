import type { Scale } from '../experiment.ts'

/** The seeds of a plan that has three of them at desk scale unless `--set seeds=n` says otherwise, and one at any other. */
export function threeSeeds(scale: Scale, settings: Readonly<Record<string, string>>): readonly number[] {
  const count = scale === 'desk' ? Number(settings['seeds'] ?? '3') : 1
  return Array.from({ length: count }, (_, i) => i + 1)
}
