import { either as E } from 'fp-ts'
import { isAbsolute, normalize, sep } from 'node:path'
import { modelFailure, shown, type ModelFailure } from './model-failure.ts'

/** One weight as a model.json lists it. */
interface ManifestWeight {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly quantization?: {
    readonly dtype: 'uint8' | 'uint16' | 'float16'
    readonly scale?: number
    readonly min?: number
  }
}

/** Weights that lie one after another in files that are joined. */
export interface ManifestGroup {
  /** Relative to the model.json's folder, inside it. */
  readonly paths: readonly string[]
  readonly weights: readonly ManifestWeight[]
  /** What the files must hold together. */
  readonly bytes: number
}

const bytesOf = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const

/**
 * The checked weights manifest of a model.json: every path stays in the folder, every weight has a name of its own, a
 * shape of counts and a type whose size is known, so that the files' sizes can be held against it before anything is read.
 */
export function parseWeightsManifest(
  file: string,
  manifest: unknown,
): E.Either<ModelFailure, readonly ManifestGroup[]> {
  const fail = (what: string): E.Either<ModelFailure, never> => E.left(modelFailure(file, what))
  if (!Array.isArray(manifest) || manifest.length === 0) {
    return fail('weightsManifest lists no weights: save the model with its weights, for example by model.save')
  }
  const names = new Set<string>()
  const groups: ManifestGroup[] = []
  for (const group of manifest as unknown[]) {
    const { paths, weights } = isObject(group) ? group : {}
    if (!Array.isArray(paths) || !Array.isArray(weights) || paths.length === 0) {
      return fail(`weightsManifest: required groups of { paths, weights }, found ${shown(group)}`)
    }
    for (const path of paths as unknown[]) {
      if (typeof path !== 'string' || !staysInside(path)) {
        return fail(`weightsManifest: required paths inside the model's own folder, found ${shown(path)}`)
      }
    }
    let bytes = 0
    for (const weight of weights as unknown[]) {
      if (!isWeight(weight)) {
        const required = 'required a name, a shape of counts and the dtype float32, int32 or bool'
        return fail(`weightsManifest: ${required}, found ${shown(weight)}`)
      }
      if (names.has(weight.name)) return fail(`weightsManifest: the weight ${shown(weight.name)} is listed twice`)
      names.add(weight.name)
      bytes += elementsOf(weight.shape) * bytesOf[weight.quantization?.dtype ?? weight.dtype]
    }
    groups.push({ paths: paths as string[], weights: weights as ManifestWeight[], bytes })
  }
  return E.right(groups)
}

/** The number of elements of a shape. */
export function elementsOf(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function staysInside(path: string): boolean {
  const parts = normalize(path).split(/[\\/]/)
  const odd = path === '' || path.includes('\0') || path.includes('\\') || /^[a-z][a-z+.-]*:/i.test(path)
  return !odd && !isAbsolute(path) && !parts.includes('..') && normalize(path) !== '.' && !path.endsWith(sep)
}

function isWeight(value: unknown): value is ManifestWeight {
  if (!isObject(value)) return false
  const { name, shape, dtype, quantization } = value
  return (
    typeof name === 'string' &&
    Array.isArray(shape) &&
    shape.every((length) => Number.isSafeInteger(length) && length >= 0) &&
    ['float32', 'int32', 'bool'].includes(dtype as string) &&
    (quantization === undefined || isQuantization(quantization))
  )
}

function isQuantization(value: unknown): boolean {
  if (!isObject(value)) return false
  const { dtype, scale, min } = value
  return dtype === 'float16' || ((dtype === 'uint8' || dtype === 'uint16') && [scale, min].every(Number.isFinite))
}
