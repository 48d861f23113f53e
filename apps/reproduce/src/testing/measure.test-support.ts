import { reproduce } from './reproduce.test-support.ts'

/** What `reproduce measure` with these arguments says. */
export const measure = (...argv: readonly string[]): ReturnType<typeof reproduce> => reproduce('measure', ...argv)
