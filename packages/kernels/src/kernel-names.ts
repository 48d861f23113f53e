/**
 * Names under which the kernels are registered. Each takes the attributes `lowerRank` and `upperRank`.
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
} as const
