/** Refuses a typed array that isn't as long as its shape says. */
export function checkLength(name: string, what: string, values: Float32Array, rows: number, width: number): void {
  if (!Number.isInteger(width) || width < 0 || values.length !== rows * width) {
    throw new RangeError(`${name}: required ${rows} × ${width} ${what}, found ${values.length} values`)
  }
}
