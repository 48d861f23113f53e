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
  /** Each seed's own curve, drawn thin below the curve of them all, so that no seed is hidden in a band. */
  readonly seeds?: readonly (readonly (readonly [number, number])[])[]
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

/** Values over a grid, drawn as coloured cells below the curves. Its panel's axes are linear and name their domains. */
export interface HeatMap {
  /** Middles of the cells' columns, evenly spaced, from low to high. */
  readonly x: readonly number[]
  /** Middles of the cells' rows, likewise. */
  readonly y: readonly number[]
  /** [y × x] row by row, from the lowest y; NaN leaves the paper bare. */
  readonly values: readonly number[]
  /** What the colours say. */
  readonly label: string
  /** The values of the first and the last colour; what lies beyond has the colour of that end. */
  readonly domain: readonly [number, number]
}

export interface Panel {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly heat?: HeatMap
  readonly series: readonly Series[]
  readonly rules?: readonly Rule[]
}

/** A figure as plain data: rows of panels. Drawing it is one function, so every figure looks alike. */
export interface Figure {
  readonly id: string
  readonly title: string
  /** What it shows, on which data and network, and what the paper used. */
  readonly caption: string
  /** True where it shows the network layer by layer, beside another of the network as a whole. */
  readonly layers?: boolean
  /** Row labels at the left, one per row of panels. */
  readonly rowLabels?: readonly string[]
  readonly rows: readonly (readonly Panel[])[]
}
