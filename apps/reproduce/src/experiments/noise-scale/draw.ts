import type { Figure, Panel, Series } from '../../figure/figure.ts'
import { noiseScaleOf, noiseScalesOf, stepsBy, TARGET, type NoiseCurve, type SeedScale } from './noise-scales.ts'
import type { RunResult } from '../../run-result.ts'

/** Steps by batch size beside what α foretells, the noise scale on the way, and the learning rates that were tried. */
export function drawNoiseScale(results: readonly RunResult[], what: string): Figure {
  const all = noiseScalesOf(results)
  return {
    id: 'noise-scale',
    title: 'How large a batch helps: the noise scale that α says',
    caption:
      `${what} Left: the steps to a training loss of ${TARGET}, at the learning rate that took the fewest; dots are ` +
      'runs, a curve for each seed. By α: S_min (1 + B/B′) for batches of B′, B = (1 − α)/α with α = Σ ‖E g‖²/Σ E‖g‖² ' +
      'over the largest batch’s way there, S_min from its steps; no other run goes into it. Middle: (1 − α)/α at each measurement on ' +
      'that way; a gap where the estimate of α isn’t above 0. Right: the steps by learning rate; a curve that ends has no more rates that reach the loss.',
    rows: [[stepsPanel(all), scalePanel(all), ratesPanel(all)]],
  }
}

const batch = { label: 'batch size', scale: 'log' } as const

function stepsPanel(all: readonly SeedScale[]): Panel {
  const curve = (of: NoiseCurve, { best }: SeedScale): Series['points'] => {
    const [low, high] = [Math.log(best[0]!.batchSize), Math.log(best.at(-1)!.batchSize)]
    return Array.from({ length: 41 }, (_, i) => {
      const size = Math.exp(low + ((high - low) * i) / 40)
      return [size, stepsBy(of, size)] as const
    })
  }
  return {
    title: 'Steps to the loss',
    x: batch,
    y: { label: 'steps', scale: 'log' },
    series: all.flatMap((seed): Series[] => [
      { name: 'foretold by α', role: 'random', mark: 'line', dash: true, points: curve(seed.predicted, seed) },
      { name: 'fitted to the steps', role: 'neutral', mark: 'line', points: curve(seed.fitted, seed) },
      {
        name: 'steps',
        role: 'real',
        mark: 'dots',
        points: seed.best.map(({ batchSize, steps }) => [batchSize, steps] as const),
      },
    ]),
  }
}

function scalePanel(all: readonly SeedScale[]): Panel {
  const fitted = all.map(({ fitted: { noiseScale } }) => noiseScale).filter(Number.isFinite)
  const middle = fitted.reduce((sum, x) => sum + x, 0) / fitted.length
  return {
    title: 'The noise scale',
    x: { label: 'training loss', reverse: true },
    y: { label: '(1 − α)/α, examples', scale: 'log' },
    series: all.map(({ along }) => ({
      name: 'by α',
      role: 'random',
      mark: 'line-and-dots',
      points: along.map((moment) => {
        const noiseScale = noiseScaleOf([moment])
        return [moment.loss, Number.isFinite(noiseScale) ? noiseScale : Number.NaN] as const
      }),
    })),
    ...(fitted.length === 0 ? {} : { rules: [{ y: middle, label: 'fitted to the steps' }] }),
  }
}

function ratesPanel(all: readonly SeedScale[]): Panel {
  const sizes = [...new Set(all.flatMap((seed) => seed.all.map(({ batchSize }) => batchSize)))].toSorted(
    (a, b) => a - b,
  )
  return {
    title: 'Learning rates',
    x: { label: 'learning rate', scale: 'log' },
    y: { label: 'steps', scale: 'log' },
    series: sizes.flatMap((size) =>
      all.map((seed): Series => ({
        name: `batches of ${size}`,
        mark: 'line-and-dots',
        points: seed.all
          .filter(({ batchSize, steps }) => batchSize === size && Number.isFinite(steps))
          .toSorted((a, b) => a.learningRate - b.learningRate)
          .map(({ learningRate, steps }) => [learningRate, steps] as const),
      })),
    ),
  }
}
