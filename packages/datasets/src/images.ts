export {
  centreCrop224,
  type CentreCrop,
  type Preprocessing,
  type RandomCrop,
  randomCrop224,
} from './images/preprocessing.ts'
export { decodeCrop } from './images/decode-crop.ts'
export { decodeImage, type ImageFailure, type ImageShape } from './decode-image.ts'
export type { CropDraw } from './images/crop-plan.ts'
export { type ImageSplit, imageSplit, type ImageSplitOptions, type LeftOut } from './images/image-split.ts'
export type { NoImages } from './image-files.ts'
export { type ImageFolder, imageFolder, type ImageFolderOptions } from './image-folder.ts'
export { croppedPack } from './pack/cropped-pack.ts'
export { packImages, type PackOptions, type PackReport } from './pack/pack-images.ts'
