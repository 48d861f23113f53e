/**
 * How long it takes to make runs of these lengths in this order, so many at a time on so many cores: each lane takes the
 * next run, and more lanes than cores share them.
 *
 * @example
 * timeWithJobs([3, 1, 1, 1], 2, 2) // 3
 */
export function timeWithJobs(lengths: readonly number[], jobs: number, cores: number): number {
  const lanes: number[] = Array.from({ length: Math.max(1, Math.min(jobs, lengths.length)) }, () => 0)
  for (const length of lengths) {
    const soonest = lanes.indexOf(Math.min(...lanes))
    lanes[soonest]! += length
  }
  return Math.max(...lanes) * Math.max(1, lanes.length / cores)
}
