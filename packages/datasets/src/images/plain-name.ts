/**
 * A picture's own file name: without folders, and without the WordNet id that some hubs append to the names of ILSVRC
 * (`n01440764_10026_n01440764.JPEG`), so that a picture has one name in every format.
 */
export function plainName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.replace(/^(.+_.+)_n\d{8}(\.[^.]+)?$/, '$1$2')
}
