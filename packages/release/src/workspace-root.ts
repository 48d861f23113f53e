import { join } from 'node:path'

/** The checkout's root folder. */
export const workspaceRoot: string = join(import.meta.dirname, '..', '..', '..')
