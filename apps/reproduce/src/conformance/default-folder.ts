import { resolve } from 'node:path'

/**
 * The project's own copies of the reference vectors. They lie in the checkout, in the private testkit, and are found by
 * their place alone: the program takes nothing from that package.
 */
export const defaultFolder: string = resolve(import.meta.dirname, '../../../../packages/testkit/reference')
