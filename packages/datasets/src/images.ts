export { decodeImage, type ImageFailure, type ImageShape } from './decode-image.ts'
export type { NoImages } from './image-files.ts'
export { type ImageFolder, imageFolder, type ImageFolderOptions } from './image-folder.ts'
