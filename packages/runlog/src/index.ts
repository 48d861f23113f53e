export type { BoundRow, CoherenceRow, EvaluationRow, ExampleRow, StepRow } from './rows.ts'
