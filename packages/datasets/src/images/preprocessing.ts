/** What becomes of a picture before it is an example, as plain data: it goes into specs and packed files. */
export type Preprocessing = CentreCrop | RandomCrop

interface Crop {
  /** Pixels on each side of what comes out. */
  readonly crop: number
  /** `exif` turns pictures upright as they ask for (the default); `stored` leaves them, as most training code does. */
  readonly orientation?: 'exif' | 'stored'
}

/** For measuring and testing: the short side is scaled to `resize`, and the middle is cut out. */
export interface CentreCrop extends Crop {
  readonly kind: 'centre-crop'
  readonly resize: number
}

/** For training: a random part of the picture is scaled to the crop, and half of them are mirrored. */
export interface RandomCrop extends Crop {
  readonly kind: 'random-crop'
  /** The share of the picture's area, drawn evenly; 0.08 to 1 where absent. */
  readonly area?: readonly [number, number]
  /** Width by height of the part, drawn evenly in its logarithm; 3/4 to 4/3 where absent. */
  readonly ratio?: readonly [number, number]
  /** `false` mirrors none. */
  readonly flip?: boolean
}

/** The field's own for measuring: short side 256, the middle 224 × 224. */
export const centreCrop224: CentreCrop = { kind: 'centre-crop', resize: 256, crop: 224 }

/** The field's own for training: a random part of 8 to 100% of the picture, as 224 × 224. */
export const randomCrop224: RandomCrop = { kind: 'random-crop', crop: 224 }
