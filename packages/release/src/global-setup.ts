import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installConsumers } from './consumers/install-consumers.ts'
import { packPublicPackages, type Tarballs } from './tarballs/pack-public-packages.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    tarballs: Tarballs
    /** The folder with one installed project for each public package. */
    consumers: string
  }
}

/** Builds, packs and installs once for all test files. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coherent-gradients-release-')))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const tarballs = await packPublicPackages(join(folder, 'tarballs'))
    await installConsumers(join(folder, 'consumers'), tarballs)
    project.provide('tarballs', tarballs)
    project.provide('consumers', join(folder, 'consumers'))
  } catch (error) {
    remove()
    throw error
  }
  return remove
}
