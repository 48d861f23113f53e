import type { Split } from '@coherent-gradients/core'

/** Closes the files of a split that has any open. */
export async function closeSplit(split: Split): Promise<void> {
  if ('close' in split && typeof split.close === 'function') await split.close()
}

/** What a split of pictures left out because it could not be decoded, a line each. */
export function leftOutOf(split: Split): readonly string[] {
  if (!('leftOut' in split)) return []
  const left: unknown = typeof split.leftOut === 'function' ? split.leftOut() : split.leftOut
  return (left as readonly { message?: string; failure?: { message: string } }[]).map(
    ({ message, failure }) => message ?? failure?.message ?? '',
  )
}
