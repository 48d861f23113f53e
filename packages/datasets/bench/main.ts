import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyOf, permutation, uniformIntegers } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import sharp from 'sharp'
import { centreCrop224, imageSplit, packImages } from '../src/images.ts'
import { packedSplit, tarImages } from '../src/index.ts'
import { tarBytes } from '../src/tar/tar-bytes.test-support.ts'

/** Median seconds of each of some ways to do the same, taken in turns. */
async function inTurns(ways: readonly (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const seconds: number[][] = ways.map(() => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [i, way] of ways.entries()) {
      const start = performance.now()
      await way()
      if (round > 0) seconds[i]!.push((performance.now() - start) / 1000)
    }
  }
  return seconds.map((all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!)
}

function right<A>(value: E.Either<{ message: string }, A>): A {
  if (E.isLeft(value)) throw new Error(value.left.message)
  return value.right
}

function say(what: string, value: string, goal: string): void {
  console.log(`${what.padEnd(52)} ${value.padStart(14)}   ${goal}`)
}

const folder = mkdtempSync(join(tmpdir(), 'datasets-bench-'))
try {
  // Blurred noise compresses about as photographs do.
  const noise = Uint8Array.from(uniformIntegers(keyOf('bench'), 125 * 94 * 3, 256))
  const pictures = await Promise.all(
    Array.from({ length: 96 }, async (_, i) => {
      const small = sharp(noise, { raw: { width: 125, height: 94, channels: 3 } }).rotate(180 * (i % 2))
      const bytes = await small
        .resize(500, 375, { kernel: 'cubic' })
        .jpeg({ quality: 90 - (i % 10) })
        .toBuffer()
      return { name: `n0000000${i % 8}_${i}.JPEG`, wnid: `n0000000${i % 8}`, bytes: new Uint8Array(bytes) }
    }),
  )
  const classTars = (copies: number) =>
    Array.from({ length: 8 }, (__, c) => {
      const own = pictures.filter(({ wnid }) => wnid === `n0000000${c}`)
      const files = Array.from({ length: copies }, (_, copy) =>
        own.map((each) => ({ ...each, name: `${copy}_${each.name}` })),
      )
      return { name: `n0000000${c}.tar`, bytes: tarBytes(files.flat()) }
    })
  const archive = join(folder, 'train.tar')
  writeFileSync(archive, tarBytes(classTars(11)))
  const images = right(await tarImages({ file: archive })())

  const split = imageSplit(images, { preprocessing: centreCrop224 })
  const ids = split.ids.subarray(0, 96)
  const encoded = await Promise.all(Array.from(ids, async (id) => right(await images.read(id)())))
  const alone = (bytes: Uint8Array) =>
    sharp(bytes)
      .resize({ height: 256, kernel: 'linear' })
      .extract({ left: 58, top: 16, width: 224, height: 224 })
      .raw()
      .toBuffer()
  const [ours, sharps] = (await inTurns([() => split.readBytes(ids), () => Promise.all(encoded.map(alone))], 5)) as [
    number,
    number,
  ]
  say('decode and crop to 224, from the tar', `${(ids.length / ours).toFixed(0)} images/s`, '')
  say('the same by sharp alone, from memory', `${(ids.length / sharps).toFixed(0)} images/s`, '')
  say('ratio', `${((100 * sharps) / ours).toFixed(0)}%`, 'goal: at least 90%')

  const order = permutation(keyOf('order'), split.ids.length).subarray(0, 1000)
  const files = Array.from(split.ids, (id) => join(folder, 'unpacked', `${id}.JPEG`))
  mkdirSync(join(folder, 'unpacked'))
  for (const id of split.ids) writeFileSync(files[id]!, right(await images.read(id)()))
  const [tar, unpacked] = (await inTurns(
    [
      async () => {
        for (const id of order) right(await images.read(id)())
      },
      async () => {
        for (const id of order) await readFile(files[id]!)
      },
    ],
    5,
  )) as [number, number]
  say('1,000 random reads out of the tar of tars', `${(order.length / tar).toFixed(0)} reads/s`, '')
  say('the same files unpacked', `${(order.length / unpacked).toFixed(0)} reads/s`, '')
  say('ratio', `${((100 * unpacked) / tar).toFixed(0)}%`, 'goal: at least 90%')

  const file = join(folder, 'a.pack')
  right(await packImages(split, { file })())
  const pack = right(await packedSplit(file)())
  const batches = Array.from({ length: 10 }, (_, i) => order.subarray(100 * i, 100 * i + 100))
  const gigabytes = (1000 * 224 * 224 * 3) / 1e9
  const [checked, floats] = (await inTurns(
    [
      async () => {
        for (const batch of batches) await pack.readBytes(batch)
      },
      async () => {
        for (const batch of batches) await pack.read(batch)
      },
    ],
    5,
  )) as [number, number]
  say('packed examples at random, checksums held', `${(gigabytes / checked).toFixed(2)} GB/s`, 'goal: at least 1 GB/s')
  say(
    'the same as batches of float32',
    `${((4 * gigabytes) / floats).toFixed(2)} GB/s`,
    `${(1000 / floats).toFixed(0)} images/s`,
  )
  console.log(`${availableParallelism()} cores; libuv has ${process.env['UV_THREADPOOL_SIZE'] ?? 4} threads`)
  await images.close()
  await pack.close()
} finally {
  rmSync(folder, { recursive: true })
}
