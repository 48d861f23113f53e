import {
  Field,
  FixedSizeList,
  Float64,
  Int32,
  List,
  RecordBatch,
  Schema,
  Struct,
  Table,
  makeData,
  vectorFromArray,
} from 'apache-arrow'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { M, arrow, double, fixed, gradients, saveArrow } from '../testing/made-up-gradients.test-support.ts'
import { measure } from '../testing/measure.test-support.ts'
import { saveArrays, type SavedArray } from '../testing/saved-model.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'refused-gradients-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let made = 0
const fresh = (end: string): string => join(scratch, `${(made += 1)}${end}`)

describe('measure --gradients refuses, in one line and with 1,', () => {
  const refused = async (file: string): Promise<string> => {
    const { code, out, err } = await measure('--gradients', file)
    expect(err).toMatch(/^error: [^\n]+\n$/)
    expect(out).toBe('')
    expect(code).toBe(1)
    return err
  }
  const npz = (weights: Record<string, SavedArray>): Promise<string> => saveArrays(fresh('.npz'), weights)

  it('rows that aren’t finite, by weight, row and element', async () => {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const weights = gradients()
      weights['block/conv/bias']!.data[2 * 11 + 1] = odd
      const message = `block/conv/bias: required finite gradients, found ${odd} (element 1) in row 11`
      expect(await refused(await npz(weights))).toContain(message)
      expect(await refused(await saveArrow(fresh('.arrows'), arrow(fixed, weights)))).toContain(message)
    }
  })

  it('arrays that don’t belong together', async () => {
    const short = { ...gradients(), scale: { shape: [M - 1], data: new Float32Array(M - 1) } }
    expect(await refused(await npz(short))).toMatch(
      /scale: required 30 rows, as block\/conv\/kernel has, found 29: a row is one example/,
    )
    expect(await refused(await npz({}))).toMatch(/required an array for each weight, found none/)
    expect(await refused(await npz(gradients(0)))).toMatch(/required an example, found none/)
    expect(await refused(await npz({ w: { shape: [3, 0], data: new Float32Array(0) } }))).toMatch(/found no elements/)
    expect(await refused(await npz({ w: { shape: [3], data: new Int32Array(3) } }))).toMatch(
      /w: required float32, float64 or float16 of shape \[examples, …weight\], found int32 of shape \[3\]/,
    )
    expect(await refused(await npz({ w: { shape: [], data: new Float32Array(1) } }))).toMatch(/found float32 of shape/)
  })

  it('Arrow columns that hold something else', async () => {
    const ints = new Field('item', new Int32(), true)
    expect(
      await refused(
        await saveArrow(
          fresh('.arrows'),
          arrow((width) => new FixedSizeList(width, ints), { w: gradients()['scale']! }),
        ),
      ),
    ).toMatch(
      /w: required a list of float32, float64 or float16 in each row, the flattened gradient, found FixedSizeList/,
    )
    const plain = new Table({ id: vectorFromArray([1, 2], new Float64()) })
    expect(await refused(await saveArrow(fresh('.arrows'), plain))).toMatch(/id: required a list of .*, found Float64/)
    const ragged = new Table({ w: vectorFromArray([[1, 2], [1]], new List(double)) })
    expect(await refused(await saveArrow(fresh('.arrows'), ragged))).toMatch(
      /w: required 2 elements in every row, .* found 1 in row 1/,
    )
    const missing = new Table({ w: vectorFromArray([[1], null], new List(double)) })
    expect(await refused(await saveArrow(fresh('.arrows'), missing))).toMatch(
      /w: required numbers alone, found a null in row 1/,
    )
    const hole = new Table({ w: vectorFromArray([[1], [null]], new List(double)) })
    expect(await refused(await saveArrow(fresh('.arrows'), hole))).toMatch(
      /w: required numbers alone, found a null in row 1/,
    )
    expect(await refused(await saveArrow(fresh('.arrows'), twice()))).toMatch(/w is there twice/)
  })

  it('files that are missing, torn or of another kind', async () => {
    expect(await refused(join(scratch, 'none.npz'))).toMatch(/none\.npz: there is no such file/)
    expect(await refused(join(scratch, 'none.arrows'))).toMatch(/there is no such file/)
    expect(await refused('gradients.pt')).toMatch(/gradients are read from \.npz, \.arrows, \.arrow and \.feather/)
    for (const end of ['.npz', '.arrows']) {
      const file = fresh(end)
      await writeFile(file, 'nothing of the kind')
      await refused(file)
      await writeFile(file, '')
      await refused(file)
    }
    const whole = await readFile(await saveArrow(fresh('.arrows'), arrow(fixed, gradients())))
    for (const length of [whole.length - 9, Math.floor(whole.length / 2), 40]) {
      const torn = fresh('.arrows')
      await writeFile(torn, whole.subarray(0, length))
      await refused(torn)
    }
  })
})

/** A table of two columns of one name. */
function twice(): Table {
  const column = arrow(() => new List(double), { w: gradients()['scale']! }).getChildAt(0)!.data[0]!
  const fields = [new Field('w', column.type, true), new Field('w', column.type, true)]
  const data = makeData({ type: new Struct(fields), length: M, nullCount: 0, children: [column, column] })
  return new Table(new RecordBatch(new Schema(fields), data as never))
}

it('a command line that mixes both ways ends with 2', async () => {
  for (const [argv, message] of [
    [['--gradients', 'g.npz', '--model', 'm.json'], /'--gradients <file>' cannot be used with option '--model <file>'/],
    [['--gradients', 'g.npz', '--examples', '5'], /cannot be used/],
    [['--gradients', 'g.npz', '--population', 'class'], /cannot be used/],
    [['--dataset', 'mnist'], /required --model, or --gradients in place of a model/],
    [['--model', 'm.json', '--dataset', 'mnist', '--population', 'easy'], /Allowed choices are class/],
  ] as const) {
    const { code, err } = await measure(...argv)
    expect(code, argv.join(' ')).toBe(2)
    expect(err).toMatch(message)
  }
})
