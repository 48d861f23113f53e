import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cacheFolder } from './cache-folder.ts'

it('is named by the environment, and lies in the user’s cache folder otherwise', () => {
  expect(cacheFolder({ COHERENT_GRADIENTS_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a')
  expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe(join('/b', 'coherent-gradients'))
  for (const environment of [{}, { XDG_CACHE_HOME: 'relative' }, { COHERENT_GRADIENTS_CACHE: '' }]) {
    expect(cacheFolder(environment)).toBe(join(homedir(), '.cache', 'coherent-gradients'))
  }
})
