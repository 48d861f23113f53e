import type { TimeTaken } from './time-taken.ts'

/** `8 s`, `4.2 min`, `31 min`; `of runs` where they are only added up. */
export function timeWords({ ms, of }: TimeTaken): string {
  const minutes = ms / 60_000
  const said =
    minutes < 0.995 ? `${Math.ceil(ms / 1000)} s` : `${minutes < 9.95 ? minutes.toFixed(1) : Math.round(minutes)} min`
  return of === 'wall' ? said : `${said} of runs`
}
