/** Numbers in verdicts. */
export const percent = (x: number): string => `${(100 * x).toFixed(1)}%`.replace('-', '−')
export const times = (x: number): string => `${x.toPrecision(3)}×`
export const points = (x: number): string => `${(100 * x).toFixed(1)} points`.replace('-', '−')
