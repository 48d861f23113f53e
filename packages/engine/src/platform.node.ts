import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { EngineDefinition } from './engines/engine-definition.ts'
import { tensorflow } from './engines/tensorflow.ts'
import { findAdapter } from './webgpu/find-adapter.ts'

/** The engines that only Node has, best first. */
export const nativeEngines: readonly EngineDefinition[] = [tensorflow]

/**
 * WebGPU, from npm's `webgpu`, which is Google's Dawn. It is put where a browser has it, `navigator.gpu` and the globals
 * around it, because tfjs looks for it there.
 *
 * On Linux, Dawn and the drivers below it write warnings of their own to stderr. So it is loaded only where another
 * process has found an adapter by it, and unless `named` only where the machine shows a GPU.
 *
 * Rejects with an Error that says how to get it.
 */
export async function openGpu(named: boolean): Promise<GPU> {
  if (!named && !mayHaveGpu()) throw new Error('this machine shows no GPU')
  if (globalThis.navigator?.gpu !== undefined) return globalThis.navigator.gpu
  if (process.platform === 'linux') await requireAdapter()
  let dawn: { create(options: string[]): GPU; globals: object }
  try {
    dawn = await import('webgpu')
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n')
    throw new Error(`npm's package webgpu can't be loaded (${reason}): npm install webgpu@0.6`, { cause: error })
  }
  for (const [name, value] of Object.entries(dawn.globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  const gpu = dawn.create([])
  const navigator = globalThis.navigator ?? { userAgent: `Node.js/${process.versions.node}` }
  if (globalThis.navigator === undefined) Object.assign(globalThis, { navigator }) // Node 20
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
  return gpu
}

/** How a software adapter can be had where there is no GPU. */
export const howToGetAnAdapter: string =
  "install the GPU's Vulkan driver; or, for software, Debian's chromium and libvulkan1, and set " +
  'VK_DRIVER_FILES=/usr/lib/chromium/vk_swiftshader_icd.json'

/** Rejects where there is no adapter, and leaves the drivers below Dawn nothing to write about where there is one. */
async function requireAdapter(): Promise<void> {
  let dawn: string
  try {
    dawn = createRequire(import.meta.url).resolve('webgpu')
  } catch {
    return // Importing it says what is wrong.
  }
  const found = await findAdapter(dawn)
  if (found === 'none') throw new Error(`WebGPU finds no adapter: ${howToGetAnAdapter}`)
  process.env['XDG_RUNTIME_DIR'] ??= tmpdir()
  // Mesa's driver in software stands beside those of GPUs, and Dawn warns about what it lacks.
  if (found === 'gpu') process.env['VK_LOADER_DRIVERS_DISABLE'] ??= '*lvp_icd*'
}

/** Linux has a device file for each GPU: from the kernel, from NVIDIA's driver, or from Windows around it. */
function mayHaveGpu(): boolean {
  if (process.platform !== 'linux') return true
  if (existsSync('/dev/nvidiactl') || existsSync('/dev/dxg')) return true
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('renderD'))
}

/** What to do where tfjs can't find its .wasm file: in Node it can. */
export const howToFindWasm: string = ''

/** tfjs's WebAssembly module with SIMD, from its package or from the file that is named. */
export async function readWasm(file: string | undefined): Promise<Uint8Array> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  return await readFile(file ?? join(dirname(main), 'tfjs-backend-wasm-simd.wasm'))
}
