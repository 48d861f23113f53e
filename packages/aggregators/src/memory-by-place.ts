import type { AggregatorState } from '@coherent-gradients/gradients'

/** A weight's place where its name was: `slow/#3`. */
const PLACE = /#(\d+)$/

/**
 * A rule's memory with each weight's place in the model for its name, so that it fits the same model made anew, whose layers
 * tfjs gives other names. Entries that belong to no weight keep theirs. The tensors are the same.
 *
 * @example
 * memoryByPlace({ 'slow/dense_1/kernel': μ, started: one }, ['dense_1/kernel']) // { 'slow/#0': μ, started: one }
 */
export function memoryByPlace(memory: AggregatorState, weights: readonly string[]): AggregatorState {
  return renamed(memory, (name) => {
    const places = weights
      .map((weight, place) => ({ weight, place }))
      .filter(({ weight }) => name === weight || name.endsWith(`/${weight}`))
    const longest = places.toSorted((a, b) => b.weight.length - a.weight.length)[0]
    return longest === undefined ? name : `${name.slice(0, name.length - longest.weight.length)}#${longest.place}`
  })
}

/**
 * The inverse, by the names of the weights of the model at hand.
 *
 * @throws RangeError where a place has no weight.
 */
export function memoryByName(memory: AggregatorState, weights: readonly string[]): AggregatorState {
  return renamed(memory, (name) => {
    const place = PLACE.exec(name)
    if (place === null) return name
    const weight = weights[Number(place[1])]
    if (weight !== undefined) return `${name.slice(0, place.index)}${weight}`
    throw new RangeError(
      `withAggregator: required a model with the weights of the memory, ${Number(place[1]) + 1} or more, found ${weights.length}`,
    )
  })
}

function renamed(memory: AggregatorState, rename: (name: string) => string): AggregatorState {
  return Object.fromEntries(Object.entries(memory).map(([name, tensor]) => [rename(name), tensor]))
}
