/** An fp-ts `Either` of a failure that has a message, by its shape. */
export type Outcome<L, R> = { readonly _tag: 'Left'; readonly left: L } | { readonly _tag: 'Right'; readonly right: R }

/**
 * The value of what must succeed.
 *
 * @throws Error with the failure's message where it didn't.
 */
export function rightOf<R>(outcome: Outcome<{ readonly message: string }, R>): R {
  if (outcome._tag === 'Left') throw new Error(`required success, found: ${outcome.left.message}`)
  return outcome.right
}
