import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyOf, uniformIntegers } from '@coherent-gradients/core'
import sharp from 'sharp'

/** Made-up photographs on the disk, as JPEGs of 500 × 375. */
export interface MadeUpPictures {
  /** A folder for each class, and the pictures in them. */
  readonly folder: string
  /** The same in a tar of tars, one a class. */
  readonly archive: string
  /** For what is made of them. */
  readonly scratch: string
  remove(): void
}

const CLASSES = 8
const DIFFERENT = 96

/**
 * Writes about 1,100 pictures: 96 that differ, of about 60 kB, and copies of them. Blurred noise compresses about as well
 * as photographs do.
 */
export async function madeUpPictures(): Promise<MadeUpPictures> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-pictures-'))
  const folder = join(scratch, 'train')
  const noise = Uint8Array.from(uniformIntegers(keyOf('bench'), 125 * 94 * 3, 256))
  const raw = { width: 125, height: 94, channels: 3 } as const
  await Promise.all(
    Array.from({ length: DIFFERENT }, async (_, i) => {
      const picture = sharp(noise, { raw })
        .rotate(180 * (i % 2))
        .resize(500, 375, { kernel: 'cubic' })
      const bytes = await picture.jpeg({ quality: 90 - (i % 10) }).toBuffer()
      const own = join(folder, `n0000000${i % CLASSES}`)
      mkdirSync(own, { recursive: true })
      for (let copy = 0; copy < 11; copy++) {
        writeFileSync(join(own, `n0000000${i % CLASSES}_${copy * DIFFERENT + i}.JPEG`), bytes)
      }
    }),
  )
  const inside = join(scratch, 'tars')
  mkdirSync(inside)
  for (let c = 0; c < CLASSES; c++) tar(join(inside, `n0000000${c}.tar`), join(folder, `n0000000${c}`))
  const archive = join(scratch, 'train.tar')
  tar(archive, inside)
  return { folder, archive, scratch, remove: () => rmSync(scratch, { recursive: true }) }
}

function tar(file: string, folder: string): void {
  const { status, stderr, error } = spawnSync('tar', ['-cf', file, '-C', folder, '.'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`tar: ${error?.message ?? stderr}`)
}
