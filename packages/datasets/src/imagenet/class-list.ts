/** One class of ILSVRC. */
export interface ImageNetClass {
  readonly wnid: string
  /** As the file has it: `tench, Tinca tinca`, `tench`, `kit_fox`. */
  readonly name: string
  /** 1 to 1000, the number that the development kit's ground truth uses; absent where the file doesn't give it. */
  readonly ilsvrcId?: number
}
