import { errorOf } from './error-of.ts'
import type { Measurement } from './measurement.ts'
import { isArray } from './reference-file.ts'

/** One figure compared: what it is called, and how far it is from the expected one. */
export interface Compared {
  readonly figure: string
  readonly error: number
}

/** How one kind of figure is checked. `expected` is what the file has under the check's name. */
export interface Check {
  readonly name: string
  compare(expected: unknown, measured: Measurement): Promise<readonly Compared[]> | readonly Compared[]
}

/**
 * A check of one number.
 *
 * @param scaleOf the size of the terms that the number is a difference of; errors are relative to it where it is larger.
 */
export function numberCheck(
  name: string,
  found: (measured: Measurement) => number,
  scaleOf: (measured: Measurement) => number = () => 0,
): Check {
  return {
    name,
    compare: (expected, measured) => {
      if (typeof expected !== 'number') throw new RangeError(`${name}: required a number`)
      return [{ figure: name, error: errorOf([found(measured)], [expected], scaleOf(measured)) }]
    },
  }
}

/** A check of an array. `at` is the key in a record of arrays, `2` in `winsorized`. */
export function arrayCheck(
  name: string,
  found: (measured: Measurement) => ArrayLike<number> | Promise<ArrayLike<number>>,
  scaleOf?: (measured: Measurement) => number,
): Check {
  return {
    name,
    compare: async (expected, measured) => [
      await compareArray(name, await found(measured), expected, scaleOf?.(measured)),
    ],
  }
}

/** A check of arrays under counts or other keys: each is computed from its key. */
export function arraysCheck(
  name: string,
  found: (key: string, measured: Measurement) => ArrayLike<number> | Promise<ArrayLike<number>>,
  scaleOf?: (measured: Measurement) => number,
): Check {
  return {
    name,
    compare: async (expected, measured) => {
      const compared: Compared[] = []
      for (const [key, value] of Object.entries(expected as object)) {
        compared.push(compareArray(`${name}[${key}]`, await found(key, measured), value, scaleOf?.(measured)))
      }
      return compared
    },
  }
}

/** A check of one number for each weight. */
export function weightsCheck(name: string, found: (weight: Measurement['weights'][number]) => number): Check {
  return {
    name,
    compare: (expected, { weights }) =>
      Object.entries(expected as Record<string, number>).map(([weight, value]) => {
        const own = weights.find((each) => each.name === weight)
        return { figure: `${name}[${weight}]`, error: own === undefined ? Infinity : errorOf([found(own)], [value]) }
      }),
  }
}

function compareArray(figure: string, found: ArrayLike<number>, expected: unknown, scale = 0): Compared {
  if (!isArray(expected)) throw new RangeError(`${figure}: required numbers in a shape`)
  return { figure, error: errorOf(found, expected.data, scale) }
}
