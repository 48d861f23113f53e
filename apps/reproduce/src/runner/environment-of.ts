import type { Engine } from '@coherent-gradients/engine'
import type { DataHash } from './data-hash-of.ts'
import { version_core } from '@tensorflow/tfjs-core'
import { execFileSync } from 'node:child_process'
import { arch, cpus, platform, release } from 'node:os'
import { installed } from '../installed.ts'

/** Where and with what a run was made; written beside its tables. */
export interface Environment {
  /** Null where no tensor was computed. */
  readonly engine: Engine | null
  /** What the run went by, told by its content: `train` and `test` where a network is trained. */
  readonly data: Readonly<Record<string, DataHash>>
  readonly versions: Readonly<Record<string, string>>
  readonly machine: { readonly platform: string; readonly arch: string; readonly cpu: string; readonly cores: number }
  /** The source's git revision, with `+` where files differ from it; null outside a checkout. */
  readonly revision: string | null
}

export function environmentOf(engine: Engine | undefined, data: Environment['data']): Environment {
  return {
    engine: engine ?? null,
    data,
    versions: { node: process.versions.node, v8: process.versions.v8, tfjs: version_core },
    machine: {
      platform: `${platform()} ${release()}`,
      arch: arch(),
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
    },
    revision: revision(),
  }
}

function revision(): string | null {
  if (installed) return null // another's checkout may lie around it
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+')
  } catch {
    return null
  }
}
