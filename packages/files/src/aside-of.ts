import { basename, dirname, join } from 'node:path'
import { threadId } from 'node:worker_threads'

export const ending = '.aside'

/** Tells apart the files that this thread writes aside, also where it writes one path twice at the same time. */
let written = 0

/**
 * A name beside a file under which nobody else on this machine writes: what {@link replaceFile} writes aside.
 *
 * @example
 * asideOf('runs/a/spec.json') // 'runs/a/.spec.json.4711-0-3.aside': process, thread, count
 */
export function asideOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${threadId}-${written++}${ending}`)
}
