import { either as E } from 'fp-ts'
import type { Experiment } from '../experiment.ts'
import type { UsageFailure } from './find-experiment.ts'

/** `key=value` settings of an experiment, each checked against the values that it allows. */
export function parseSettings(
  experiment: Pick<Experiment, 'id' | 'settings'>,
  texts: readonly string[],
): E.Either<UsageFailure, Record<string, string>> {
  const settings: Record<string, string> = {}
  for (const text of texts) {
    const [key, ...rest] = text.split('=')
    const value = rest.join('=')
    const allowed = Object.hasOwn(experiment.settings, key!) ? experiment.settings[key!] : undefined
    if (allowed === undefined || !allowed.includes(value)) {
      const choices = Object.entries(experiment.settings).map(([name, values]) => `${name}=${values.join('|')}`)
      const message = `--set ${text}: ${experiment.id} takes ${choices.length === 0 ? 'no settings' : choices.join(', ')}`
      return E.left({ _tag: 'UnknownSetting', message })
    }
    settings[key!] = value
  }
  return E.right(settings)
}
