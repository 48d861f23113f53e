import { writeFileSync } from 'node:fs'
import { inspect, isDeepStrictEqual } from 'node:util'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { Field, Schema, Table, tableFromArrays, tableToIPC } from 'apache-arrow'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import type { AnyRow } from './columns-of.ts'
import { bodyChecksum, encodeBatch } from './encode-batch.ts'
import { frameAt, type Frame } from './frame-at.ts'
import { parseTable, type ParsedTable } from './parse-table.ts'
import { readRows } from './read-rows.ts'
import { schemaOf } from './schema-of.ts'
import { END_OF_STREAM, schemaMessage } from './stream-bytes.ts'
import { tableFile } from './table-file.ts'
import { tableNames, type TableName } from './tables.ts'
import { anyFlushes } from './testing/any-rows.ts'
import { left } from './testing/right.ts'

const coherence: AnyRow = {
  step: 60,
  epoch: 3,
  split: 'train',
  scope: 'layer:dense_1',
  population: 'pristine ✓',
  loss: 1.5,
  m: 100,
  alpha: 0.066,
  alphaDebiased: null,
  mAlpha: 6.6,
  standardError: 0.001,
  meanSquaredNorm: 2,
  squaredNormOfMean: 0.132,
  imputed: true,
  elapsedMs: 12.5,
}
const flushes: readonly (readonly AnyRow[])[] = [
  [coherence],
  [
    { ...coherence, step: 61 },
    { ...coherence, step: 62, standardError: null },
  ],
  [{ ...coherence, step: 63 }],
]

function bytesOf(table: TableName, batches: readonly (readonly AnyRow[])[]): Buffer {
  const filled = batches.filter((rows) => rows.length > 0)
  return Buffer.concat([schemaMessage(table), ...filled.map((rows) => encodeBatch(table, rows)), END_OF_STREAM])
}

/**
 * How a result breaks the law of a damaged file, if it does: it must be a failure told in one line, or the rows of the
 * first batches exactly as they were written.
 */
function lawBreach(result: ReturnType<typeof parseTable>, written: readonly (readonly AnyRow[])[]): string | undefined {
  if (E.isLeft(result))
    return /^[^\n]+: expected [^\n]+, found [^\n]+$/.test(result.left.message) ? undefined : result.left.message
  const { batches } = result.right
  return isDeepStrictEqual(batches, written.slice(0, batches.length)) ? undefined : `other rows: ${inspect(batches)}`
}

function parsed(bytes: Uint8Array): ParsedTable {
  const result = parseTable('coherence.arrows', 'coherence', bytes)
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

describe('a torn file', () => {
  const bytes = bytesOf('coherence', flushes)
  const { boundaries } = parsed(bytes)

  it('gives every complete batch, wherever it breaks off', () => {
    for (let length = 0; length <= bytes.length; length++) {
      const { batches, torn, ended } = parsed(bytes.subarray(0, length))
      const complete = boundaries.filter((end, index) => index > 0 && end <= length).length
      expect(batches, `cut at ${length}`).toEqual(flushes.slice(0, complete))
      expect(torn, `cut at ${length}`).toBe(!boundaries.includes(length) && length !== bytes.length)
      expect(ended).toBe(length === bytes.length)
    }
  })

  it('is torn where zeros or anything else stand behind the last whole batch', () => {
    for (const tail of [Buffer.alloc(100), Buffer.from('PAR1'), Buffer.alloc(3, 255)]) {
      const whole = bytes.subarray(0, boundaries.at(-1))
      expect(parsed(Buffer.concat([whole, tail]))).toMatchObject({ torn: true, ended: false, batches: flushes })
    }
  })

  it('is torn where the last batch has its length but not its contents', () => {
    const cut = Buffer.from(bytes.subarray(0, boundaries.at(-1)))
    cut.fill(0, cut.length - 64)
    expect(parsed(cut)).toMatchObject({ torn: true, batches: flushes.slice(0, 2) })
  })
})

describe('a damaged file', () => {
  const bytes = bytesOf('coherence', flushes)

  it('never gives a value that was not written, whichever byte is bad', () => {
    for (let position = 0; position < bytes.length; position++) {
      const damaged = Buffer.from(bytes)
      damaged[position]! ^= [0x01, 0x80, 0xff][position % 3]!
      expect(lawBreach(parseTable('coherence.arrows', 'coherence', damaged), flushes)).toBeUndefined()
    }
  })

  it('says where a bad batch with others behind it is', () => {
    const { boundaries } = parsed(bytes)
    const damaged = Buffer.from(bytes)
    damaged[boundaries[1]! - 1]! ^= 1
    expect(parseTable('c.arrows', 'coherence', damaged)).toMatchObject({
      left: { _tag: 'TableDamaged', at: boundaries[0], found: expect.stringMatching(/^sha256 of the body: required/) },
    })
  })

  it('says that something follows the end', () => {
    expect(parseTable('c.arrows', 'coherence', Buffer.concat([bytes, bytes]))).toMatchObject({
      left: { _tag: 'TableDamaged', found: 'bytes after its end mark' },
    })
  })

  const anyTable = fc
    .constantFrom(...tableNames)
    .chain((table) => fc.record({ table: fc.constant(table), batches: anyFlushes(table) }))
  const anyDamage = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), { maxLength: 4 })
  test.prop([anyTable, anyDamage, fc.nat()], { numRuns: 100 })(
    'ends in a failure or in whole batches after any damage and any cut',
    ({ table, batches }, damage, cut) => {
      const written = (batches as unknown as AnyRow[][]).filter((rows) => rows.length > 0)
      const whole = bytesOf(table, written)
      for (const { at, byte } of damage) whole[at % whole.length] = byte
      expect(
        lawBreach(parseTable(`${table}.arrows`, table, whole.subarray(0, cut % (whole.length + 1))), written),
      ).toBeUndefined()
    },
  )

  test.prop([fc.uint8Array({ maxLength: 200 })])('takes any bytes for what they are', (noise) => {
    expect(lawBreach(parseTable('steps.arrows', 'steps', noise), [])).toBeUndefined()
    const behindSchema = Buffer.concat([schemaMessage('steps'), noise])
    expect(lawBreach(parseTable('steps.arrows', 'steps', behindSchema), [])).toBeUndefined()
  })
})

describe('a forged batch, whose checksum fits its body', () => {
  const rows = flushes[1]!
  const message = encodeBatch('coherence', rows)
  const { body } = frameAt(message, 0) as Extract<Frame, { kind: 'batch' | 'schema' | 'other' }>
  const bodyStart = message.byteLength - body.byteLength

  function forged(position: number, flip: number): ParsedTable {
    const bytes = Buffer.from(message)
    bytes[bodyStart + position]! ^= flip
    const at = bytes.indexOf(bodyChecksum(body), 0, 'latin1')
    bytes.write(bodyChecksum(bytes.subarray(bodyStart)), at, 'latin1')
    return parsed(Buffer.concat([schemaMessage('coherence'), bytes]))
  }

  it('is taken for what it says or not at all', () => {
    for (let position = 0; position < body.byteLength; position++) {
      const { batches, torn } = forged(position, 0x81)
      expect(batches.map((batch) => batch.length)).toEqual(torn ? [] : [rows.length])
    }
  })

  it('is refused where its text would lie outside the body, backwards or not be UTF-8', () => {
    // step: 8 bytes; epoch: 16; split: offsets [0, 5, 10] in 16, then the text.
    const offsets = 8 + 16
    const text = offsets + 16
    expect(body.subarray(text, text + 10)).toEqual(new Uint8Array(Buffer.from('traintrain')))
    for (const [position, flip] of [
      [offsets + 4, 0x08],
      [offsets + 3, 0x80],
      [offsets + 8, 0x40],
      [text, 0x80],
    ] as const)
      expect(forged(position, flip)).toMatchObject({ batches: [], torn: true })
    expect(forged(text, 0x20).batches[0]?.[0]?.['split']).toBe('Train')
  })
})

describe('readRows', () => {
  async function failureOf(contents: Uint8Array | string) {
    const directory = temporaryFolder()
    writeFileSync(tableFile(directory, 'steps'), contents)
    return left(readRows(directory, 'steps'))
  }

  it('names a file that is missing', async () => {
    const directory = temporaryFolder()
    expect(await left(readRows(directory, 'bound'))).toEqual({
      _tag: 'FileNotFound',
      file: tableFile(directory, 'bound'),
      message: `${tableFile(directory, 'bound')}: there is no such file`,
    })
  })

  it('says what it found where there is no Arrow stream', async () => {
    expect(await failureOf('step,loss\n1,2\n')).toMatchObject({
      _tag: 'NotArrow',
      expected: 'an Arrow stream that begins with its schema',
      found: 'bytes 737465702c6c6f73…',
    })
    expect(await failureOf(tableToIPC(tableFromArrays({ step: [1] }), 'file'))).toMatchObject({ _tag: 'NotArrow' })
  })

  it('reads a table whose column never held a null where it now may', async () => {
    const { fields, metadata } = schemaOf('coherence')
    const strict = fields.map(({ name, type, nullable, metadata: facts }) => {
      return new Field(name, type, nullable && name !== 'loss', facts)
    })
    const directory = temporaryFolder()
    writeFileSync(tableFile(directory, 'coherence'), tableToIPC(new Table(new Schema(strict, metadata)), 'stream'))
    expect(await readRows(directory, 'coherence')()).toMatchObject({ right: { rows: [] } })
  })

  it('says in which column another table differs', async () => {
    expect(await failureOf(bytesOf('bound', []))).toMatchObject({
      _tag: 'SchemaMismatch',
      expected: 'column 2 "epoch: float64"',
      found: 'column 2 "learning_rate: float64"',
    })
    expect(await failureOf(tableToIPC(tableFromArrays({ step: Int32Array.of(1) }), 'stream'))).toMatchObject({
      _tag: 'SchemaMismatch',
      expected: 'schema version 1',
      found: 'schema version none',
    })
  })
})
