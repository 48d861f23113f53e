import { either as E, function as fn } from 'fp-ts'
import { shellWord } from '../cluster/shell-word.ts'
import type { Experiment, Scale } from '../experiment.ts'
import type { OwnRule } from '../own-rule/own-rule.ts'
import { ownRulePart, withOwnRule, type WithOwnRule } from '../own-rule/with-own-rule.ts'
import { program } from '../installed.ts'
import type { RunSpec } from '../run-spec.ts'
import { findExperiment, type UsageFailure } from './find-experiment.ts'
import { parseSettings } from './parse-settings.ts'

/** What was asked for, as plain data: `plan.json` in the plan's folder. */
export interface PlanRequest {
  readonly experiment: string
  readonly scale: Scale
  readonly engine: string
  /** `key=value`, as given. */
  readonly set: readonly string[]
  /** The rule that the user set, if any. */
  readonly own?: OwnRule
}

/** An experiment at a scale with its settings, and the specs of its runs. */
export interface Plan extends PlanRequest {
  readonly definition: Experiment<RunSpec>
  /** Names the plan's folder below the experiment's: `desk`, `desk+random=labels`. */
  readonly name: string
  /** The command line that makes it again. */
  readonly command: string
  readonly specs: readonly RunSpec[]
}

/** What computes where nothing else is asked for. */
export const USUAL_ENGINE = 'wasm'

/** Understands a request, or says what is wrong with it. */
export function planOf({ experiment: id, scale, engine, set, own }: PlanRequest): E.Either<UsageFailure, Plan> {
  return fn.pipe(
    E.Do,
    E.bind('definition', () => findExperiment(id)),
    E.bindW('settings', ({ definition }) => parseSettings(definition, set)),
    E.chainW(({ definition, settings }) => {
      if (definition.scales[scale] === undefined) {
        const message = `${id} has no scale '${scale}': choose ${Object.keys(definition.scales).join(', ')}`
        return E.left<UsageFailure>({ _tag: 'UnknownScale', message })
      }
      const unusual = Object.entries(settings)
        .filter(([key, value]) => definition.settings[key]![0] !== value)
        .map(([key, value]) => `${key}=${value}`)
        .toSorted()
      const engineParts = engine === USUAL_ENGINE ? [] : [`engine=${engine}`]
      const flags = [
        ...unusual.map((each) => `--set ${each}`),
        ...(engine === USUAL_ENGINE ? [] : [`--engine ${engine}`]),
        ...(own === undefined ? [] : [`--aggregator ${shellWord(own.given)}`]),
      ]
      const planned = definition.plan(scale, settings)
      const specs = planned.map((spec) => (spec.engine === undefined ? spec : { ...spec, engine }))
      const parts = own === undefined ? engineParts : [...engineParts, ownRulePart(own)]
      return E.map((made: WithOwnRule) => ({
        experiment: id,
        scale,
        engine,
        set: unusual,
        ...(own === undefined ? {} : { own }),
        definition: made.definition,
        name: [scale, ...unusual, ...parts].join('+'),
        command: [`${program} run`, id, `--scale ${scale}`, ...flags].join(' '),
        specs: made.specs,
      }))(own === undefined ? E.right({ definition, specs }) : withOwnRule(definition, specs, own))
    }),
  )
}
