/**
 * Whether a source file serves tests only: `*.test.ts`, `*.test-support.ts`, `*.bench.ts`, or anything in a folder
 * `testing`. Such files may import devDependencies and are never published.
 */
export function isTestFile(path: string): boolean {
  return /\.(?:test|test-support|bench)\.[jt]s$/.test(path) || /(?:^|\/)testing\//.test(path)
}
