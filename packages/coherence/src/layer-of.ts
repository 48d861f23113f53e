/** The layer of a weight, by its name: what stands before the last slash; the whole name where there is none. */
export function layerOf(name: string): string {
  const slash = name.lastIndexOf('/')
  return slash === -1 ? name : name.slice(0, slash)
}
