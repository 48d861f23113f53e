import type { Progress } from './progress.ts'
import { withMinus } from '../text/with-minus.ts'

/** Three digits at most, never an exponent where a reader doesn't need one: `0.412`, `6.6`, `12`. */
const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(value >= 1 ? 2 : 3))) : 'not finite'

/** `0:42`, `3:05`, `1:02:09`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** m·α in words' reach: two digits, `6.6`, `0.8`, `12`; what is 0 but for rounding is 0. */
export const formatMAlpha = (value: number): string => {
  if (!Number.isFinite(value)) return 'not finite'
  return Math.abs(value) < 1e-6 ? '0' : withMinus(String(Number(value.toPrecision(value < 1 ? 1 : 2))))
}

/**
 * One run's state as one line: `real  480/1750  epoch 24  loss 0.41  accuracy 91%  m·α 5.7  0:42 left`.
 *
 * @param mAlpha the last one measured.
 * @param leftMs time to the last step at the pace so far; `undefined` while nobody can tell.
 */
export function formatProgress(
  { run, step, steps, epoch, loss, accuracy }: Progress,
  mAlpha: number | undefined,
  leftMs: number | undefined,
): string {
  return [
    run,
    steps === undefined ? `step ${step}` : `step ${step}/${steps}`,
    ...(epoch === undefined ? [] : [`epoch ${Math.floor(epoch)}`]),
    ...(loss === undefined ? [] : [`loss ${short(loss)}`]),
    ...(accuracy === undefined ? [] : [`accuracy ${Math.floor(accuracy * 100)}%`]),
    ...(mAlpha === undefined ? [] : [`m·α ${formatMAlpha(mAlpha)}`]),
    ...(leftMs === undefined ? [] : [`${formatDuration(leftMs)} left`]),
  ].join('  ')
}
