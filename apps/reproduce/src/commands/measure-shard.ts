import { either as E } from 'fp-ts'
import { printFailure } from '../console/print-failure.ts'
import { openMeasurement, type MeasurementOptions } from '../measure/open-measurement.ts'
import { measureShard, type MeasuredShard } from '../measure/shards/measure-shard.ts'
import type { Shard } from '../measure/shards/parse-shard.ts'
import { workProgress } from '../measure/work-progress.ts'
import type { Console } from './console.ts'

export interface MeasureShardCommandOptions extends MeasurementOptions {
  readonly shard: Shard
  /** The folder that the shards leave their parts in. */
  readonly partial: string
}

/** Makes one shard's part of a measurement, and says in one line what is left to do. */
export async function measureShardCommand(
  options: MeasureShardCommandOptions,
  { out, err, clock }: Console,
): Promise<number> {
  const opened = await openMeasurement(options)
  if (E.isLeft(opened)) {
    printFailure(err, opened.left)
    return 1
  }
  const { shard, partial: folder, sample } = options
  const progress = workProgress(err, clock, 'measuring', (3 * opened.right.data.split.ids.length) / shard.of)
  try {
    const measured = await measureShard(opened.right, {
      ...shard,
      folder,
      ...(sample === undefined ? {} : { shuffledBy: sample }),
      tell: (examples) => progress.add(examples),
    })
    progress.close()
    if (E.isLeft(measured)) {
      printFailure(err, measured.left)
      return 1
    }
    out.write(`${said(shard, folder, measured.right)}\n`)
    return 0
  } finally {
    progress.close()
    opened.right.measurement.model.dispose()
  }
}

function said({ shard, of }: Shard, folder: string, { from, to, done, missing }: MeasuredShard): string {
  const examples = `shard ${shard} of ${of}, examples ${from.toLocaleString('en')} to ${(to - 1).toLocaleString('en')}`
  if (!done) return `${examples}: first pass done; run it again once the other shards have made theirs`
  return missing.projections === 0
    ? `${examples}: done, as are all others: measure --merge ${folder}`
    : `${examples}: done; others are not yet`
}
