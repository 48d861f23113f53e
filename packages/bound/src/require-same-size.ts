/** Throws where a vector has another length than it must. */
export function requireSameSize(what: string, required: number, found: number): void {
  if (found !== required) throw new RangeError(`${what}: required a vector of ${required}, found one of ${found}`)
}
