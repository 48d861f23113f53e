import * as tf from '@tensorflow/tfjs-core'
import type { DataId } from '@tensorflow/tfjs-core'

/**
 * Registers tfjs's backend `webgpu` on one adapter's device, with the limits that the adapter has.
 *
 * Errors of the device reach JavaScript as events, and tfjs leaves them alone: it would go on with whatever is in its
 * buffers. Here every read after such an error rejects with it.
 */
export async function startBackend(adapter: GPUAdapter): Promise<void> {
  const { WebGPUBackend } = await importBackend()
  const device = await adapter.requestDevice({
    requiredFeatures: (['timestamp-query', 'bgra8unorm-storage'] as const).filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(limits.map((name) => [name, adapter.limits[name]])),
  })
  let failure: string | undefined
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= error.message
  })
  void device.lost.then(({ reason, message }) => {
    failure ??= `the device was lost: ${message === '' ? reason : message}`
  })

  class CheckedBackend extends WebGPUBackend {
    override async read(dataId: DataId): Promise<tf.BackendValues> {
      let values: tf.BackendValues
      try {
        values = await super.read(dataId as object)
      } catch (cause) {
        throw new Error(`webgpu: ${failure ?? String(cause)}`, { cause })
      }
      if (failure !== undefined) throw new Error(`webgpu: ${failure}`)
      return values
    }
  }
  if (tf.engine().registryFactory['webgpu'] !== undefined) tf.removeBackend('webgpu') // tfjs's own, on any adapter
  tf.registerBackend('webgpu', () => new CheckedBackend(device, adapter.info))
}

const limits = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
  'maxStorageBufferBindingSize',
] as const

async function importBackend(): Promise<typeof import('@tensorflow/tfjs-backend-webgpu')> {
  try {
    return await import('@tensorflow/tfjs-backend-webgpu')
  } catch (error) {
    throw new Error("tfjs's backend isn't installed: npm install @tensorflow/tfjs-backend-webgpu", { cause: error })
  }
}
