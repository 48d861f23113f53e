import { describe, expect, it } from 'vitest'
import { describeSchema } from './describe-schema.ts'
import { frameAt } from './frame-at.ts'
import { schemaOf } from './schema-of.ts'
import { schemaMessage } from './stream-bytes.ts'
import { tableNames, type TableName } from './tables.ts'

function described(table: TableName): readonly string[] {
  const frame = frameAt(schemaMessage(table), 0)
  if (frame?.kind !== 'schema') throw new Error('no schema')
  return describeSchema(frame.header)
}

describe('schemaOf', () => {
  it('is what readers of older runs rely on: a change here raises SCHEMA_VERSION', () => {
    expect(Object.fromEntries(tableNames.map((table) => [table, described(table).join(', ')]))).toEqual({
      steps:
        'schema version 1, step: int32, epoch: float64, loss: float64, accuracy: float64, learning_rate: float64, ' +
        'elapsed_ms: float64',
      evaluations:
        'schema version 1, step: int32, epoch: float64, split: utf8, population: utf8, examples: int32, ' +
        'loss: float64, accuracy: float64, elapsed_ms: float64',
      coherence:
        'schema version 1, step: int32, epoch: float64, split: utf8, scope: utf8, population: utf8, ' +
        'loss: float64 or null, m: int32, alpha: float64, alpha_debiased: float64 or null, m_alpha: float64, ' +
        'standard_error: float64 or null, mean_squared_norm: float64, squared_norm_of_mean: float64, imputed: bool, ' +
        'elapsed_ms: float64',
      imputations:
        'schema version 1, step: int32, epoch: float64, split: utf8, population: utf8, draw: int32, batches: int32, ' +
        'batch_size: int32, alpha_direct: float64, alpha_of_batches: float64, plug_in: float64, ' +
        'alpha_debiased: float64, low: float64 or null, high: float64 or null, elapsed_ms: float64',
      examples:
        'schema version 1, step: int32, id: uint32, label: int32, true_label: int32, touched: bool, loss: float64, ' +
        'correct: bool',
      bound:
        'schema version 1, step: int32, learning_rate: float64, alpha: float64, measured: bool, log_contribution: float64, ' +
        'log_bound: float64',
      quantities: 'schema version 1, step: int32, series: utf8, quantity: utf8, item: utf8, value: float64',
      suspects:
        'schema version 1, rank: int32, id: uint32, label: int32, true_label: int32, expected_label: int32, ' +
        'help_first: float64, help_early: float64, help_late: float64, help: float64, direction_first: float64, direction_early: float64, direction_late: float64, ' +
        'direction: float64, loss_first: float64, loss_early: float64, loss_late: float64, loss: float64, margin_first: float64, margin_early: float64, ' +
        'margin_late: float64, margin: float64, doubt: float64',
    })
  })

  it.each(tableNames)('describes every column of %s, and marks the clocks and nothing else', (table) => {
    for (const { name, metadata } of schemaOf(table).fields) {
      expect(metadata.get('description')).toBeTruthy()
      expect(metadata.get('clock')).toBe(name === 'elapsed_ms' ? 'true' : undefined)
    }
  })

  it('gives the units and the equations of the paper', () => {
    const fields = new Map(schemaOf('coherence').fields.map((field) => [field.name, field.metadata]))
    expect(fields.get('alpha')?.get('paper')).toBe('(3)')
    expect(fields.get('elapsed_ms')?.get('unit')).toBe('ms')
  })
})
