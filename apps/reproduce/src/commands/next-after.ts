import { program } from '../installed.ts'
import { USUAL_ENGINE, type Plan } from './plan-of.ts'

interface Suggestion {
  readonly command: string
  readonly why: string
  /** Whether a plan is what the command would make. */
  readonly isMadeBy: (plan: Plan) => boolean
}

const suggestions: readonly Suggestion[] = [
  {
    command: `${program} run fig-1 --set random=labels`,
    why: 'random labels in place of random images: when α misleads',
    isMadeBy: ({ experiment, set }) => experiment === 'fig-1' && set.includes('random=labels'),
  },
  {
    command: `${program} run fig-4 --scale smoke`,
    why: 'keep strong directions only: winsorized SGD on noisy labels',
    isMadeBy: ({ experiment }) => experiment === 'fig-4',
  },
  {
    command: `${program} run fig-9 --scale smoke`,
    why: 'right labels against wrong ones in one training set',
    isMadeBy: ({ experiment }) => experiment === 'fig-9',
  },
  {
    command: `${program} run example-1 example-7 example-8`,
    why: 'the idea in examples that can be checked by hand, in seconds',
    isMadeBy: ({ experiment }) => experiment.startsWith('example-'),
  },
  {
    command: `${program} measure --model your/model.json --dataset mnist`,
    why: 'the coherence of your own tfjs model',
    isMadeBy: () => false,
  },
]

/** Suggests what has not just been run, on the engine that was asked for. */
export function nextAfter(plans: readonly Plan[], engine: string): string {
  const flag = engine === USUAL_ENGINE ? '' : ` --engine ${engine}`
  return suggestions
    .filter(({ isMadeBy }) => !plans.some(isMadeBy))
    .map(({ command, why }) => `  ${command}${flag}\n      ${why}\n`)
    .join('')
}
