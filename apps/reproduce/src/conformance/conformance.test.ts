import { openEngine } from '@coherent-gradients/engine'
import { loadReference, referenceNames, type Reference, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reproduce } from '../testing/reproduce.test-support.ts'
import { conform } from './conform.ts'
import { defaultFolder } from './default-folder.ts'
import { errorOf } from './error-of.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'conformance-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const conformance = (...argv: string[]): ReturnType<typeof reproduce> => reproduce('conformance', ...argv)

type Spoilt = {
  -readonly [Key in keyof Reference]: Reference[Key] extends object ? Record<string, never> : Reference[Key]
}

/** A reference network, changed. */
async function changed(folder: string, change: (file: Spoilt) => void, from: Reference['name'] = 'mlp-relu-softmax') {
  await mkdir(folder, { recursive: true })
  const file = structuredClone(loadReference(from)) as unknown as Spoilt
  change(file)
  await writeFile(join(folder, 'changed.json'), JSON.stringify(file))
}

describe.each(testEngines)('conformance on %s', (engine) => {
  it('holds for the project’s own vectors, a line each', async () => {
    const { code, out, err } = await conformance('--engine', engine)
    expect(err).toBe('')
    for (const name of referenceNames) {
      expect(out).toMatch(new RegExp(`^ok +${name} +\\d+ figures, largest relative error \\d`, 'm'))
    }
    expect(out).toMatch(/^all 7 conform$/m)
    expect(code).toBe(0)
  })

  it('leaves no tensor behind', async () => {
    await openEngine(engine)()
    await conform(join(defaultFolder, 'mlp-relu-softmax.json'))
    const before = tf.memory().numTensors
    await conform(join(defaultFolder, 'conv-valid-residual.json'))
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('conformance', () => {
  it('runs all files and names what failed, and why', async () => {
    const folder = join(scratch, 'several')
    await changed(folder, ({ perExampleGradients }) => {
      const { data } = perExampleGradients['d2/kernel'] as unknown as { data: number[] }
      data[5]! += 1
    })
    await cp(join(defaultFolder, 'linear-regression.json'), join(folder, 'sound.json'))
    await writeFile(join(folder, 'torn.json'), '{"model": [')
    await writeFile(join(folder, 'other.json'), '{}')
    await writeFile(join(folder, 'notes.txt'), 'not looked at')
    const { code, out } = await conformance(folder)
    expect(code).toBe(1)
    expect(out).toMatch(/^failed +changed .*gradients of d2\/kernel: relative error \d\.\de[-+]\d, at most 0\.0001/m)
    expect(out).toMatch(/^ok +sound /m)
    expect(out).toMatch(/^failed +torn +is not JSON$/m)
    expect(out).toMatch(/^failed +other +is no reference vector: model, .*expected missing or torn$/m)
    expect(out).toMatch(/^3 of 4 failed$/m)
  })

  it.each<[string, (file: Spoilt) => void, RegExp, Reference['name']?]>([
    [
      'a layer of an unknown type',
      ({ model }) => Object.assign(model[0]!, { type: 'capsule' }),
      /layer d1 is of the type 'capsule', known are dense/,
    ],
    [
      'a name that is no type',
      ({ model }) => Object.assign(model[0]!, { type: 'constructor' }),
      /of the type 'constructor'/,
    ],
    [
      'a layer that takes from nowhere',
      ({ model }) => Object.assign(model[1]!, { from: ['d9'] }),
      /layer d2 takes 'd9'/,
    ],
    ['a loss that isn’t known', (file) => (file.loss = 'hinge' as never), /unknown loss 'hinge'/],
    ['a weight that is missing', ({ weights }) => delete weights['d1/bias'], /has no weight d1\/bias/],
    [
      'a weight of no layer',
      ({ weights }) => Object.assign(weights, { 'd9/bias': { shape: [1], data: [0] } }),
      /no layer has the weights d9\/bias/,
    ],
    [
      'a gradient of no weight',
      ({ perExampleGradients }) => Object.assign(perExampleGradients, { 'd9/bias': { shape: [1], data: [1] } }),
      /gradients of d9\/bias: relative error Infinity/,
    ],
    [
      'a gradient that is missing',
      ({ perExampleGradients }) => delete perExampleGradients['d1/bias'],
      /gradients of d1\/bias: relative error Infinity/,
    ],
    [
      'a torn array',
      ({ weights }) => Object.assign(weights['d1/bias']!, { shape: [5] }),
      /is no reference vector: weights missing or torn/,
    ],
    [
      'a wrong gradient of a batch',
      ({ expected }) => {
        const { batchGradients } = (expected as unknown as Reference['expected']).trainModeBatchNorm!
        ;(batchGradients.data as number[])[7]! += 0.1
      },
      /trainModeBatchNorm\.batchGradients: relative error/,
      'conv-batchnorm',
    ],
    ['a wrong α', ({ expected }) => Object.assign(expected, { alpha: 0.9 }), /alpha: relative error/],
    [
      'a wrong count',
      ({ expected }) => Object.assign(expected, { winsorized: { 99: { shape: [1], data: [0] } } }),
      /winsorized/,
    ],
  ])('fails %s', async (kind, change, message, from) => {
    const folder = join(scratch, kind.replaceAll(' ', '-'))
    await changed(folder, change, from)
    const { code, out } = await conformance(folder)
    expect(out).toMatch(message)
    expect(out).toMatch(/^failed /m)
    expect(code).toBe(1)
  })

  it('says what it has no check for', async () => {
    const folder = join(scratch, 'new-figure')
    await changed(folder, ({ expected }) => Object.assign(expected, { sharpness: 3 }))
    const { code, out } = await conformance(folder)
    expect(out).toMatch(/^ok .*; not checked: sharpness$/m)
    expect(code).toBe(0)
  })

  it('takes other networks of the same layer types', async () => {
    const folder = join(scratch, 'other-network')
    // The same function: the activation as a layer of its own, its output taken by name.
    await changed(folder, ({ model }) => {
      const layers = model as unknown as Record<string, unknown>[]
      delete layers[0]!['activation']
      layers.splice(1, 0, { name: 'r', type: 'activation', activation: 'relu' })
      layers[2]!['from'] = ['r']
    })
    const { out } = await conformance(folder)
    expect(out).toMatch(/^it conforms$/m)
    expect(out.startsWith(`1 network of ${folder} on `)).toBe(true)
  })

  it('refuses a folder without vectors in a line, and an engine that isn’t one as a wrong command line', async () => {
    await mkdir(join(scratch, 'empty'))
    for (const argv of [[join(scratch, 'empty')], [join(scratch, 'gone')]]) {
      const { code, err } = await conformance(...argv)
      expect(err).toMatch(/^error: [^\n]+\n$/)
      expect(code).toBe(1)
    }
    const { code, err } = await conformance('--engine', 'abacus')
    expect(err).toMatch(/'abacus' is invalid. Allowed choices are auto, /)
    expect(code).toBe(2)
  })
})

describe('errorOf', () => {
  it('is relative to the whole vector, or to the scale where that is larger', () => {
    expect(errorOf([3, 4.5], [3, 4])).toBeCloseTo(0.1)
    expect(errorOf([1e-9], [0])).toBe(Infinity)
    expect(errorOf([1e-9], [0], 1)).toBe(1e-9)
    expect(errorOf([0, 0], [0, 0])).toBe(0)
    expect(errorOf([1], [1, 2])).toBe(Infinity)
    expect(errorOf([Number.NaN], [1])).toBe(Infinity)
  })
})
