/** One curve or cloud of a panel. */
export interface Series {
  /** What the legend says. Series of the same name share colour and legend entry across panels. */
  readonly name: string
  /** Which data the curve belongs to; decides its colour (colour-blind-safe) before the name does. */
  readonly role?: 'real' | 'random' | 'pristine' | 'corrupt' | 'train' | 'test' | 'neutral'
  readonly mark: 'line' | 'dots' | 'line-and-dots'
  readonly dash?: boolean
  /** [x, y] in drawing order; a NaN y breaks the line. */
  readonly points: readonly (readonly [number, number])[]
  /** [x, low, high] interval band around the curve. */
  readonly band?: readonly (readonly [number, number, number])[]
}

export interface Axis {
  readonly label: string
  readonly scale?: 'linear' | 'log'
  readonly domain?: readonly [number, number]
  /** Larger values to the left (training loss falls as time goes on). */
  readonly reverse?: boolean
}

/** A horizontal reference line: the orthogonal limit, the pristine share. */
export interface Rule {
  readonly y: number
  readonly label: string
}

export interface Panel {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
  readonly rules?: readonly Rule[]
}

/** A figure as plain data: rows of panels. Drawing it is one function, so every figure looks alike. */
export interface Figure {
  readonly id: string
  readonly title: string
  /** What it shows, on which data and network, and what the paper used. */
  readonly caption: string
  /** Row labels at the left, one per row of panels. */
  readonly rowLabels?: readonly string[]
  readonly rows: readonly (readonly Panel[])[]
}
