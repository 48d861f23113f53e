/** Where a build of tfjs's binding comes from, and for which machine. Each has a folder of its own in the cache. */
export type Variant = 'gpu' | 'cpu' | 'upstream-gpu' | 'upstream'

/** A build of tfjs's binding that is ready to be loaded. */
export interface Installation {
  readonly variant: Variant
  /** TensorFlow's version: `2.18.1`. */
  readonly tensorflow: string
  /** The binding's absolute path: `…/tfjs_binding.node`. It finds TensorFlow's libraries by itself. */
  readonly binding: string
}
