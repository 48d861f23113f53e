type Gradients = readonly (readonly number[])[]

/** m times the same gradient, of four components. */
export function equalGradients(m: number, squaredNorm: number): Gradients {
  const component = Math.sqrt(squaredNorm) / 2
  return Array.from({ length: m }, () => [component, component, -component, component])
}

/** Pairwise orthogonal gradients of the squared norms given. */
export function orthogonalGradients(squaredNorms: readonly number[]): Gradients {
  return squaredNorms.map((squaredNorm, i) => squaredNorms.map((_, j) => (i === j ? Math.sqrt(squaredNorm) : 0)))
}
