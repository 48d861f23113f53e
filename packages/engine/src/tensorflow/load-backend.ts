import * as tf from '@tensorflow/tfjs-core'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { createRequire } from 'node:module'
import { findInstallation } from '../install/find-installation.ts'
import { findTfjsNode, howToGetTfjsNode, type TfjsNode } from '../install/find-tfjs-node.ts'
import type { Installation, Variant } from '../install/installation.ts'

/** tfjs's binding to TensorFlow, as far as it is asked. */
interface Binding {
  readonly TF_Version: string
  isUsingGpuDevice(): boolean
}

/** What the backend `tensorflow` runs on. */
export interface LoadedBackend {
  readonly tensorflow: string
  readonly gpu: boolean
}

/**
 * Registers tfjs's backend `tensorflow`: the kernels and the backend's class from @tensorflow/tfjs-node-gpu, and the
 * binding that was installed into the cache. The package's own main file isn't loaded: it looks for the binding in its
 * own folder, and makes the backend current as it loads.
 *
 * Throws an Error that says what to do where something is missing.
 */
export function loadBackend(): LoadedBackend {
  if (tf.engine().registryFactory['tensorflow'] !== undefined) return describe(tf.findBackend('tensorflow'))
  const tfjsNode = findTfjsNode()
  if (tfjsNode === undefined) throw new Error(`@tensorflow/tfjs-node-gpu isn't installed: ${howToGetTfjsNode}`)
  requireSameCore(tfjsNode)
  const installation = findInstallation()
  if (installation === undefined) {
    throw new Error("TensorFlow isn't installed here: `reproduce engine install` fetches it and builds tfjs's binding")
  }
  setEnvironment(installation.variant)
  mendUtil()
  const binding = loadBinding(tfjsNode, installation)
  tfjsNode.load('./dist/register_all_kernels.js')
  const { NodeJSKernelBackend } = tfjsNode.load('./dist/nodejs_kernel_backend.js') as {
    NodeJSKernelBackend: new (binding: Binding, packageName: string) => KernelBackend
  }
  const { name } = tfjsNode.load('./package.json') as { name: string }
  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, name))
  return { tensorflow: binding.TF_Version, gpu: binding.isUsingGpuDevice() }
}

function loadBinding({ load }: TfjsNode, { binding, variant }: Installation): Binding {
  try {
    return load(binding) as Binding
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]!
    throw new Error(
      `${binding} can't be loaded (${reason}): run \`reproduce engine install${optionsOf[variant]}\` again, which puts ` +
        'back what is missing or damaged',
      { cause },
    )
  }
}

/** What `engine install` was told to get a variant. */
const optionsOf: Readonly<Record<Variant, string>> = {
  cpu: '',
  gpu: ' --gpu',
  upstream: ' --from upstream',
  'upstream-gpu': ' --gpu --from upstream',
}

function describe(backend: KernelBackend): LoadedBackend {
  const { binding } = backend as unknown as { binding: Binding }
  return { tensorflow: binding.TF_Version, gpu: binding.isUsingGpuDevice() }
}

/** The package brings tfjs with it. Kernels for another copy of it than the program's would make tensors of their own kind. */
function requireSameCore({ load }: TfjsNode): void {
  const theirs = createRequire(load.resolve('@tensorflow/tfjs'))
  const core = theirs('@tensorflow/tfjs-core') as typeof tf
  if (core.Tensor === tf.Tensor) return
  throw new Error(
    `@tensorflow/tfjs-node-gpu brings another tfjs-core (${core.version_core}, at ` +
      `${theirs.resolve('@tensorflow/tfjs-core')}) than this program's ${tf.version_core}: install the same version of both`,
  )
}

/**
 * TensorFlow reads these as it is loaded. In a worker thread they are set only where it shares its parent's environment. A
 * build with CUDA reports errors that are none, and one process takes all of the GPU's memory unless it is told to take what
 * it needs: then several share a GPU.
 */
function setEnvironment(variant: Variant): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= variant === 'gpu' ? '3' : '2'
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
}

/** tfjs-node calls two functions of `util` that Node 22 warns of and Node 23 no longer has. */
function mendUtil(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>
  util['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined
  util['isArray'] = Array.isArray
}
