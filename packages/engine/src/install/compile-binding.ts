import { moveIntoPlace } from '@coherent-gradients/files'
import { either as E } from 'fp-ts'
import { readFile, rm, writeFile } from 'node:fs/promises'
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

/**
 * The binding keeps the names of all attributes in one set, which it shares between the threads of a process without a
 * lock: two that compute at once may read each other's names. Each thread gets a set of its own.
 */
function oneSetAThread(source: string): string {
  return source.replace(/^static (std::set<std::string> ATTR_NAME_SET;)$/m, 'static thread_local $1')
}

/** Compiles tfjs's binding against the libraries of a wheel, which it will find beside itself wherever both are moved. */
export async function compileBinding(options: CompileOptions): Promise<E.Either<InstallFailure, void>> {
  const { compiler, sources, headers, folder } = options
  const aside = 'tfjs_binding.partial.node'
  const libraries = join(folder, 'tensorflow')
  const backend = join(folder, 'tfjs_backend.cc')
  try {
    await writeFile(backend, oneSetAThread(await readFile(join(sources, 'binding', 'tfjs_backend.cc'), 'utf8')))
  } catch (cause) {
    const output = cause instanceof Error ? cause.message : String(cause)
    const message = `tfjs's binding can't be prepared (${output}): install @tensorflow/tfjs-node-gpu anew`
    return E.left({ _tag: 'StepFailed', message, step: 'compile', output })
  }
  const finished = await runProcess(
    compiler,
    [
      ...flags.split(' '),
      '-I',
      sources,
      '-I',
      join(sources, 'binding'),
      '-I',
      join(libraries, 'include'),
      '-I',
      headers,
      backend,
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
    await rm(backend)
    await moveIntoPlace(join(folder, aside), join(folder, 'tfjs_binding.node'))
    return E.right(undefined)
  }
  const output = finished?.output ?? ''
  const log = join(folder, 'compile.log')
  await writeFile(log, output)
  const message = `${compiler} can't compile tfjs's binding (${lastLine(output)}): see ${log}, or name another compiler in CXX`
  return E.left({ _tag: 'StepFailed', message, step: 'compile', output })
}
