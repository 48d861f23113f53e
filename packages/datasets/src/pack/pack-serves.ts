import type { Preprocessing } from '../images/preprocessing.ts'

/**
 * Whether the examples that are asked for can be taken out of packed ones byte for byte: both are the middle of pictures
 * scaled alike, and the packed middle is no smaller.
 */
export function packServes(packed: unknown, asked: Preprocessing): boolean {
  const own = (packed ?? {}) as Partial<Preprocessing>
  if (own.kind !== 'centre-crop' || asked.kind !== 'centre-crop' || own.crop === undefined) return false
  const upright = (how: Partial<Preprocessing>): boolean => how.orientation !== 'stored'
  // Halves of odd differences are rounded, and twice is not once.
  const within = own.crop >= asked.crop && (own.crop - asked.crop) % 2 === 0
  return own.resize === asked.resize && within && upright(own) === upright(asked)
}
