const digits = (x: number): string => (100 * x).toFixed(1).replace('-', '−')

/** `45.0%` */
export const percent = (x: number): string => `${digits(x)}%`
/** `−3.1 points`: a difference of two shares. */
export const points = (x: number): string => `${digits(x)} points`
