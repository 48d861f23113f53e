import { ending } from './aside-of.ts'

/**
 * Whether a name in a folder is one that {@link asideOf} gives. A kill may leave such a file behind; whoever alone writes
 * into the folder may remove it.
 *
 * @example
 * isAside('.spec.json.4711-0-3.aside') // true
 */
export function isAside(name: string): boolean {
  return name.startsWith('.') && name.endsWith(ending)
}
