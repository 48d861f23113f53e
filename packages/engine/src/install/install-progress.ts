/** How far an installation is. */
export interface InstallProgress {
  readonly step: 'download' | 'unpack' | 'compile' | 'install' | 'check'
  /** What the step works on: a wheel's name and version, `the binding`. */
  readonly what: string
  /** Bytes so far and in all, where they are known. */
  readonly bytes?: { readonly done: number; readonly total: number }
}
