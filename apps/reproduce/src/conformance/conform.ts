import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Compared } from './check.ts'
import { checks } from './checks.ts'
import { errorOf } from './error-of.ts'
import { measurementOf, type Measurement } from './measurement.ts'
import { referenceCase } from './reference-case.ts'
import { readReferenceFile, type ReferenceFile } from './reference-file.ts'

/** float32 against float64, relative to the whole vector. */
export const TOLERANCE = 1e-4

/** How one reference vector came out. */
export interface Conformance {
  /** How many figures were compared, the gradients of each weight among them. */
  readonly figures: number
  /** The one that is farthest off. */
  readonly worst: Compared | undefined
  /** What failed, each in words; nothing did where it is empty. */
  readonly problems: readonly string[]
  /** Figures of the file that no check knows. */
  readonly unchecked: readonly string[]
}

/**
 * Compares a reference vector with what the public API says of its network: every example's loss and gradient, and every
 * figure under `expected`. Never throws: what can't be read, built or measured is a problem that says why.
 */
export async function conform(path: string): Promise<Conformance> {
  const file = await readReferenceFile(path)
  if (E.isLeft(file)) return failed(file.left.message.slice(path.length + 2))
  try {
    const network = referenceCase(file.right)
    try {
      const measured = await measurementOf(file.right, network)
      try {
        return await compareAll(file.right, measured)
      } finally {
        measured.stack.dispose()
      }
    } finally {
      tf.dispose([network.batch.inputs, network.batch.labels])
      network.model.dispose()
    }
  } catch (error) {
    return failed(reasonOf(error))
  }
}

async function compareAll(file: ReferenceFile, measured: Measurement): Promise<Conformance> {
  const compared: Compared[] = [...compareLosses(file, measured), ...compareGradients(file, measured)]
  const problems: string[] = []
  const unchecked: string[] = []
  for (const [name, expected] of Object.entries(file.expected)) {
    const check = checks.find((each) => each.name === name)
    if (check === undefined) {
      unchecked.push(name)
      continue
    }
    try {
      compared.push(...(await check.compare(expected, measured)))
    } catch (error) {
      problems.push(`${name}: ${reasonOf(error)}`)
    }
  }
  for (const { figure, error } of compared) {
    if (!(error <= TOLERANCE))
      problems.push(`${figure}: relative error ${error.toExponential(1)}, at most ${TOLERANCE}`)
  }
  const worst = compared.toSorted((a, b) => b.error - a.error)[0]
  return { figures: compared.length, worst, problems, unchecked }
}

function compareLosses({ perExampleLoss }: ReferenceFile, { losses }: Measurement): Compared[] {
  return perExampleLoss === undefined ? [] : [{ figure: 'perExampleLoss', error: errorOf(losses, perExampleLoss.data) }]
}

/** Both ways: a weight of the file without a gradient, and a gradient that the file doesn't have, are infinitely wrong. */
function compareGradients({ perExampleGradients }: ReferenceFile, { rows }: Measurement): Compared[] {
  const names = new Set([...Object.keys(perExampleGradients), ...rows.keys()])
  return [...names].map((name) => ({
    figure: `gradients of ${name}`,
    error: errorOf(rows.get(name) ?? [], perExampleGradients[name]?.data ?? []),
  }))
}

function failed(problem: string): Conformance {
  return { figures: 0, worst: undefined, problems: [problem], unchecked: [] }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
