/**
 * Names under which the kernels are registered. Each takes the attributes `lowerRank` and `upperRank`; of the
 * means around the median only how many ranks these are, which has to be more than half of the rows.
 *
 * | kernel | inputs | output |
 * |---|---|---|
 * | `…OfRows` | `rows` [m, columns] | [columns] |
 * | `…OfFactors` | `activations` [m, d], `deltas` [m, p] | [d, p] |
 */
export const kernelNames = {
  winsorizedMeanOfRows: 'WinsorizedMeanOfRows',
  winsorizedMeanOfFactors: 'WinsorizedMeanOfFactors',
  trimmedMeanOfRows: 'TrimmedMeanOfRows',
  trimmedMeanOfFactors: 'TrimmedMeanOfFactors',
  meanAroundMedianOfRows: 'MeanAroundMedianOfRows',
  meanAroundMedianOfFactors: 'MeanAroundMedianOfFactors',
} as const
