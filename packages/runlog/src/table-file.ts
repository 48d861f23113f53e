import { join } from 'node:path'
import type { TableName } from './tables.ts'

/** Where a table of a run lies: `<directory>/<table>.arrows`. */
export function tableFile(directory: string, table: TableName): string {
  return join(directory, `${table}.arrows`)
}
