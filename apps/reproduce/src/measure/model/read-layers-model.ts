import type { Failure } from '@coherent-gradients/core'
import * as tfl from '@tensorflow/tfjs-layers'
import { either as E, type taskEither as TE } from 'fp-ts'
import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { modelFailure } from './model-failure.ts'
import { modelTopology } from './model-topology.ts'
import { elementsOf, isObject, parseWeightsManifest, type ManifestGroup } from './weights-manifest.ts'
import { withinWeights } from './within-weights.ts'

/** More than any network on this earth and than one process here can hold. */
const MOST_BYTES = 2 ** 33

/**
 * A tfjs layers model out of its parsed model.json and the weight files beside it.
 *
 * Everything is checked before anything is set aside: the kind of file, the paths, the weights' shapes against the files'
 * sizes, and the topology against the weights. Nothing outside the model's folder is read. The caller disposes of the
 * model.
 *
 * @returns left with one line that says what is wrong and, where somebody can, what to do.
 */
export function readLayersModel(file: string, json: unknown): TE.TaskEither<Failure, tfl.LayersModel> {
  return async () => {
    const topology = modelTopology(file, json)
    if (E.isLeft(topology)) return topology
    const groups = parseWeightsManifest(file, isObject(json) ? json['weightsManifest'] : undefined)
    if (E.isLeft(groups)) return groups
    const data: Uint8Array[] = []
    for (const group of groups.right) {
      const fits = await checkSizes(file, group)
      if (E.isLeft(fits)) return fits
    }
    try {
      for (const path of groups.right.flatMap((group) => group.paths))
        data.push(await readFile(join(dirname(file), path)))
    } catch (cause) {
      return E.left(modelFailure(file, `its weights can't be read: ${reasonOf(cause)}`))
    }
    const weightSpecs = groups.right.flatMap((group) => group.weights)
    const elements = weightSpecs.reduce((sum, { shape }) => sum + elementsOf(shape), 0)
    const artifacts = { modelTopology: topology.right, weightSpecs, weightData: joined(data) }
    try {
      const load = async (): Promise<typeof artifacts> => artifacts
      return E.right(await withinWeights(elements, () => tfl.loadLayersModel({ load } as never)))
    } catch (cause) {
      return E.left(modelFailure(file, `tfjs can't build this model: ${reasonOf(cause)}`))
    }
  }
}

async function checkSizes(file: string, { paths, bytes }: ManifestGroup): Promise<E.Either<Failure, void>> {
  let found = 0
  for (const path of paths) {
    const weights = join(dirname(file), path)
    try {
      const entry = await stat(weights)
      if (!entry.isFile())
        return E.left(modelFailure(file, `${path}: required a file of weights, found none of that name`))
      if (!(await liesIn(dirname(file), weights))) {
        const what = `its weight file ${path} is a link that leads out of the model's folder: put the file itself there`
        return E.left(modelFailure(file, what))
      }
      found += entry.size
    } catch (cause) {
      const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
      const what = missing ? 'is missing: copy it beside the model.json' : `can't be read: ${reasonOf(cause)}`
      return E.left(modelFailure(file, `its weight file ${path} ${what}`))
    }
  }
  if (bytes > MOST_BYTES) return E.left(modelFailure(file, `weightsManifest claims ${bytes} bytes of weights`))
  return found === bytes
    ? E.right(undefined)
    : E.left(
        modelFailure(
          file,
          `the weights need ${bytes} bytes, and ${paths.join(', ')} ${paths.length === 1 ? 'holds' : 'hold'} ${found}: copy them again`,
        ),
      )
}

/** Wherever links lead. */
async function liesIn(folder: string, file: string): Promise<boolean> {
  const [root, real] = await Promise.all([realpath(folder), realpath(file)])
  return real.startsWith(root.endsWith(sep) ? root : root + sep)
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes.buffer
}

/** The first sentence of what went wrong: tfjs adds whole tutorials. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  const [, kind, name] = /^Unknown (\w+): (.+?)\. This may be due to/.exec(text) ?? []
  if (kind !== undefined) {
    return `it doesn't know the ${kind} ${name}: measure it in a program of yours that registers the class (coherenceCallback), or by --gradients`
  }
  const [first = ''] = text.split('\n')
  return first.length > 300 ? `${first.slice(0, 299)}…` : first
}
