import type { Aggregator } from '@coherent-gradients/gradients'
import { either as E, type taskEither as TE } from 'fp-ts'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { importRule } from './import-rule.ts'
import type { RuleFileFailure } from './own-rule.ts'
import { ruleOfModule } from './rule-of-module.ts'

export interface LoadedRule {
  readonly rule: Aggregator
  /** The file's content, and its hash. */
  readonly source: Uint8Array
  readonly sha256: string
}

/** Reads a rule's file and makes the rule. `expected` is the hash that its content must have. */
export function loadRule(file: string, expected?: string): TE.TaskEither<RuleFileFailure, LoadedRule> {
  return async () => {
    const unreadable = (why: string): E.Either<RuleFileFailure, never> =>
      E.left({ _tag: 'UnreadableRuleFile', message: `${file}: ${why}`, file })
    const path = resolve(file)
    let source: Buffer
    try {
      source = await readFile(path)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return unreadable(code === 'ENOENT' ? 'there is no such file' : `the rule can’t be read (${code})`)
    }
    const sha256 = createHash('sha256').update(source).digest('hex')
    if (expected !== undefined && sha256 !== expected) {
      return unreadable(`required the rule with sha256 ${expected}, found ${sha256}: run the experiment with it again`)
    }
    let exported: Readonly<Record<string, unknown>>
    try {
      exported = await importRule(path, sha256)
    } catch (error) {
      return unreadable(`the rule can’t be loaded: ${firstLine(error)}`)
    }
    const rule = ruleOfModule(file, exported)
    return E.isLeft(rule) ? rule : E.right({ rule: rule.right, source, sha256 })
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0]!
}
