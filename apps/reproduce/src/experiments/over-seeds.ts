import type { Evidence } from '../verdict/judge-interval.ts'

/** One number of each seed. A seed without one says nothing, and its note should say so; where no seed has one, neither can the verdict. */
export function overSeeds<Each>(all: readonly Each[], measure: (each: Each) => number): Evidence {
  const samples = all.map(measure)
  const finite = samples.filter(Number.isFinite)
  return { samples: finite.length > 0 ? finite : samples }
}
