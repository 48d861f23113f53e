import type { Comparison } from './comparison.ts'
import type { Setting } from './setting.ts'

/** Part of the table. Adding one is a file and a line in `sections.ts`. */
export interface Section {
  /** What `--only` calls it. */
  readonly name: string
  readonly title: string
  /** Whether no engine has a part in it: then it is measured once. */
  readonly engineFree?: boolean
  /** Measures on the engine that is open. What `prepared` gives is made once for all sections. */
  measure(engine: string, prepared: () => Promise<Setting>): Promise<readonly Comparison[]>
}
