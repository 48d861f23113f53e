import { either as E } from 'fp-ts'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstallFailure } from './install-failure.ts'
import { lastLine } from './last-line.ts'
import { runProcess } from './run-process.ts'

export interface CompileOptions {
  readonly compiler: string
  /** The folder of @tensorflow/tfjs-node-gpu, with the binding's sources. */
  readonly sources: string
  /** The folder of `node_api.h`. */
  readonly headers: string
  /** The folder that holds `tensorflow/`, unpacked; the binding is put beside it. */
  readonly folder: string
}

const flags = '-O2 -fPIC -shared -std=c++17 -w -DNAPI_VERSION=8 -DBUILDING_NODE_EXTENSION'

/** Compiles tfjs's binding against the libraries of a wheel, which it will find beside itself wherever both are moved. */
export async function compileBinding(options: CompileOptions): Promise<E.Either<InstallFailure, void>> {
  const { compiler, sources, headers, folder } = options
  const aside = 'tfjs_binding.partial.node'
  const libraries = join(folder, 'tensorflow')
  const finished = await runProcess(
    compiler,
    [
      ...flags.split(' '),
      '-I',
      sources,
      '-I',
      join(libraries, 'include'),
      '-I',
      headers,
      join(sources, 'binding', 'tfjs_backend.cc'),
      join(sources, 'binding', 'tfjs_binding.cc'),
      '-o',
      aside,
      '-L',
      libraries,
      '-l:libtensorflow_cc.so.2',
      '-l:libtensorflow_framework.so.2',
      '-Wl,-rpath,$ORIGIN/tensorflow',
    ],
    { cwd: folder },
  )
  if (finished?.code === 0) {
    await rename(join(folder, aside), join(folder, 'tfjs_binding.node'))
    return E.right(undefined)
  }
  const output = finished?.output ?? ''
  const log = join(folder, 'compile.log')
  await writeFile(log, output)
  const message = `${compiler} can't compile tfjs's binding (${lastLine(output)}): see ${log}, or name another compiler in CXX`
  return E.left({ _tag: 'StepFailed', message, step: 'compile', output })
}
