import { fc, test } from '@fast-check/vitest'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { table } from './table.ts'

const columns = [
  { header: 'run', value: (row: readonly string[]) => row[0]! },
  { header: 'accuracy', align: 'right' as const, value: (row: readonly string[]) => row[1]! },
]

describe('table', () => {
  it('aligns text to the left and numbers to the right', () => {
    expect(
      table(
        [
          ['real', '86%'],
          ['random labels', '9.8%'],
        ],
        columns,
      ),
    ).toBe(
      [
        'run            accuracy',
        '─────────────  ────────',
        'real                86%',
        'random labels      9.8%',
        '',
      ].join('\n'),
    )
  })

  it('counts what a terminal shows: wide signs twice, combining accents not at all', () => {
    const lines = table(
      [
        ['数字', '1'],
        ['e\u{301}tude', '2'],
      ],
      columns,
    ).split('\n')
    expect(lines.slice(0, 4).map((line) => stringWidth(line))).toEqual([15, 15, 15, 15])
  })

  test.prop([fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })))])(
    'has one line for each row, whatever the cells hold',
    (rows) => {
      expect(table(rows, columns).split('\n').length).toBe(rows.length + 3)
    },
  )
})
