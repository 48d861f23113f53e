import { createHash } from 'node:crypto'

/** What is known of how one run was made, from its `environment.json`. */
export interface RunOrigin {
  /** The source's revision, with `+` where files differed from it; null outside a checkout. */
  readonly revision: string | null
  /** The content hashes of what the run went by, by part. */
  readonly data: Readonly<Record<string, { readonly sha256: string }>>
}

/** What a figure was made of, and whether it would be made of the same now. */
export interface Provenance {
  /** `unknown` where it can't be told, as outside of a checkout. */
  readonly state: 'fresh' | 'stale' | 'unknown'
  /** Why it isn't fresh, a line each. */
  readonly reasons: readonly string[]
  /** The revisions that made the runs, short; none where none is known. */
  readonly revisions: readonly string[]
  /** One hash of all data that the runs went by; absent where they went by none. */
  readonly data?: string
}

export interface PlannedRuns {
  /** Of the runs that the plan asks for now: how those that were made were made; `undefined` where a run isn't done. */
  readonly origins: readonly (RunOrigin | undefined)[]
  /** Whether what computes has changed from a revision to the source as it is now; undefined where it can't be told. */
  readonly changedSince: (revision: string) => boolean | undefined
}

/**
 * Tells whether a figure is fresh: whether every run that its plan asks for now has been made, from this source.
 *
 * A run's folder is named by the hash of its spec, so one whose spec has changed isn't there any more.
 */
export function provenanceOf({ origins, changedSince }: PlannedRuns): Provenance {
  const made = origins.filter((origin): origin is RunOrigin => origin !== undefined)
  const missing = origins.length - made.length
  const revisions = [...new Set(made.map(({ revision }) => revision))]
  const doubts = [
    ...(missing === 0 ? [] : [stale(`${missing} of the ${origins.length} runs that are asked for now are not done`)]),
    ...doubtsOf(revisions, changedSince),
  ]
  const hashes = made.flatMap(({ data }) => Object.entries(data).map(([part, { sha256 }]) => `${part} ${sha256}`))
  return {
    state: doubts.some(({ state }) => state === 'stale') ? 'stale' : doubts.length > 0 ? 'unknown' : 'fresh',
    reasons: doubts.map(({ reason }) => reason),
    revisions: revisions.filter((revision) => revision !== null).map(short),
    ...(hashes.length === 0 ? {} : { data: hashOf(hashes) }),
  }
}

interface Doubt {
  readonly state: 'stale' | 'unknown'
  readonly reason: string
}

const stale = (reason: string): Doubt => ({ state: 'stale', reason })
const unknown = (reason: string): Doubt => ({ state: 'unknown', reason })

function doubtsOf(revisions: readonly (string | null)[], changedSince: PlannedRuns['changedSince']): readonly Doubt[] {
  const known = revisions.filter((revision) => revision !== null)
  const edited = known.filter((revision) => revision.endsWith('+'))
  const asked = known.filter((revision) => !revision.endsWith('+'))
  const changed = asked.filter((revision) => changedSince(revision) === true)
  const unheardOf = asked.filter((revision) => changedSince(revision) === undefined)
  const named = (list: readonly string[]): string =>
    `${list.length === 1 ? 'revision' : 'revisions'} ${list.map(short).join(', ')}`
  return [
    ...(edited.length === 0 ? [] : [stale(`made from files that differed from ${named(edited)}`)]),
    ...(changed.length === 0 ? [] : [stale(`the source has changed since ${named(changed)}`)]),
    ...(unheardOf.length === 0 ? [] : [unknown(`not known here: ${named(unheardOf)}`)]),
    ...(revisions.includes(null) ? [unknown('made outside of a checkout')] : []),
  ]
}

const short = (revision: string): string => revision.replace(/^([0-9a-f]{10})[0-9a-f]*/, '$1')

function hashOf(hashes: readonly string[]): string {
  return createHash('sha256')
    .update([...new Set(hashes)].toSorted().join('\n'))
    .digest('hex')
    .slice(0, 12)
}
