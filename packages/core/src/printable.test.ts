import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { printable } from './printable.ts'

describe('printable', () => {
  it('leaves letters of any script, and makes dots of what moves the cursor', () => {
    expect(printable('α·m ≥ 1, 数据')).toBe('α·m ≥ 1, 数据')
    expect(printable('a\nb\r\u001B[2Jc\u2028d')).toBe('a·b··[2Jc·d')
  })

  it('counts characters, and halves none', () => {
    expect(printable('𝛼𝛽𝛾', 3)).toBe('𝛼𝛽𝛾')
    expect(printable('𝛼𝛽𝛾𝛿', 3)).toBe('𝛼𝛽…')
  })

  test.prop([fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 200 })])(
    'gives one line of at most so many characters',
    (text, most) => {
      const line = printable(text, most)
      expect([...line].length).toBe(Math.min(most, [...text].length))
      expect(line).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u)
    },
  )
})
