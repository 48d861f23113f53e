import { existsSync, readdirSync } from 'node:fs'
import type { EngineDefinition } from './engines/engine-definition.ts'
import { tensorflow } from './engines/tensorflow.ts'

/** The engines that only Node has, best first. */
export const nativeEngines: readonly EngineDefinition[] = [tensorflow]

/**
 * WebGPU, from npm's `webgpu`, which is Google's Dawn. It is put where a browser has it, `navigator.gpu` and the globals
 * around it, because tfjs looks for it there.
 *
 * Dawn writes warnings of its own to stderr where there is no GPU, so unless `named` it is not even loaded there.
 *
 * Rejects with an Error that says how to get it.
 */
export async function openGpu(named: boolean): Promise<GPU> {
  if (!named && !mayHaveGpu()) throw new Error('this machine shows no GPU')
  if (globalThis.navigator?.gpu !== undefined) return globalThis.navigator.gpu
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

/** Linux has a device file for each GPU: from the kernel, from NVIDIA's driver, or from Windows around it. */
function mayHaveGpu(): boolean {
  if (process.platform !== 'linux') return true
  if (existsSync('/dev/nvidiactl') || existsSync('/dev/dxg')) return true
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('renderD'))
}

/** What to do where tfjs can't find its .wasm file: in Node it can. */
export const howToFindWasm: string = ''
