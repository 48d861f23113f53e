import type { Failure } from '@coherent-gradients/core'
import { canonicalJson, writeFileAtomically } from '@coherent-gradients/runlog'
import { taskEither as TE } from 'fp-ts'
import { readFile } from 'node:fs/promises'
import type { RunSpec } from '../run-spec.ts'

/** Writes a run's spec.json where there is none; where there is one, it must be this spec's. */
export function requireSpec(file: string, spec: RunSpec): TE.TaskEither<Failure, void> {
  return async () => {
    let stored: string
    try {
      stored = await readFile(file, 'utf8')
    } catch {
      return writeFileAtomically(file, `${JSON.stringify(spec, null, 2)}\n`)()
    }
    if (sameSpec(stored, spec)) return TE.right<Failure, void>(undefined)()
    const message = `${file} is not the spec of this run: its folder is the hash of another one. Remove the folder, or run with another --runs folder`
    return TE.left<Failure, void>({ _tag: 'SpecMismatch', message, file } as Failure)()
  }
}

function sameSpec(stored: string, spec: RunSpec): boolean {
  try {
    return canonicalJson(JSON.parse(stored)) === canonicalJson(spec)
  } catch {
    return false
  }
}
