import type { Failure } from '@coherent-gradients/core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E, type taskEither as TE } from 'fp-ts'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { modelFailure, shown } from './model-failure.ts'
import { readLayersModel } from './read-layers-model.ts'
import { readSpecModel, specKinds, specOf, unknownKindOf } from './read-spec-model.ts'

const LONGEST_JSON = 2 ** 28

/**
 * The user's own model: a tfjs layers model by its model.json, or a spec of the `models` package by a JSON file and a
 * safetensors file (`weightsFile`, else the JSON file's name with .safetensors). Of a folder its model.json is read.
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
      return E.left(modelFailure(file, `is a spec of the unknown kind ${shown(unknown)}: known are ${known}`))
    }
    const spec = specOf(json)
    if (spec === undefined && weightsFile !== undefined) {
      return E.left(
        modelFailure(file, 'names its own weight files: --weights goes with a spec alone, leave it out here'),
      )
    }
    return spec === undefined
      ? readLayersModel(file, json)()
      : readSpecModel(file, spec, weightsFile ?? file.replace(/(\.json)?$/, '.safetensors'))()
  }
}

async function readFolder(folder: string, weightsFile?: string): Promise<E.Either<Failure, LayersModel>> {
  const file = join(folder, 'model.json')
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile() === true) return readModel(file, weightsFile)()
  const isRun = (await stat(join(folder, 'spec.json')).catch(() => undefined))?.isFile() === true
  const what = isRun
    ? 'is a folder of a run: name its spec.json, and by --weights the .safetensors file of its checkpoint'
    : 'is a folder without a model.json: name the model.json that model.save or tensorflowjs_converter wrote'
  return E.left(modelFailure(folder, what))
}

function whyUnreadable(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'is not JSON: name the model.json that model.save wrote'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return code === 'ENOENT' ? 'there is no such file' : `can't be read (${code})`
}
