import { expect, it } from 'vitest'
import { unseenAgreement } from './unseen-agreement.ts'

const labels = Int32Array.from({ length: 100 }, (_, i) => i % 4)

it.each([
  ['all as given', labels, 1, true],
  ['always the same', new Int32Array(100), 0.25, false],
  ['half of them as given', labels.map((label, i) => (i % 8 < 4 ? label : (label + 1) % 4)), 0.52, true],
  ['none as given', labels.map((label) => (label + 1) % 4), 0, false],
])('of what is expected, %s, tells whether labels were learned', (_, expected, share, beyondChance) => {
  expect(unseenAgreement({ labels, expected })).toEqual({ share, commonest: 0.25, beyondChance })
})

it('doesn’t take naming one label that nearly all have for learning', () => {
  const lopsided = Int32Array.from({ length: 100 }, (_, i) => (i < 95 ? 0 : 1))
  const found = unseenAgreement({ labels: lopsided, expected: new Int32Array(100) })
  expect(found).toEqual({ share: 0.95, commonest: 0.95, beyondChance: false })
})
