/** Anything that carries numbers in a shape: a number, a typed array, or (nested) arrays of them. */
export type Numbers = number | ArrayLike<number> | readonly Numbers[]
