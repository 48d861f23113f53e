import { engine } from '@tensorflow/tfjs-core'

/** What tfjs keeps of a forward pass until it goes back; its typings keep it private. */
interface TapedEngine {
  gradients: (...args: readonly unknown[]) => unknown
  readonly state: {
    readonly gradientDepth: number
    activeTape: readonly { readonly saved?: readonly { dispose(): void }[] }[] | null
  }
}

const mended = new WeakSet<object>()

/**
 * Frees what tfjs keeps for the backward pass when the function that is differentiated throws, or its derivative does; by
 * itself tfjs forgets those tensors without freeing them. Idempotent.
 */
export function mendTape(): void {
  const taped = engine() as unknown as TapedEngine
  if (mended.has(taped)) return
  mended.add(taped)
  const gradients = taped.gradients
  taped.gradients = (...args) => {
    try {
      return gradients.apply(taped, [...args])
    } catch (error) {
      const { state } = taped
      if (state.gradientDepth === 0 && state.activeTape != null) {
        for (const { saved } of state.activeTape) for (const tensor of saved ?? []) tensor.dispose()
        state.activeTape = null
      }
      throw error
    }
  }
}
