export type {
  BoundRow,
  CoherenceRow,
  EvaluationRow,
  ExampleRow,
  ImputationRow,
  QuantityRow,
  StepRow,
  SuspectRow,
} from './rows.ts'
export { SCHEMA_VERSION, tableNames, type ColumnType, type TableName, type TableRows } from './tables.ts'
export { schemaOf } from './schema-of.ts'
export { tableFile } from './table-file.ts'
export { createRunLog } from './create-run-log.ts'
export { resumeRunLog } from './resume-run-log.ts'
export type { Offsets, RunLog } from './run-log.ts'
export { readRows, type TableContents } from './read-rows.ts'
export { tableDigest } from './table-digest.ts'
export { withoutClockColumns } from './without-clock-columns.ts'
export { writableFolder } from './writable-folder.ts'
export { writeFileAtomically } from './write-file-atomically.ts'
export { canonicalJson } from './canonical-json.ts'
export { runId } from './run-id.ts'
export { writeSafetensors } from './write-safetensors.ts'
export { readSafetensors } from './read-safetensors.ts'
export type { StoredTensor, StoredTensors, TensorDtype } from './stored-tensor.ts'
export { writeCheckpoint } from './write-checkpoint.ts'
export { readCheckpoint } from './read-checkpoint.ts'
export type { Checkpoint, Json } from './checkpoint.ts'
export type {
  CheckpointDamaged,
  CheckpointFailure,
  FileNotFound,
  InvalidSafetensors,
  NotArrow,
  OffsetMismatch,
  ReadFailed,
  ReadTableFailure,
  RunLogFailure,
  SchemaMismatch,
  TableDamaged,
  WriteFailed,
} from './failures.ts'
