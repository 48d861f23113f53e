import { layers, statisticOfBlocks, summarise, toNorms, type BlockNorms } from '@coherent-gradients/coherence'
import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { extname } from 'node:path'
import type { GradientRows } from './gradient-rows.ts'
import { gradientsFailure } from './gradients-failure.ts'
import type { MeasuredGradients } from './measured-gradients.ts'
import { readArrowGradients } from './read-arrow-gradients.ts'
import { readNpzGradients } from './read-npz-gradients.ts'
import { samplingErrors } from './sampling-errors.ts'

/**
 * Coherence of gradients that were made elsewhere: rows are examples, one array a weight, `layer/weight` by name.
 *
 * Index legend: row i of m is example i's own gradient; α doesn't mind one common factor. Everything is summed in
 * float64. A .npz file is held one weight at a time, an Arrow file whole. Where the largest number of all has a square
 * that float64 can't hold, or hardly, the file is read again and all rows are multiplied by one power of two
 * (`multipliedBy`), which moves no figure that has no scale.
 *
 * @returns left where the file isn't of this kind, its weights disagree in m, or a row isn't finite (it is named).
 */
export async function measureGradients(file: string): Promise<E.Either<Failure, MeasuredGradients>> {
  const plain = await measureTimes(file, 1)
  if (E.isLeft(plain)) return plain
  const { largest, measured } = plain.right
  if (measured !== undefined && (largest === 0 || largest >= LEAST)) return E.right(measured)
  const again = await measureTimes(file, 2 ** Math.min(1023, -Math.floor(Math.log2(largest))))
  return E.isLeft(again) ? again : E.right(again.right.measured!)
}

interface Pass {
  /** The largest magnitude in the file. */
  readonly largest: number
  /** Absent where squares overflow. */
  readonly measured?: MeasuredGradients
}

async function measureTimes(file: string, multipliedBy: number): Promise<E.Either<Failure, Pass>> {
  const read = readers[extname(file).toLowerCase()]
  if (read === undefined) {
    return E.left(gradientsFailure(file, 'gradients are read from .npz, .arrows, .arrow and .feather files'))
  }
  const blocks: BlockNorms[] = []
  const scopes = new Map<string, Projections>()
  const seen = new Set<string>()
  let [count, parameters, largest] = [0, 0, 0]
  for await (const weight of read(file)) {
    if (E.isLeft(weight)) return weight
    const { name, m, data } = weight.right
    if (m === 0) return E.left(gradientsFailure(file, `${name}: required an example, found none`))
    if (seen.size > 0 && m !== count) {
      const first = `${count} rows, as ${[...seen][0]!} has`
      return E.left(
        gradientsFailure(file, `${name}: required ${first}, found ${m}: a row is one example in all arrays`),
      )
    }
    if (data.length === 0) return E.left(gradientsFailure(file, `${name}: required a gradient, found no elements`))
    if (seen.has(name)) return E.left(gradientsFailure(file, `${name} is there twice`))
    seen.add(name)
    const odd = data.findIndex((value) => !Number.isFinite(value))
    if (odd >= 0) return E.left(oddElement(file, weight.right, odd))
    if (multipliedBy !== 1) for (let at = 0; at < data.length; at++) data[at]! *= multipliedBy
    for (const value of data) largest = Math.max(largest, Math.abs(value))
    if (largest > LARGEST) {
      count = m
      continue
    }
    const squaredNorms = squaredNormsOf(weight.right)
    const statistic = statisticOfBlocks([{ name, rows: { m, data } }])
    const block = toNorms(statistic).blocks[0]!
    count = m
    parameters += data.length / m
    blocks.push(block)
    const dots = dotsWith(statistic.blocks[0]!.sum, weight.right)
    for (const scope of ['all', `layer:${block.layer}`]) addTo(scopes, scope, squaredNorms, dots)
  }
  if (seen.size === 0) return E.left(gradientsFailure(file, 'required an array for each weight, found none'))
  if (largest > LARGEST) return E.right({ largest })
  const norms = { m: count, blocks }
  const measured: MeasuredGradients = {
    gradients: file,
    weights: blocks.length,
    parameters,
    multipliedBy,
    whole: { name: 'all', ...summarise(norms), share: 1, ...samplingErrors(scopes.get('all')) },
    layers: layers(norms).map(({ layer, ...rest }) => ({
      ...rest,
      name: layer,
      ...samplingErrors(scopes.get(`layer:${layer}`)),
    })),
  }
  return E.right({ largest, measured })
}

/** Numbers up to here can be squared and summed over all examples and weights. */
const LARGEST = 1e140

/** Where the largest number is below, the squares of others are lost. */
const LEAST = 1e-140

const readers: Readonly<Record<string, typeof readNpzGradients>> = {
  '.npz': readNpzGradients,
  '.arrows': readArrowGradients,
  '.arrow': readArrowGradients,
  '.feather': readArrowGradients,
}

interface Projections {
  readonly squaredNorms: Float64Array
  readonly dots: Float64Array
}

function addTo(scopes: Map<string, Projections>, scope: string, squaredNorms: Float64Array, dots: Float64Array): void {
  const known = scopes.get(scope)
  if (known === undefined) {
    scopes.set(scope, { squaredNorms: squaredNorms.slice(), dots: dots.slice() })
    return
  }
  for (let i = 0; i < dots.length; i++) {
    known.squaredNorms[i]! += squaredNorms[i]!
    known.dots[i]! += dots[i]!
  }
}

function squaredNormsOf({ m, data }: GradientRows): Float64Array {
  const p = data.length / m
  const norms = new Float64Array(m)
  for (let i = 0, at = 0; i < m; i++) {
    let sum = 0
    for (let j = 0; j < p; j++, at++) sum += data[at]! * data[at]!
    norms[i] = sum
  }
  return norms
}

function dotsWith(sum: Float64Array, { m, data }: GradientRows): Float64Array {
  const p = sum.length
  const dots = new Float64Array(m)
  for (let i = 0, at = 0; i < m; i++) {
    let dot = 0
    for (let j = 0; j < p; j++, at++) dot += data[at]! * sum[j]!
    dots[i] = dot
  }
  return dots
}

function oddElement(file: string, { name, m, data }: GradientRows, at: number): Failure {
  const p = data.length / m
  const found = `${data[at]} (element ${at % p})`
  const row = Math.floor(at / p)
  return gradientsFailure(file, `${name}: required finite gradients, found ${found} in row ${row}, which is an example`)
}
