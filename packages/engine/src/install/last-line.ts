/** The last line of a program's output that says something, preferring one that begins with `error`. */
export function lastLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.findLast((line) => /^(\w*error|fatal)\b/i.test(line)) ?? lines.at(-1) ?? 'it printed nothing'
}
