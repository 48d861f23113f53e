import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { chainOf, whyNoChain, type Stage } from './chain.ts'
import type { AggregatorFailure, InvalidOption } from './failures.ts'
import type { RuleOptions } from './parse-options.ts'
import { perLayer } from './per-layer.ts'
import { schedule } from './schedule.ts'
import { stages } from './stages.ts'
import { stepValueAt, whyNoStepValue, type StepValue } from './step-value.ts'
import { warmup } from './warmup.ts'

type Made<Value> = E.Either<AggregatorFailure, Value>
/** Makes the rules that a spec holds inside. */
type MakeInner = (spec: RuleOptions) => Made<Aggregator>

/** A rule made of others, as a spec names it. */
export interface Combinator {
  readonly rule: string
  make(options: RuleOptions, inner: MakeInner): Made<Aggregator>
}

/** What a `perLayer`, `warmup`, `chain` or `schedule` is as plain data. */
export const combinators: readonly Combinator[] = [
  { rule: 'chain', make: makeChain },
  { rule: 'per-layer', make: makePerLayer },
  { rule: 'warmup', make: makeWarmup },
  { rule: 'schedule', make: makeSchedule },
]

/** `{ rule: 'chain', stages: [{ stage: 'clip-rows', norm: 1 }, { rule: 'mean' }] }` */
function makeChain(options: RuleOptions, inner: MakeInner): Made<Aggregator> {
  const found = options['stages']
  if (!Array.isArray(found)) return E.left(misfit('chain', 'stages', 'a list of stages', found))
  return E.chain((made: readonly Stage[]): Made<Aggregator> => {
    const wrong = whyNoChain(made)
    return wrong === undefined ? E.right(chainOf(made)) : E.left(unfit('chain', 'stages', wrong))
  })(onlyKnown('chain', options, ['stages'], () => all(found.map((each: unknown, i) => makeStage(each, i, inner)))))
}

function makeStage(found: unknown, i: number, inner: MakeInner): Made<Stage> {
  const where = `stage ${i + 1}`
  if (!isObject(found)) return E.left(misfit('chain', where, 'a rule or a stage', found))
  if ('rule' in found) return within(`chain, ${where}`, inner(found))
  const { stage, ...options } = found
  const known = stages.find(({ stage: name }) => name === stage)
  if (known !== undefined) return within(`chain, ${where}`, known.make(options))
  const names = stages.map(({ stage: name }) => name).join(', ')
  return E.left(misfit('chain', where, `a rule or one of the stages ${names}`, found))
}

/** `{ rule: 'per-layer', layers: { 'dense_*': { rule: 'coordinate-median' } }, otherwise: { rule: 'mean' } }` */
function makePerLayer(options: RuleOptions, inner: MakeInner): Made<Aggregator> {
  const { layers, otherwise } = options
  if (!isObject(layers) || Object.hasOwn(layers, 'otherwise')) {
    return E.left(misfit('per-layer', 'layers', 'a rule for each pattern of layers', layers))
  }
  const made = onlyKnown('per-layer', options, ['layers', 'otherwise'], () =>
    all([
      ...Object.entries(layers).map(([pattern, spec]) => innerRule('per-layer', pattern, spec, inner)),
      innerRule('per-layer', 'otherwise', otherwise, inner),
    ]),
  )
  return E.chain((rules: readonly Aggregator[]): Made<Aggregator> => {
    const named = Object.fromEntries(Object.keys(layers).map((pattern, i) => [pattern, rules[i]!]))
    return attempt('per-layer', 'layers', () => perLayer({ ...named, otherwise: rules.at(-1)! }))
  })(made)
}

/** `{ rule: 'warmup', steps: 100, before: { rule: 'mean' }, after: { rule: 'median-of-means', groups: 3 } }` */
function makeWarmup(options: RuleOptions, inner: MakeInner): Made<Aggregator> {
  const { steps, before, after } = options
  if (!Number.isSafeInteger(steps) || (steps as number) < 0) {
    return E.left(misfit('warmup', 'steps', 'a whole number ≥ 0', steps))
  }
  const made = onlyKnown('warmup', options, ['steps', 'before', 'after'], () =>
    all([innerRule('warmup', 'before', before, inner), innerRule('warmup', 'after', after, inner)]),
  )
  return E.chain(([first, then]: readonly Aggregator[]): Made<Aggregator> =>
    attempt('warmup', 'after', () => warmup(steps as number, first!, then!)),
  )(made)
}

/** `{ rule: 'schedule', of: { rule: 'winsorized-mean', percent: { from: 0, to: 8, steps: 1000 } } }` */
function makeSchedule(options: RuleOptions, inner: MakeInner): Made<Aggregator> {
  const { of } = options
  if (!isObject(of)) return E.left(misfit('schedule', 'of', 'a rule with a value by step', of))
  const byStep = Object.entries(of).filter(([, value]) => isObject(value) && !('rule' in value))
  const [only] = byStep
  const required = 'a rule with one option that is a value by step'
  if (only === undefined || byStep.length > 1) return E.left(misfit('schedule', 'of', required, of))
  const [option, value] = only as [string, StepValue]
  const wrong = whyNoStepValue(value)
  if (wrong !== undefined) return E.left(misfit('schedule', option, wrong, value))
  const of1 = (x: number): Made<Aggregator> => within('schedule', inner({ ...of, [option]: x }))
  const made = onlyKnown('schedule', options, ['of'], () => all(valuesOf(value).map(of1)))
  return E.chain((): Made<Aggregator> =>
    attempt('schedule', 'of', () =>
      schedule(value, (x) => {
        const rule = of1(x)
        if (E.isLeft(rule)) throw new RangeError(rule.left.message)
        return rule.right
      }),
    ),
  )(made)
}

/** Where a rule that takes only some numbers shows it: every stair, or a line's ends and its second value. */
function valuesOf(value: StepValue): readonly number[] {
  return 'stairs' in value ? value.stairs.map(([, x]) => x) : [value.from, stepValueAt(value, 1), value.to]
}

function innerRule(rule: string, option: string, found: unknown, inner: MakeInner): Made<Aggregator> {
  if (!isObject(found) || !('rule' in found)) return E.left(misfit(rule, option, 'a rule', found))
  return within(`${rule}, ${option}`, inner(found))
}

function onlyKnown<Value>(
  rule: string,
  options: RuleOptions,
  known: readonly string[],
  then: () => Made<Value>,
): Made<Value> {
  const other = Object.keys(options).find((key) => options[key] !== undefined && !known.includes(key))
  return other === undefined ? then() : E.left(misfit(rule, other, `one of ${known.join(', ')}`, other))
}

/** Says in a failure's message where in the spec it is. */
function within<Value>(where: string, made: Made<Value>): Made<Value> {
  return E.mapLeft((failure: AggregatorFailure): AggregatorFailure => ({
    ...failure,
    message: `${where}: ${failure.message}`,
  }))(made)
}

function attempt(rule: string, option: string, make: () => Aggregator): Made<Aggregator> {
  try {
    return E.right(make())
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return E.left(unfit(rule, option, error.message.slice(error.message.indexOf(': ') + 2)))
  }
}

/** As `invalidOption`, with what was found as one writes it. */
function misfit(rule: string, option: string, required: string, found: unknown): InvalidOption {
  const message = `${rule}, option ${option}: required ${required}, found ${JSON.stringify(found) ?? 'nothing'}`
  return { _tag: 'InvalidOption', message, rule, option, required, found }
}

function unfit(rule: string, option: string, why: string): InvalidOption {
  return {
    _tag: 'InvalidOption',
    message: `${rule}, option ${option}: ${why}`,
    rule,
    option,
    required: why,
    found: why,
  }
}

function all<Value>(made: readonly Made<Value>[]): Made<readonly Value[]> {
  return E.sequenceArray(made)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
