import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { moveIntoPlace } from './move-into-place.ts'

it('replaces a file', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'aside'), 'new')
  writeFileSync(join(folder, 'place'), 'old')
  await moveIntoPlace(join(folder, 'aside'), join(folder, 'place'))
  expect(readFileSync(join(folder, 'place'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['place'])
})

it('moves a folder, and not to where another has files', async () => {
  const folder = temporaryFolder()
  const [aside, place] = [join(folder, 'aside'), join(folder, 'place')]
  mkdirSync(aside)
  writeFileSync(join(aside, 'file'), 'new')
  await moveIntoPlace(aside, place)
  expect(readdirSync(place)).toEqual(['file'])
  mkdirSync(aside)
  await expect(moveIntoPlace(aside, place)).rejects.toMatchObject({ syscall: 'rename' })
  expect(readdirSync(folder).toSorted()).toEqual(['aside', 'place'])
})

it('rejects where nothing was written aside', async () => {
  const folder = temporaryFolder()
  await expect(moveIntoPlace(join(folder, 'aside'), join(folder, 'place'))).rejects.toMatchObject({ code: 'ENOENT' })
})
