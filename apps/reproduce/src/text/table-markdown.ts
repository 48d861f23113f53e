import type { ResultTable } from '../experiment.ts'
import { escapeMarkdown } from './escape-markdown.ts'

/** A table with its title, as Markdown: the first column to the left, numbers to the right. */
export function tableMarkdown({ title, header, rows }: ResultTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`
  const rule = `| ${header.map((_, c) => (c === 0 ? '---' : '--:')).join(' | ')} |\n`
  return `${escapeMarkdown(title)}:\n\n${line(header)}${rule}${rows.map(line).join('')}`
}
