/** The learning rate of the figure. The paper gives none; with this one it is that of its Example 7. */
export const OURS = 0.1

/** Others beside it: up to nearly 1.6, above which the descent on L diverges. */
export const LEARNING_RATES: readonly number[] = [0.01, OURS, 0.5, 1.5]

/** What a descent is called in the table. */
export function seriesName(data: 'L' | 'M', rule: 'mean' | 'median', learningRate: number = OURS): string {
  return [data, ...(rule === 'mean' ? [] : [rule]), ...(learningRate === OURS ? [] : [`η = ${learningRate}`])].join(
    ', ',
  )
}
