/** A colour on white paper, and the colour that stands for it on a dark page. */
export interface Ink {
  readonly light: string
  readonly dark: string
}

/** Everything in a drawing that is not data. */
export const inks: Readonly<Record<'paper' | 'ink' | 'muted' | 'axis' | 'grid', Ink>> = {
  paper: { light: '#ffffff', dark: '#12161b' },
  ink: { light: '#1f2328', dark: '#e8eaed' },
  muted: { light: '#586069', dark: '#a7b0ba' },
  axis: { light: '#8c959f', dark: '#6e7781' },
  grid: { light: '#e6e9ec', dark: '#262c33' },
}

/**
 * The colours of data: Okabe and Ito's, told apart with every common kind of colour blindness, the two strongest first.
 * Their yellow is left out because it can't be read on white.
 */
export const hues: readonly Ink[] = [
  { light: '#0072b2', dark: '#5ab4e5' }, // blue
  { light: '#d55e00', dark: '#f58a3c' }, // vermilion
  { light: '#009e73', dark: '#2cc79b' }, // bluish green
  { light: '#cc79a7', dark: '#e29cc3' }, // reddish purple
  { light: '#56b4e9', dark: '#9bd3f5' }, // sky blue
  { light: '#e69f00', dark: '#ffc24d' }, // orange
]

/** The colour of what is neither of two sides. */
export const neutral: Ink = { light: '#3d444d', dark: '#c9d1d9' }

/** How reference rules are dashed: unlike any series. */
export const ruleDash = '2.5 2.5'
