import stringWidth from 'string-width'
import { oneLine } from './one-line.ts'

export interface Column<Row> {
  readonly header: string
  /** Numbers to the right. Default left. */
  readonly align?: 'left' | 'right'
  value(row: Row): string
}

/**
 * Rows as an aligned table: headers, a line, then one line a row, each ended by a line break. Widths are those of a
 * terminal, where 数 takes two columns and a combining accent none.
 *
 * @example
 * table([{ run: 'real', accuracy: '86%' }], [
 *   { header: 'run', value: (row) => row.run },
 *   { header: 'accuracy', align: 'right', value: (row) => row.accuracy },
 * ])
 * // run   accuracy
 * // ────  ────────
 * // real       86%
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => oneLine(column.value(row))))
  const widths = columns.map((column, c) =>
    Math.max(stringWidth(column.header), ...cells.map((row) => stringWidth(row[c]!))),
  )
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, c) => {
        const space = ' '.repeat(widths[c]! - stringWidth(text))
        return columns[c]!.align === 'right' ? space + text : text + space
      })
      .join('  ')
      .trimEnd()
  const lines = [columns.map((column) => column.header), widths.map((width) => '─'.repeat(width)), ...cells].map(line)
  return `${lines.join('\n')}\n`
}
