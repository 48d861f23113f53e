import { boundReading } from './bound-reading.ts'
import type { Bounded } from './bounded.ts'
import { warningsOf } from './warnings-of.ts'

/** What `bound --json` prints, as one plain object. Logarithms are natural; null stands for a bound of 0, or beyond float64. */
export function boundedJson(found: Bounded): Record<string, unknown> {
  const { series, constants, between, result, logWithoutCoherence, logLooser, halfBy, earlier, layers } = found
  return {
    logBound: finite(result.logBound),
    bound: finite(result.bound),
    labels: result.labels,
    standing: result.labels.length === 0 ? 'bound' : 'no bound',
    reading: boundReading(found),
    warnings: warningsOf(found),
    steps: series.learningRates.length,
    probes: series.probes.length,
    between,
    alphaIs: series.alphaIs,
    filled: result.filled,
    clamped: result.clamped,
    halfBy,
    constants: {
      lipschitz: constants.lipschitz,
      smoothness: constants.smoothness,
      examples: constants.examples,
      provenance: constants.provenance,
    },
    logWithoutCoherence: finite(logWithoutCoherence),
    ...(logLooser === null ? {} : { logFixedRateLooser: finite(logLooser) }),
    earlier: earlier.map(({ name, theorem, logBound, unmet }) => ({
      name,
      theorem,
      logBound: finite(logBound),
      unmet,
    })),
    ...(layers === null
      ? {}
      : {
          layers: {
            standing: 'estimate',
            logBound: finite(layers.logBound),
            parts: layers.parts.map(({ layer, logPart }) => ({ layer, logPart: finite(logPart) })),
          },
        }),
    source: series.source,
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
