import { publicPackages } from './public-packages.ts'
import type { WorkspacePackage } from './workspace-packages.ts'

/** The published packages that others import: all but the command line. */
export function libraries(): readonly WorkspacePackage[] {
  return publicPackages().filter(({ manifest }) => manifest.exports !== undefined)
}
