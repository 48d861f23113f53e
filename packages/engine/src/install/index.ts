export type { Installation, Variant } from './installation.ts'
export type { InstallFailure } from './install-failure.ts'
export type { InstallProgress } from './install-progress.ts'
export { installTensorflow, type Installed, type InstallOptions } from './install-tensorflow.ts'
