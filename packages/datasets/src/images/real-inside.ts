import type { Failure } from '@coherent-gradients/core'
import { realpath, stat } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { refuse } from '../binary/refusal.ts'

/** A link leads out of the folder that is read, or back into itself. */
export type LinkFailure = Failure<'LinkFailure', { file: string; target: string }>

/**
 * Where a link leads, and whether to a folder. Refuses one that leads out of `root` (which may itself be a link), and one
 * to a folder that it lies in, which would have no end.
 */
export async function realInside(root: string, link: string): Promise<{ readonly isFolder: boolean }> {
  const [base, target, home] = await Promise.all([realpath(root), realpath(link), realpath(dirname(link))])
  const isFolder = (await stat(target)).isDirectory()
  const outside = target !== base && !target.startsWith(`${base}${sep}`)
  if (outside || (isFolder && `${home}${sep}`.startsWith(`${target}${sep}`))) {
    const why = outside ? 'leads out of the folder' : 'leads back to a folder that it lies in'
    const message = `${link}: a link that ${why} (${target}). Copy what it leads to, or name that folder.`
    refuse({ _tag: 'LinkFailure', message, file: link, target } as LinkFailure)
  }
  return { isFolder }
}
