/**
 * Starts making the next of some values while one is in use, and no more than that one: a batch is read and decoded while
 * the step before it is computed. What is asked for out of turn is made when it is asked for.
 *
 * @param end makes nothing from here on.
 */
export function aheadOf<A>(make: (step: number) => Promise<A>, end: number): (step: number) => Promise<A> {
  let next: { readonly step: number; readonly value: Promise<A> } | undefined
  return (step) => {
    const value = next?.step === step ? next.value : make(step)
    next = undefined
    return value.then((made) => {
      if (step + 1 < end) {
        next = { step: step + 1, value: make(step + 1) }
        next.value.catch(() => {}) // its turn comes later
      }
      return made
    })
  }
}
