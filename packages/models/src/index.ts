export { buildModel } from './build-model.ts'
export { Diagonal } from './diagonal.ts'
export type { Initialisation, ModelSpec } from './model-spec.ts'
