import { expect, test } from 'vitest'
import { enginesOf } from './test-engines.ts'

test('the engines under test are wasm and cpu unless the environment names others', () => {
  for (const nothing of [undefined, '', ' , ']) expect(enginesOf(nothing)).toEqual(['wasm', 'cpu'])
  expect(enginesOf('tensorflow')).toEqual(['tensorflow'])
  expect(enginesOf('wasm, webgpu,')).toEqual(['wasm', 'webgpu'])
})
