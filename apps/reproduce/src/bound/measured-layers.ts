import type { CoherenceRow } from '@coherent-gradients/runlog'
import type { MeasuredLayers } from './measured-series.ts'

const SCOPE = 'layer:'

/**
 * The layers' parts in the mean squared norm, and their α, out of a run's rows of one split and population.
 *
 * A row after t updates holds what the weights before step t + 1 had. Rows are left out in which every gradient is 0 or
 * that lack a layer.
 *
 * @returns undefined where no layers were measured before any of the T steps.
 */
export function measuredLayers(
  rows: readonly CoherenceRow[],
  alphaOf: (row: CoherenceRow) => number | null,
  T: number,
): MeasuredLayers | undefined {
  const ofLayers = rows.filter(({ scope }) => scope.startsWith(SCOPE))
  const names = [...new Set(ofLayers.map(({ scope }) => scope.slice(SCOPE.length)))]
  const byStep = new Map<number, CoherenceRow[]>()
  for (const row of ofLayers) byStep.set(row.step + 1, [...(byStep.get(row.step + 1) ?? []), row])
  const probes = [...byStep]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([step, found]) => {
      const whole = found.reduce((sum, { meanSquaredNorm }) => sum + meanSquaredNorm, 0)
      if (step > T || !(whole > 0) || found.length !== names.length) return []
      const layers = names.flatMap((name) =>
        found
          .filter(({ scope }) => scope === SCOPE + name)
          .map((row) => ({
            share: row.meanSquaredNorm / whole,
            alpha: Math.min(1, Math.max(0, alphaOf(row) ?? 0)),
          })),
      )
      return layers.length === names.length ? [{ step, layers }] : []
    })
  return probes.length === 0 ? undefined : { names, probes }
}
