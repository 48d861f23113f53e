import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { readFile } from 'node:fs/promises'

/** Numbers in a shape, row-major. */
export interface ReferenceArray {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

/** One layer: its name and type, the layers that it takes besides the one before (`from`), and Keras's own options. */
export interface ReferenceLayer {
  readonly name: string
  readonly type: string
  readonly from?: readonly string[]
  readonly [option: string]: unknown
}

/** A network at one point with every example's own gradient in float64, and figures that follow from them. */
export interface ReferenceFile {
  readonly model: readonly ReferenceLayer[]
  readonly inputShape: readonly number[]
  readonly loss: string
  /** m. */
  readonly examples: number
  readonly weights: Readonly<Record<string, ReferenceArray>>
  readonly x: ReferenceArray
  readonly y: ReferenceArray
  readonly perExampleLoss?: ReferenceArray
  /** By weight, [m, …weight shape]. */
  readonly perExampleGradients: Readonly<Record<string, ReferenceArray>>
  /** The order in which weights are joined wherever a vector has all p elements. */
  readonly parameterOrder: readonly string[]
  /** Figures by name; what each is says the check of that name. */
  readonly expected: Readonly<Record<string, unknown>>
}

/** Reads a reference vector and checks that its parts are there and its arrays whole. */
export async function readReferenceFile(file: string): Promise<E.Either<Failure, ReferenceFile>> {
  const fail = (what: string): E.Either<Failure, never> =>
    E.left({ _tag: 'NotAReference', message: `${file}: ${what}` })
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    return fail(cause instanceof SyntaxError ? 'is not JSON' : `can't be read: ${String(cause)}`)
  }
  const value = (typeof json === 'object' && json !== null ? json : {}) as Partial<ReferenceFile>
  const { model, inputShape, examples, weights, x, y, perExampleGradients, parameterOrder, expected } = value
  const wrong = [
    Array.isArray(model) && model.every((layer) => typeof layer?.name === 'string') ? '' : 'model',
    Array.isArray(inputShape) ? '' : 'inputShape',
    Number.isInteger(examples) && examples! >= 1 ? '' : 'examples',
    isArrays(weights) ? '' : 'weights',
    isArray(x) ? '' : 'x',
    isArray(y) ? '' : 'y',
    isArrays(perExampleGradients) ? '' : 'perExampleGradients',
    Array.isArray(parameterOrder) ? '' : 'parameterOrder',
    typeof expected === 'object' && expected !== null ? '' : 'expected',
  ].filter((part) => part !== '')
  return wrong.length === 0
    ? E.right(value as ReferenceFile)
    : fail(`is no reference vector: ${wrong.join(', ')} missing or torn`)
}

/** Whether a value is numbers in a shape that they fill. */
export function isArray(value: unknown): value is ReferenceArray {
  if (typeof value !== 'object' || value === null) return false
  const { shape, data } = value as Partial<ReferenceArray>
  if (!Array.isArray(shape) || !Array.isArray(data)) return false
  return data.length === shape.reduce((size, length) => size * length, 1) && data.every(Number.isFinite)
}

function isArrays(value: unknown): value is Readonly<Record<string, ReferenceArray>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isArray)
}
