export { kernelNames } from './kernel-names.ts'
export { registerKernels } from './register-kernels.ts'
