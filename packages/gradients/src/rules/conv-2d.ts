import { convolutionRule } from './convolution-rule.ts'
import type { LayerRule } from './layer-rule.ts'

/** Conv2D, of any stride, dilation and padding that tfjs runs, channels last. Kernel [kh, kw, c, p]. */
export const conv2d: LayerRule = convolutionRule('Conv2D')
