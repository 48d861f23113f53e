import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { tableFromIPC } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { columnsOf, type AnyRow } from './columns-of.ts'
import { createRunLog } from './create-run-log.ts'
import { readRows } from './read-rows.ts'
import { resumeRunLog } from './resume-run-log.ts'
import type { Offsets, RunLog } from './run-log.ts'
import { tableDigest } from './table-digest.ts'
import { tableFile } from './table-file.ts'
import { tableNames, type TableName, type TableRows } from './tables.ts'
import { anyFlushes, anyRows } from './testing/any-rows.ts'
import { left, right } from './testing/right.ts'

const step = { step: 1, epoch: 0.5, loss: 2, accuracy: 0.25, learningRate: 0.02, elapsedMs: 3 }

async function logFlushes<Name extends TableName>(log: RunLog, table: Name, flushes: readonly TableRows[Name][][]) {
  const offsets: Offsets[] = []
  for (const rows of flushes) {
    for (const row of rows) log.append(table, row)
    offsets.push(await log.flush())
  }
  return offsets
}

describe.each(tableNames)('the table %s', (table) => {
  test.prop([anyFlushes(table)], { numRuns: 15 })('gives back the rows that were appended', async (flushes) => {
    const directory = temporaryFolder()
    const log = await right(createRunLog(directory, [table]))
    await logFlushes(log, table, flushes)
    expect(await right(readRows(directory, table))).toEqual({ rows: flushes.flat(), torn: false, ended: false })
    await log.close()
    expect(await right(readRows(directory, table))).toEqual({ rows: flushes.flat(), torn: false, ended: true })
  })

  test.prop([anyRows(table)], { numRuns: 15 })("reads the same through Arrow's own reader", async (rows) => {
    const directory = temporaryFolder()
    const log = await right(createRunLog(directory, [table]))
    await logFlushes(log, table, [rows, rows])
    const read = tableFromIPC(readFileSync(tableFile(directory, table)))
    const expected = [...rows, ...rows]
    expect(read.numRows).toBe(expected.length)
    for (const { key, name } of columnsOf(table))
      expect([...(read.getChild(name) ?? [])]).toEqual(expected.map((row) => (row as unknown as AnyRow)[key]))
  })

  test.prop([anyFlushes(table), anyFlushes(table)], { numRuns: 10 })(
    'ends in the same bytes when it is resumed from any flush, whatever was written after it',
    async (flushes, lost) => {
      const directory = temporaryFolder()
      const log = await right(createRunLog(directory, [table]))
      const offsets = [await log.flush(), ...(await logFlushes(log, table, flushes))]
      await log.close()
      const unbroken = readFileSync(tableFile(directory, table))
      for (const [flushed, offset] of offsets.entries()) {
        const broken = await right(resumeRunLog(directory, offset))
        await logFlushes(broken, table, lost)
        appendFileSync(tableFile(directory, table), Uint8Array.of(255, 255, 255, 255, 9, 0, 0))
        const resumed = await right(resumeRunLog(directory, offset))
        await logFlushes(resumed, table, flushes.slice(flushed))
        await resumed.close()
        expect(readFileSync(tableFile(directory, table)).equals(unbroken)).toBe(true)
      }
    },
  )
})

describe('a run log', () => {
  it('has a file with a schema for a table without rows', async () => {
    const directory = temporaryFolder()
    await right(createRunLog(join(directory, 'a/b'), tableNames))
    for (const table of tableNames)
      expect(await right(readRows(join(directory, 'a/b'), table))).toEqual({ rows: [], torn: false, ended: false })
  })

  it('returns the length of every file', async () => {
    const directory = temporaryFolder()
    const log = await right(createRunLog(directory, ['steps', 'bound']))
    log.append('steps', step)
    const offsets = await log.flush()
    expect(offsets).toEqual({
      steps: statSync(tableFile(directory, 'steps')).size,
      bound: statSync(tableFile(directory, 'bound')).size,
    })
    expect(await log.close()).toEqual(offsets)
  })

  it('keeps rows as they were appended, and flushes in order though nobody waits', async () => {
    const directory = temporaryFolder()
    const log = await right(createRunLog(directory, ['steps']))
    const row = { ...step }
    log.append('steps', row)
    row.step = 99
    const first = log.flush()
    log.append('steps', { ...step, step: 2 })
    const second = log.flush()
    log.append('steps', { ...step, step: 3 })
    await log.close()
    expect((await right(readRows(directory, 'steps'))).rows.map((read) => read.step)).toEqual([1, 2, 3])
    expect((await first).steps).toBeLessThan((await second).steps!)
  })

  it('writes one NaN, whatever its bits', async () => {
    const negative = new Float64Array(new BigUint64Array([0xfff8_0000_0000_0001n]).buffer)[0]!
    const digests = []
    for (const loss of [Number.NaN, negative]) {
      const directory = temporaryFolder()
      const log = await right(createRunLog(directory, ['steps']))
      log.append('steps', { ...step, loss })
      await log.close()
      digests.push(readFileSync(tableFile(directory, 'steps')).toString('hex'))
    }
    expect(digests[0]).toBe(digests[1])
  })

  it.each([
    [{ ...step, step: 1.5 }, /steps\.step: required an int32, found 1\.5/],
    [{ ...step, step: 2 ** 31 }, /steps\.step: required an int32, found 2147483648/],
    [{ ...step, loss: null }, /steps\.loss: required a number, found null/],
    [{ ...step, loss: undefined }, /steps\.loss: required a number, found undefined/],
  ])('refuses a row that does not fit its columns', async (row, message) => {
    const log = await right(createRunLog(temporaryFolder(), ['steps']))
    expect(() => log.append('steps', row as typeof step)).toThrow(message)
  })

  it('refuses half of a surrogate pair, a negative id, a table that it has not and rows after its end', async () => {
    const log = await right(createRunLog(temporaryFolder(), ['evaluations', 'examples']))
    const evaluation = { step: 1, epoch: 1, split: 'train\ud800', population: 'all', examples: 1, loss: 1, accuracy: 1 }
    expect(() => log.append('evaluations', { ...evaluation, elapsedMs: 0 })).toThrow(/required well-formed text/)
    const example = { step: 1, id: -1, label: 1, trueLabel: 1, touched: false, loss: 1, correct: true }
    expect(() => log.append('examples', example)).toThrow(/examples\.id: required a uint32, found -1/)
    expect(() => log.append('steps', step)).toThrow(/required one of the tables evaluations, examples, found steps/)
    await log.close()
    expect(() => log.append('examples', { ...example, id: 1 })).toThrow(/required an open run log, found a closed one/)
    await expect(log.flush()).rejects.toThrow(/required an open run log/)
  })

  it('rejects a flush that cannot be written, with the failure as its cause, and every flush after it', async () => {
    const directory = join(temporaryFolder(), 'run')
    const log = await right(createRunLog(directory, ['steps']))
    rmSync(directory, { recursive: true })
    log.append('steps', step)
    await expect(log.flush()).rejects.toMatchObject({
      message: expect.stringMatching(/^\S+steps\.arrows: cannot be written: ENOENT: no such file or directory; /),
      cause: { _tag: 'WriteFailed', file: tableFile(directory, 'steps') },
    })
    await expect(log.flush()).rejects.toThrow(/cannot be written/)
  })

  it('says in one line that a directory cannot be written', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const failure = await left(createRunLog(join(file, 'run'), ['steps']))
    expect(failure).toMatchObject({ _tag: 'WriteFailed', file: join(file, 'run', 'steps.arrows') })
    expect(failure.message).toMatch(/^\S+steps\.arrows: cannot be written: \S+: [^\n]+$/)
  })
})

describe('resumeRunLog', () => {
  const cases = fc.constantFrom(-1, 1, 8, 4096)
  test.prop([cases], { numRuns: 4 })('cuts nothing when an offset is none of a flush', async (shift) => {
    const directory = temporaryFolder()
    const log = await right(createRunLog(directory, ['steps', 'bound']))
    log.append('steps', step)
    const { steps, bound } = (await log.close()) as Required<Pick<Offsets, 'steps' | 'bound'>>
    const before = readFileSync(tableFile(directory, 'bound'))
    expect(await left(resumeRunLog(directory, { bound, steps: steps + shift }))).toMatchObject({
      _tag: 'OffsetMismatch',
      file: tableFile(directory, 'steps'),
      expected: `a flush that ends at byte ${steps + shift}`,
    })
    expect(readFileSync(tableFile(directory, 'bound')).equals(before)).toBe(true)
  })

  it('names a table that is missing', async () => {
    const directory = temporaryFolder()
    expect(await left(resumeRunLog(directory, { steps: 100 }))).toMatchObject({ _tag: 'FileNotFound' })
  })
})

describe('tableDigest', () => {
  async function digestOf(rows: readonly (typeof step)[], flushAfter: readonly number[]): Promise<string> {
    const directory = temporaryFolder()
    const log = await right(createRunLog(directory, ['steps']))
    for (const [index, row] of rows.entries()) {
      log.append('steps', row)
      if (flushAfter.includes(index)) await log.flush()
    }
    await log.close()
    return right(tableDigest(directory, 'steps'))
  }

  it('sees every value and where flushes ended, but no clock', async () => {
    const rows = [step, { ...step, step: 2 }]
    const digest = await digestOf(rows, [])
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(await digestOf([step, { ...step, step: 2, elapsedMs: 1e9 }], [])).toBe(digest)
    expect(await digestOf(rows, [0])).not.toBe(digest)
    for (const key of ['step', 'epoch', 'loss', 'accuracy', 'learningRate'] as const)
      expect(await digestOf([{ ...step, [key]: 7 }, rows[1]!], [])).not.toBe(digest)
  })
})
