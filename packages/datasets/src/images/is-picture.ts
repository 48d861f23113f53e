const extension = /\.(?:jpe?g|jpe|jfif|png|webp|gif|avif|tiff?)$/i

/** What one encoded picture may have; a larger one is no picture. */
export const MOST_IMAGE_BYTES: number = 2 ** 28

/** Whether a file's name is a picture's. Names that start with a dot are other programs' notes. */
export function isPicture(path: string): boolean {
  return extension.test(path) && !path.slice(path.lastIndexOf('/') + 1).startsWith('.')
}
