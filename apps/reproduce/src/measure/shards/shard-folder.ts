import type { Failure } from '@coherent-gradients/core'
import {
  canonicalJson,
  readSafetensors,
  writeFileAtomically,
  writeSafetensors,
  type StoredTensor,
  type StoredTensors,
} from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Projections, ScopeProjections } from '../chunk-projections.ts'
import type { ChunkSums } from '../chunk-sums.ts'
import type { ShardedAbout } from './sharded-about.ts'
import { shardsFailure } from './shards-failure.ts'

/** What a pass leaves of a chunk: a file each, whole or not there, so that shards may work on one folder at a time. */
export interface ShardFolder {
  readonly about: ShardedAbout
  /** The chunks, by their numbers, that a pass has not left a file of yet. */
  missing(pass: Pass): readonly number[]
  writeSums(chunk: number, sums: readonly ChunkSums[]): Promise<E.Either<Failure, void>>
  /** The sums as they are labelled, then with shuffled labels. */
  readSums(chunk: number): Promise<E.Either<Failure, readonly ChunkSums[]>>
  writeProjections(chunk: number, projections: ScopeProjections): Promise<E.Either<Failure, void>>
  readProjections(chunk: number): Promise<E.Either<Failure, ScopeProjections>>
}

type Pass = 'sums' | 'projections'

const LABELLINGS = ['own', 'shuffled'] as const

/**
 * Opens a folder for a measurement, and makes it where it is missing.
 *
 * @returns left where it holds parts of another measurement.
 */
export async function makeShardFolder(folder: string, about: ShardedAbout): Promise<E.Either<Failure, ShardFolder>> {
  const file = aboutFile(folder)
  if (!existsSync(file)) {
    const written = await writeFileAtomically(file, canonicalJson(about as never))()
    if (E.isLeft(written)) return written
  }
  const opened = await openShardFolder(folder)
  if (E.isLeft(opened)) return opened
  const differ = (Object.keys(about) as (keyof ShardedAbout)[]).find(
    (key) => canonicalJson(about[key] as never) !== canonicalJson(opened.right.about[key] as never),
  )
  if (differ === undefined) return opened
  const what = differ === 'digest' ? 'weights or examples' : differ === 'about' ? 'model, data, loss or engine' : differ
  return E.left(shardsFailure(folder, `holds parts of another measurement (${what} differ): name another folder`))
}

/** Opens a folder that shards have written into. */
export async function openShardFolder(folder: string): Promise<E.Either<Failure, ShardFolder>> {
  let about: ShardedAbout
  try {
    about = JSON.parse(await readFile(aboutFile(folder), 'utf8')) as ShardedAbout
  } catch {
    return E.left(shardsFailure(folder, 'required a folder that measure --shard has written, found none'))
  }
  if (about.version !== 1 || !Array.isArray(about.chunks) || !Array.isArray(about.weights)) {
    return E.left(shardsFailure(folder, 'was written by another version of measure --shard: begin a new folder'))
  }
  const fileOf = (pass: Pass, chunk: number): string =>
    join(folder, `${pass}-${String(chunk).padStart(5, '0')}.safetensors`)
  const write = (pass: Pass, chunk: number, tensors: StoredTensors): Promise<E.Either<Failure, void>> =>
    writeFileAtomically(fileOf(pass, chunk), writeSafetensors(tensors))()
  const read = async <T>(
    pass: Pass,
    chunk: number,
    make: (numbers: (name: string, length: number) => Float64Array) => T,
  ): Promise<E.Either<Failure, T>> => {
    const file = fileOf(pass, chunk)
    try {
      const tensors = readSafetensors(await readFile(file))
      if (E.isLeft(tensors)) return E.left(shardsFailure(file, tensors.left.message))
      return E.right(make((name, length) => numbersOf(tensors.right[name], name, length)))
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      return E.left(shardsFailure(file, `${reason}: delete it, and run its shard again`))
    }
  }
  return E.right({
    about,
    missing: (pass) => about.chunks.flatMap((_, c) => (existsSync(fileOf(pass, c)) ? [] : [c])),
    writeSums: (chunk, sums) => write('sums', chunk, tensorsOfSums(sums)),
    readSums: (chunk) =>
      read('sums', chunk, (numbers) => LABELLINGS.map((name) => sumsOf(about, about.chunks[chunk]!, name, numbers))),
    writeProjections: (chunk, projections) => write('projections', chunk, tensorsOfProjections(projections)),
    readProjections: (chunk) =>
      read('projections', chunk, (numbers) => {
        const { from, to } = about.chunks[chunk]!
        const scopes = ['all', ...about.weights.map(({ layer }) => `layer:${layer}`)]
        return new Map(
          scopes.map((scope): [string, Projections] => [
            scope,
            { squaredNorms: numbers(`${scope}/squared norms`, to - from), dots: numbers(`${scope}/dots`, to - from) },
          ]),
        )
      }),
  })
}

function aboutFile(folder: string): string {
  return join(folder, 'about.json')
}

function tensor(data: Float64Array): StoredTensor {
  return { dtype: 'float64', shape: [data.length], data }
}

function numbersOf(found: StoredTensor | undefined, name: string, length: number): Float64Array {
  if (found?.dtype === 'float64' && found.data.length === length) return found.data
  throw new RangeError(`required ${length} numbers of ${name}, found ${found?.data.length ?? 'none'}`)
}

function tensorsOfSums(sums: readonly ChunkSums[]): StoredTensors {
  const entries = sums.flatMap(({ loss, statistic: { blocks } }, l) => [
    [`${LABELLINGS[l]}/loss`, tensor(Float64Array.of(loss))] as const,
    [`${LABELLINGS[l]}/squares`, tensor(Float64Array.from(blocks, (block) => block.sumOfSquaredNorms))] as const,
    ...blocks.map((block) => [`${LABELLINGS[l]}/sum/${block.name}`, tensor(block.sum)] as const),
  ])
  return Object.fromEntries(entries)
}

function sumsOf(
  { weights }: ShardedAbout,
  { from, to }: ShardedAbout['chunks'][number],
  labelling: string,
  numbers: (name: string, length: number) => Float64Array,
): ChunkSums {
  const squares = numbers(`${labelling}/squares`, weights.length)
  const blocks = weights.map(({ name, layer, size }, w) => ({
    name,
    layer,
    sumOfSquaredNorms: squares[w]!,
    sum: numbers(`${labelling}/sum/${name}`, size),
  }))
  return { loss: numbers(`${labelling}/loss`, 1)[0]!, statistic: { m: to - from, blocks } }
}

function tensorsOfProjections(projections: ScopeProjections): StoredTensors {
  return Object.fromEntries(
    [...projections].flatMap(([scope, { squaredNorms, dots }]) => [
      [`${scope}/squared norms`, tensor(squaredNorms)],
      [`${scope}/dots`, tensor(dots)],
    ]),
  )
}
