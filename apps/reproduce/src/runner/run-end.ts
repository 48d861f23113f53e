/** Why a run ended; `computed` where it had no steps to make. */
export type RunEnd = 'steps made' | 'fitted' | 'diverged' | 'computed'
