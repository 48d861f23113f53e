import { expect, it } from 'vitest'
import { suiteOptions } from './suite-options.ts'

it.each([
  [[], { kind: 'judge', only: undefined }],
  [['conv2d|pool'], { kind: 'judge', only: /conv2d|pool/ }],
  [['--stock'], { kind: 'stock' }],
  [['--update'], { kind: 'update' }],
  [['-h'], { kind: 'help' }],
  [['--help', 'pattern'], { kind: 'help' }],
])('understands %j', (argv, options) => {
  expect(suiteOptions(argv)).toEqual(options)
})

it.each([
  [['--nonsense'], /'--nonsense'/],
  [['--update', 'pool'], /found --update pool/],
  [['--stock', '--update'], /found --stock --update/],
  [['pool', 'conv'], /found pool conv/],
  [['conv('], /regular expression: \/conv\(\//],
])('refuses %j in one line', (argv, reason) => {
  const told = suiteOptions(argv)
  expect(told).toEqual({ kind: 'refused', message: expect.stringMatching(/^[^\n]+--help shows what can be asked\)$/) })
  expect(told).toMatchObject({ message: expect.stringMatching(reason) })
})
