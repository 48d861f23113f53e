import type { Failure } from '@coherent-gradients/core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E, type taskEither as TE } from 'fp-ts'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { modelFailure, shown } from './model-failure.ts'
import { readLayersModel } from './read-layers-model.ts'
import { isRunSpec, readRunModel, readSpecModel, specKinds, specOf, unknownKindOf } from './read-spec-model.ts'

const LONGEST_JSON = 2 ** 28

/**
 * The user's own model: a tfjs layers model by its model.json, or a spec of the `models` package by a JSON file and a
 * safetensors file (`weightsFile`, else the JSON file's name with .safetensors). Of a folder its model.json is read, or
 * the spec.json of a run, whose weights are those of its last checkpoint.
 *
 * @returns left with one line when a file is missing, of another kind, or does not fit.
 */
export function readModel(file: string, weightsFile?: string): TE.TaskEither<Failure, LayersModel> {
  return async () => {
    if (/\.(keras|h5|hdf5|pb|pt|pth|onnx)$/i.test(file)) {
      const what =
        'is not a tfjs model: convert it with tensorflowjs_converter, then name the model.json that it writes'
      return E.left(modelFailure(file, what))
    }
    let json: unknown
    try {
      const found = await stat(file)
      if (found.isDirectory()) return await readFolder(file, weightsFile)
      const { size } = found
      if (size > LONGEST_JSON) return E.left(modelFailure(file, `required a model.json, found ${size} bytes`))
      json = JSON.parse(await readFile(file, 'utf8'))
    } catch (cause) {
      return E.left(modelFailure(file, whyUnreadable(cause)))
    }
    const unknown = unknownKindOf(json)
    if (unknown !== undefined) {
      const known = specKinds.join(', ')
      return E.left(
        modelFailure(
          file,
          `is a spec of the kind ${shown(unknown)}, which can't be built from weights alone: ${known} can`,
        ),
      )
    }
    const spec = specOf(json)
    if (spec === undefined && weightsFile !== undefined) {
      return E.left(
        modelFailure(file, 'names its own weight files: --weights goes with a spec alone, leave it out here'),
      )
    }
    if (spec === undefined) return readLayersModel(file, json)()
    const beside = file.replace(/(\.json)?$/, '.safetensors')
    return weightsFile === undefined && isRunSpec(json) && !existsSync(beside)
      ? readRunModel(dirname(file), spec)()
      : readSpecModel(file, spec, weightsFile ?? beside)()
  }
}

async function readFolder(folder: string, weightsFile?: string): Promise<E.Either<Failure, LayersModel>> {
  for (const file of ['model.json', 'spec.json'].map((name) => join(folder, name))) {
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile() === true) return readModel(file, weightsFile)()
  }
  const what =
    'is a folder without a model.json: name the model.json that model.save or tensorflowjs_converter wrote, or a run’s folder'
  return E.left(modelFailure(folder, what))
}

function whyUnreadable(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'is not JSON: name the model.json that model.save wrote'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return code === 'ENOENT' ? 'there is no such file' : `can't be read (${code})`
}
