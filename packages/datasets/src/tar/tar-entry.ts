/** An ordinary file inside a tar archive. */
export interface TarEntry {
  /** Its path as the archive has it: a name, never a place on this machine's disk. */
  readonly name: string
  /** Where its bytes begin in the archive. */
  readonly offset: number
  readonly size: number
}
