import { existsSync, statSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { leftOf, rightOf, temporaryFolder } from './index.ts'

it('gives the value of what succeeded and the failure of what failed, and refuses the other', () => {
  const right = { _tag: 'Right', right: 1 } as const
  const left = { _tag: 'Left', left: { message: 'no room' } } as const
  expect(rightOf(right)).toBe(1)
  expect(leftOf(left)).toEqual({ message: 'no room' })
  expect(() => rightOf(left)).toThrow('required success, found: no room')
  expect(() => leftOf(right)).toThrow('required a failure, found success')
})

let ofAll: string
let ofOne: string
beforeAll(() => {
  ofAll = temporaryFolder()
})

it('makes a folder for a test', () => {
  ofOne = temporaryFolder()
  expect(statSync(ofOne).isDirectory()).toBe(true)
})

it('removes it when the test ends, and one for all tests later', () => {
  expect(existsSync(ofOne)).toBe(false)
  expect(existsSync(ofAll)).toBe(true)
})
