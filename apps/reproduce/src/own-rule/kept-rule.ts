import { writeFileAtomically } from '@coherent-gradients/runlog'
import type { Failure } from '@coherent-gradients/core'
import { function as fn, taskEither as TE } from 'fp-ts'
import { basename, join } from 'node:path'
import type { OwnRuleFile } from '../run-spec.ts'
import { loadRule } from './load-rule.ts'
import type { OwnRule } from './own-rule.ts'

/** Where a folder of runs keeps the file of a user's rule, so that runs go on with it whatever becomes of the original. */
export function keptRuleFile(runs: string, { file, sha256 }: OwnRuleFile): string {
  return join(runs, 'own-rules', sha256, file)
}

/** Keeps the file of a user's rule with the runs that are made by it; nothing where the rule is plain data. */
export function keepRule(runs: string, { given, spec }: OwnRule): TE.TaskEither<Failure, void> {
  if (!('sha256' in spec)) return TE.right(undefined)
  const own = spec as OwnRuleFile
  return fn.pipe(
    loadRule(given, own.sha256),
    TE.chainW(({ source }) => writeFileAtomically(keptRuleFile(runs, { ...own, file: basename(own.file) }), source)),
    TE.mapLeft((failure): Failure => failure),
  )
}
