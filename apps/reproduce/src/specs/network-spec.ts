import type { ModelSpec } from '@coherent-gradients/models'

/** A network of the models package, without what the data decide: the shape of its inputs, and the number of classes. */
export type NetworkSpec = WithoutShape<Exclude<ModelSpec, { readonly kind: 'deep-linear' }>>

type WithoutShape<Spec> = Spec extends unknown ? Omit<Spec, 'inputs' | 'inputShape' | 'outputs'> : never
