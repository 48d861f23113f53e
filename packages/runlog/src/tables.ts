import type {
  BoundRow,
  CoherenceRow,
  EvaluationRow,
  ExampleRow,
  ImputationRow,
  QuantityRow,
  StepRow,
  SuspectRow,
} from './rows.ts'

/** The row of each table, by the table's name. */
export interface TableRows {
  readonly steps: StepRow
  readonly evaluations: EvaluationRow
  readonly coherence: CoherenceRow
  readonly imputations: ImputationRow
  readonly examples: ExampleRow
  readonly bound: BoundRow
  readonly quantities: QuantityRow
  readonly suspects: SuspectRow
}

export type TableName = keyof TableRows

export type ColumnType = 'int32' | 'uint32' | 'float64' | 'bool' | 'utf8'

interface ColumnFacts {
  readonly description: string
  readonly unit?: string
  /** Where the paper defines it: an equation's number or a section. */
  readonly paper?: string
  /** Differs between runs of the same spec. */
  readonly clock?: true
}

type TypeOf<Value> = Value extends boolean ? 'bool' : Value extends string ? 'utf8' : 'int32' | 'uint32' | 'float64'

/** A column that can hold exactly what the row's field can: its type, and null only where the row says null. */
type ColumnFor<Value> = ColumnFacts & { readonly type: TypeOf<NonNullable<Value>> } & (null extends Value
    ? { readonly nullable: true }
    : { readonly nullable?: never })

type Columns<Row> = { readonly [Key in keyof Row]-?: ColumnFor<Row[Key]> }

/** Raised whenever a column is added, removed, renamed or changes its type or meaning. */
export const SCHEMA_VERSION = 1

const step = { type: 'int32', unit: 'updates', description: 'updates made before the measurement' } as const
const epoch = { type: 'float64', unit: 'epochs', description: 'passes over the training split' } as const
const elapsedMs = {
  type: 'float64',
  unit: 'ms',
  clock: true,
  description: 'wall time since the run began; differs between runs of the same spec',
} as const

const helps = 'gᵢ·Σⱼ≠ᵢ gⱼ, negative where the others pull against the label'

/**
 * Every table's columns, in file order: the one place where the tables' form is declared. The compiler holds each
 * column to the field of its row in `rows.ts`; in the files a column is called by the snake_case form of its key.
 */
export const tables: { readonly [Name in TableName]: Columns<TableRows[Name]> } = {
  steps: {
    step,
    epoch,
    loss: { type: 'float64', description: "mean loss of the step's minibatch, before the update" },
    accuracy: { type: 'float64', unit: 'fraction', description: "accuracy on the step's minibatch, before the update" },
    learningRate: { type: 'float64', description: 'η of the step', paper: '(1)' },
    elapsedMs,
  },
  evaluations: {
    step,
    epoch,
    split: { type: 'utf8', description: 'the split that was evaluated' },
    population: { type: 'utf8', description: 'which of its examples: all, pristine, corrupt, …' },
    examples: { type: 'int32', unit: 'examples', description: 'how many examples were evaluated' },
    loss: { type: 'float64', description: 'mean loss of the examples' },
    accuracy: { type: 'float64', unit: 'fraction', description: 'share of the examples that are classified right' },
    elapsedMs,
  },
  coherence: {
    step,
    epoch,
    split: { type: 'utf8', description: 'the split that was measured' },
    scope: { type: 'utf8', description: 'which weights: all, layer:<name> or weight:<name>' },
    population: { type: 'utf8', description: 'which examples: all, pristine, corrupt, …' },
    loss: { type: 'float64', nullable: true, description: 'mean loss of the m examples; null where unknown' },
    m: { type: 'int32', unit: 'examples', description: 'how many examples were measured' },
    alpha: { type: 'float64', description: 'α of the m examples: ‖Σgᵢ/m‖² / (Σ‖gᵢ‖²/m)', paper: '(3)' },
    alphaDebiased: { type: 'float64', nullable: true, description: '(m·α − 1)/(m − 1); null at m = 1' },
    mAlpha: {
      type: 'float64',
      unit: 'examples',
      description: 'm·α = α/α⊥: how many examples an example helps, itself included',
      paper: '§4',
    },
    standardError: {
      type: 'float64',
      nullable: true,
      description: 'standard error of alphaDebiased; null where unknown',
    },
    meanSquaredNorm: { type: 'float64', description: 'Σ‖gᵢ‖²/m, without −η', paper: '(2)' },
    squaredNormOfMean: { type: 'float64', description: '‖Σgᵢ/m‖², without −η', paper: '(1)' },
    imputed: { type: 'bool', description: 'α follows from minibatch gradients, as batch normalisation needs' },
    elapsedMs,
  },
  imputations: {
    step,
    epoch,
    split: { type: 'utf8', description: 'the split that the batches were drawn from' },
    population: { type: 'utf8', description: "all, or random signs: each example's gradient times a sign of its own" },
    draw: { type: 'int32', description: 'which draw of batches, from 0' },
    batches: { type: 'int32', unit: 'batches', description: 'K, how many batches were measured' },
    batchSize: { type: 'int32', unit: 'examples', description: 'k, how many examples are in each' },
    alphaDirect: {
      type: 'float64',
      description: 'debiased α of all examples, one at a time; 0 by construction with random signs',
      paper: '(3)',
    },
    alphaOfBatches: { type: 'float64', description: 'α_B of the K batch gradients', paper: 'Appendix D' },
    plugIn: { type: 'float64', description: 'α_B / (k − (k − 1)·α_B)', paper: 'Appendix D' },
    alphaDebiased: { type: 'float64', description: 'the same of the debiased α_B, (K·α_B − 1)/(K − 1)' },
    low: { type: 'float64', nullable: true, description: 'lower end of its 95% interval; null where K < 3' },
    high: { type: 'float64', nullable: true, description: 'upper end of its 95% interval; null where K < 3' },
    elapsedMs,
  },
  examples: {
    step,
    id: { type: 'uint32', description: "the example's id in the whole data set" },
    label: { type: 'int32', unit: 'class', description: 'the label that is trained on' },
    trueLabel: { type: 'int32', unit: 'class', description: 'the label before any noise' },
    touched: { type: 'bool', description: 'noise chose this example, even if its label came out the same' },
    loss: { type: 'float64', description: "the example's own loss" },
    correct: { type: 'bool', description: 'classified as the label that is trained on' },
  },
  bound: {
    step,
    learningRate: { type: 'float64', description: 'η of the step', paper: '(5)' },
    alpha: { type: 'float64', description: 'α at the weights before the step', paper: '(5)' },
    measured: {
      type: 'bool',
      description: 'alpha was measured here; elsewhere it is 0, or the last that was measured',
    },
    logContribution: {
      type: 'float64',
      unit: 'nats',
      description: "log of the step's term of the sum, without L²/m",
      paper: '(5)',
    },
    logBound: {
      type: 'float64',
      unit: 'nats',
      description: 'log of the bound after the step, without L²/m',
      paper: '(5)',
    },
  },
  quantities: {
    step: { ...step, description: 'updates made before the measurement; 0 where there are none' },
    series: { type: 'utf8', description: 'what is compared within the run' },
    quantity: { type: 'utf8', description: 'what was measured; it says the unit of value where there is one' },
    item: { type: 'utf8', description: 'of what: a split, a weight, a cell; empty where there is one only' },
    value: { type: 'float64', unit: 'as quantity says', description: 'the number' },
  },
  suspects: {
    rank: { type: 'int32', description: '1 for the most doubtful label' },
    id: { type: 'uint32', description: "the example's id in the whole data set" },
    label: { type: 'int32', unit: 'class', description: 'the label that is given' },
    trueLabel: {
      type: 'int32',
      unit: 'class',
      description: 'the label before any noise; label where nobody knows better',
    },
    expectedLabel: {
      type: 'int32',
      unit: 'class',
      description: "what networks expect that weren't trained on the example",
    },
    helpFirst: { type: 'float64', description: `${helps}, within the first epoch`, paper: '§4' },
    helpEarly: { type: 'float64', description: `${helps}, early in training`, paper: '§4' },
    helpLate: { type: 'float64', description: `${helps}, at its end`, paper: '§4' },
    help: { type: 'float64', description: `${helps}, mean over looks along training`, paper: '§4' },
    directionFirst: { type: 'float64', description: 'cosine of gᵢ and Σⱼ≠ᵢ gⱼ, within the first epoch' },
    directionEarly: { type: 'float64', description: 'cosine of gᵢ and Σⱼ≠ᵢ gⱼ, early in training' },
    directionLate: { type: 'float64', description: 'cosine of gᵢ and Σⱼ≠ᵢ gⱼ, at its end' },
    direction: { type: 'float64', description: 'cosine of gᵢ and Σⱼ≠ᵢ gⱼ, mean over looks along training' },
    lossFirst: { type: 'float64', description: "the example's own loss, within the first epoch" },
    lossEarly: { type: 'float64', description: "the example's own loss, early in training" },
    lossLate: { type: 'float64', description: "the example's own loss, at its end" },
    loss: { type: 'float64', description: "the example's own loss, mean over looks along training" },
    marginFirst: {
      type: 'float64',
      description: 'logit of the label less the best of the others, within the first epoch',
    },
    marginEarly: { type: 'float64', description: 'logit of the label less the best of the others, early in training' },
    marginLate: { type: 'float64', description: 'logit of the label less the best of the others, at its end' },
    margin: {
      type: 'float64',
      description: 'logit of the label less the best of the others, mean over looks along training',
    },
    doubt: { type: 'float64', description: "confident learning's, 0 to 2: above 1 where it counts the label as wrong" },
  },
}

/** Every table's name. */
export const tableNames: readonly TableName[] = Object.keys(tables) as TableName[]
