import { convolutionRule } from './convolution-rule.ts'
import type { LayerRule } from './layer-rule.ts'

/** Conv1D, of any stride, dilation and padding that tfjs runs, channels last. Kernel [taps, c, p]. */
export const conv1d: LayerRule = convolutionRule('Conv1D')
