import { either as E } from 'fp-ts'
import type { EngineName } from '../engine.ts'
import { openEngine } from '../open-engine.ts'
import { timeSteps } from './time-steps.ts'

/** What examining one engine found. */
export type EngineReport =
  | {
      readonly name: EngineName
      readonly works: true
      /** Versions, device and threads in one line. */
      readonly description: string
      readonly reproducible: boolean
      /** Milliseconds of one SGD step of a 784-256-256-256-10 network on 100 examples, the median of `steps`. */
      readonly stepMilliseconds: number
      readonly steps: number
    }
  | {
      readonly name: EngineName
      readonly works: false
      /** Why it doesn't open here, and how to get it. */
      readonly reason: string
    }

export interface ExamineOptions {
  /** Milliseconds from any start: `performance.now`. */
  readonly clock: () => number
  /** How long to time steps for, after two to warm up; at least three are made. */
  readonly milliseconds?: number
}

/**
 * Opens an engine by its name and times a training step on it. Leaves it current; what a driver may crash is best
 * examined in a process of its own.
 */
export async function examineEngine(
  name: EngineName,
  { clock, milliseconds = 1000 }: ExamineOptions,
): Promise<EngineReport> {
  const opened = await openEngine(name)()
  if (E.isLeft(opened)) return { name, works: false, reason: opened.left.message }
  try {
    const { description, reproducible } = opened.right
    return { name, works: true, description, reproducible, ...(await timeSteps(clock, milliseconds)) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { name, works: false, reason: `engine ${name} opens, and its first training step fails: ${reason}` }
  }
}
