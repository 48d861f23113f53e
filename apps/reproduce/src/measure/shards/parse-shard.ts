/** Which part of how many. */
export interface Shard {
  /** From 1 to `of`. */
  readonly shard: number
  readonly of: number
}

/** Parses --shard, `2/5`; undefined where it is no such thing. */
export function parseShard(text: string): Shard | undefined {
  const [, shard, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number)
  return shard !== undefined && of !== undefined && shard >= 1 && shard <= of ? { shard, of } : undefined
}
