import { workspacePackages, type WorkspacePackage } from './workspace-packages.ts'

/** The packages that are published: all that are not private. */
export function publicPackages(): readonly WorkspacePackage[] {
  return workspacePackages().filter(({ manifest }) => manifest.private !== true)
}
