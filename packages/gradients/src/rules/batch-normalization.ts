import { movingStatistics } from './batch-normalization-statistics.ts'
import { constantBatchNormalization } from './constant-batch-normalization.ts'
import type { LayerRule } from './layer-rule.ts'

/** BatchNormalization in inference mode: by the moving statistics, which stay as they are. */
export const batchNormalization: LayerRule = constantBatchNormalization({
  of: movingStatistics,
  ofCall: movingStatistics,
})
