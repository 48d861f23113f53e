/**
 * Rows as comma-separated values (RFC 4180). Nothing stands for what isn't there.
 *
 * @param lineEnd a line feed, as repositories keep texts; RFC 4180 itself asks for CR LF.
 *
 * @example
 * csv([['name', 'n'], ['a, b', 2]]) // 'name,n\n"a, b",2\n'
 */
export function csv(rows: readonly (readonly (string | number | boolean | undefined)[])[], lineEnd = '\n'): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(String(cell ?? ''))).join(',')}${lineEnd}`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
