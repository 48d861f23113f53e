export interface ThreadHandle {
  end(): void
}

/** How many threads the machine has use for; where it is 1 because waiting isn't allowed here, why. */
export interface ThreadLimit {
  readonly threads: number
  readonly why?: string
}
