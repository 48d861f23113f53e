import type { Failure } from '@coherent-gradients/core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { either as E, type taskEither as TE } from 'fp-ts'
import { readFile, stat } from 'node:fs/promises'
import { modelFailure } from './model-failure.ts'
import { readLayersModel } from './read-layers-model.ts'
import { readSpecModel, specOf } from './read-spec-model.ts'

const LONGEST_JSON = 2 ** 28

/**
 * The user's own model: a tfjs layers model by its model.json, or a spec of the `models` package by a JSON file and a
 * safetensors file (`weightsFile`, else the JSON file's name with .safetensors).
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
      const { size } = await stat(file)
      if (size > LONGEST_JSON) return E.left(modelFailure(file, `required a model.json, found ${size} bytes`))
      json = JSON.parse(await readFile(file, 'utf8'))
    } catch (cause) {
      return E.left(modelFailure(file, whyUnreadable(cause)))
    }
    const spec = specOf(json)
    return spec === undefined
      ? readLayersModel(file, json)()
      : readSpecModel(file, spec, weightsFile ?? file.replace(/(\.json)?$/, '.safetensors'))()
  }
}

function whyUnreadable(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'is not JSON: name the model.json that model.save wrote'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return code === 'ENOENT' ? 'there is no such file' : `can't be read (${code})`
}
