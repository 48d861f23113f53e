/** 128 bits from which randomness is derived. Plain data: it can be stored, compared and sent to a worker. */
export type Key = readonly [number, number, number, number]
