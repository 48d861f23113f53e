import { nearestNames } from './nearest-names.ts'

/** `did you mean fig-1 or fig-11?`; undefined where nothing comes near. */
export function didYouMean(typed: string, names: readonly string[]): string | undefined {
  const near = nearestNames(typed, names)
  return near.length === 0 ? undefined : `did you mean ${near.join(' or ')}?`
}
