/** Refuses outputs that are not [m × C], and labels that are no classes. */
export function checkTable(who: string, outputs: ArrayLike<number>, labels: ArrayLike<number>, classes: number): void {
  if (!Number.isInteger(classes) || classes < 2) throw new RangeError(`${who}: required classes ≥ 2, found ${classes}`)
  if (outputs.length !== labels.length * classes) {
    throw new RangeError(
      `${who}: required ${labels.length} × ${classes} outputs, one a label and class, found ${outputs.length}`,
    )
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`${who}: required labels from 0 to ${classes - 1}, found ${label} of example ${i}`)
    }
  }
}
