import { spawnSync } from 'node:child_process'
import { installed } from '../installed.ts'

/** What decides about results: the source without its tests and texts, and the versions of what it uses. */
const deciding = ['packages', 'apps', 'pnpm-lock.yaml', ':!*.md', ':!*.test.ts', ':!*.test-support.ts', ':!*.snap']

/**
 * Whether the source that computes has changed from a git revision to the files as they are; undefined where git doesn't
 * know. Asks git once for each revision.
 */
export function changedSince(): (revision: string) => boolean | undefined {
  const known = new Map<string, boolean | undefined>()
  return (revision) => {
    if (!known.has(revision)) known.set(revision, ask(revision))
    return known.get(revision)
  }
}

function ask(revision: string): boolean | undefined {
  if (installed || !/^[0-9a-f]{40,64}$/.test(revision)) return undefined
  const git = (...args: string[]): { readonly status: number | null; readonly stdout: string } =>
    spawnSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' })
  const top = git('rev-parse', '--show-toplevel')
  if (top.status !== 0) return undefined
  const { status } = git('-C', top.stdout.trim(), 'diff', '--quiet', revision, '--', ...deciding)
  return status === 0 ? false : status === 1 ? true : undefined
}
