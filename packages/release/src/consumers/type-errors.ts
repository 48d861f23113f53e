import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../run-command.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { lines } from './lines.ts'

const tsc = join(workspaceRoot, 'node_modules', 'typescript', 'bin', 'tsc')

/**
 * Compiles a project's `.ts` files as strictly as TypeScript can, declarations included, and gives the errors that are in
 * them or in our declarations. Others' declarations (tfjs's want more than they say) are not ours to mend.
 *
 * @param resolution how packages are found: as Node does, or as a bundler does.
 */
export async function typeErrors(project: string, resolution: 'nodenext' | 'bundler'): Promise<string[]> {
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module: resolution === 'nodenext' ? 'nodenext' : 'esnext',
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    noEmit: true,
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const { stdout } = await runCommand(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], project)
  const ofOthers = /node_modules\/(?!\.pnpm\/|@coherent-gradients\/)/
  return lines(stdout).filter((line) => !ofOthers.test(line) && !/^\s/.test(line))
}
