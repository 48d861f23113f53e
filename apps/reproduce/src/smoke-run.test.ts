import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reproduce } from './testing/reproduce.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'smoke-run-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const smoke = ['run', 'fig-1', '--scale', 'smoke']

describe('fig-1 at smoke scale', () => {
  const runs = (): string => join(scratch, 'smoke-runs')

  it('runs, draws, judges and ends with the path of the page', async () => {
    const { code, out, err } = await reproduce(...smoke, '--runs', runs())
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toMatch(/step 10: real m·α [\d.]+, random [\d.]+; 1 means that an example helps nobody but itself/)
    expect(out).toMatch(/real images +random images/)
    expect(out.trimEnd().split('\n').at(-1)).toBe(join(runs(), 'report.html'))
    const page = await readFile(join(runs(), 'report.html'), 'utf8')
    expect(page).toContain('<svg')
    expect(page).not.toMatch(/(src|href)="https?:/)
  })

  it('run again says that it is done and gives the same page', async () => {
    const before = await readFile(join(runs(), 'report.html'), 'utf8')
    const { code, out } = await reproduce(...smoke, '--runs', runs())
    expect(code).toBe(0)
    expect(out).toContain(`has been run: here is what came out. Remove ${runs()}/fig-1 to run it anew.`)
    expect(await readFile(join(runs(), 'report.html'), 'utf8')).toBe(before)
  })

  it('is written as a document for a repository, the same each time', async () => {
    const document = async (folder: string): Promise<Record<string, string>> => {
      const { code, out, err } = await reproduce('report', '--markdown', folder, '--scale', 'smoke', '--runs', runs())
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const files = out.trimEnd().split('\n')
      const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
      return Object.fromEntries(files.map((file, i) => [relative(folder, file), texts[i]!]))
    }
    const before = await filesIn(runs())
    const [first, again] = [await document(join(scratch, 'a', 'docs')), await document(join(scratch, 'b', 'docs'))]
    expect(again).toEqual(first)
    expect(await filesIn(runs())).toEqual(before)

    const layers = join('figures', 'fig-1-layers.svg')
    const whole = join('figures', 'fig-1.svg')
    expect(Object.keys(first)).toEqual(['results.md', 'results.csv', 'results-runs.csv', layers, whole])
    expect(Object.values(first).join('')).not.toContain(scratch)
    expect(first['results.md']).toContain('`npx -y pnpm@12 reproduce report --markdown docs --scale smoke`')
    expect(first['results.md']).toMatch(/^2 runs, [\d.]+ (s|min), on \d+ × /m)
    expect(first['results.md']).toMatch(/fig-1-layers\.svg[^]*fig-1\.svg[^]*\*\*, proxy \|/)
    expect(first['results.csv']!.split('\n')[1]).toMatch(/^fig-1,,smoke,fig-1\/1,/)
    expect(first['results-runs.csv']).toMatch(/^fig-1,,smoke,[0-9a-f]{12},real,1,[^,]+,[\d.]+,\d+,/m)
  })

  it('leaves a document as it is where nothing of the scale has been run', async () => {
    const folder = join(scratch, 'none')
    const { code, err } = await reproduce('report', '--markdown', folder, '--runs', runs())
    expect(err).toMatch(/^error: nothing has been run at desk scale in [^\n]+\n$/)
    expect(code).toBe(1)
    expect(existsSync(folder)).toBe(false)
  })

  it('shows in status and figure', async () => {
    const status = await reproduce('status', '--runs', runs())
    expect(status.out).toMatch(/fig-1 smoke +real +1 +[\da-f]{12} +\d+ of 240 +[\d.]+ [kM]B +done/)
    expect((await reproduce('status', 'fig-1', '--runs', runs())).out).toContain(' of 240 ')
    expect((await reproduce('status', 'fig-4', '--runs', runs())).out).toMatch(/^nothing of fig-4 has been run in /)
    const figure = await reproduce('figure', 'fig-1', '--scale', 'smoke', '--runs', runs())
    expect(figure.code).toBe(0)
    expect(figure.out).toContain(join(runs(), 'fig-1', 'smoke', 'fig-1.svg'))
  })

  it('says of a table that was cut off afterwards that it is damaged, and what to do', async () => {
    const [id] = (await readdir(join(runs(), 'fig-1'))).filter((name) => name !== 'smoke')
    const file = join(runs(), 'fig-1', id!, 'coherence.arrows')
    const whole = await readFile(file)
    await writeFile(file, whole.subarray(0, -100))
    expect((await reproduce('status', '--runs', runs())).out).toMatch(
      / damaged\n[^]*cut off after the run had ended: remove the folder/,
    )
    const { code, out, err } = await reproduce(...smoke, '--runs', runs())
    expect(err).toMatch(/^error: .*cut off after the run had ended/)
    expect(out).not.toContain('here is what came out')
    expect(code).toBe(1)
    await writeFile(file, whole)
  })

  it('keeps the fitted weights, and ends at once where only DONE is missing', async () => {
    const before = await readFile(join(runs(), 'fig-1', 'smoke', 'fig-1.svg'), 'utf8')
    for (const id of (await readdir(join(runs(), 'fig-1'))).filter((name) => name !== 'smoke')) {
      const folder = join(runs(), 'fig-1', id)
      const { step } = JSON.parse(await readFile(join(folder, 'checkpoint', 'checkpoint.json'), 'utf8')) as {
        step: number
      }
      expect(step % 20).toBe(0)
      await rm(join(folder, 'DONE'))
    }
    expect((await reproduce('status', '--runs', runs())).out).toMatch(
      /real +1 +[\da-f]{12} +\d+ of 240 +[\d.]+ [kM]B +torn/,
    )
    expect((await reproduce(...smoke, '--runs', runs())).code).toBe(0)
    expect(await readFile(join(runs(), 'fig-1', 'smoke', 'fig-1.svg'), 'utf8')).toBe(before)
  })

  it('measures the network that a run ended with, by the run’s own spec', async () => {
    const [id] = (await readdir(join(runs(), 'fig-1'))).filter((name) => name !== 'smoke')
    const folder = join(runs(), 'fig-1', id!)
    const weights = (await readdir(join(folder, 'checkpoint'))).find((name) => name.endsWith('.safetensors'))!
    const argv = ['measure', '--model', join(folder, 'spec.json'), '--weights', join(folder, 'checkpoint', weights)]
    const { code, out } = await reproduce(...argv, '--dataset', 'mnist', '--examples', '50', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      m: 50,
      layers: [{ name: 'dense_1' }, { name: 'dense_2' }, { name: 'dense_3' }],
    })
  })

  it('says what it takes on the disk, and takes less without the checkpoints of what is done', async () => {
    const folders = (await readdir(join(runs(), 'fig-1'))).filter((name) => name !== 'smoke')
    const before = (await reproduce('status', '--runs', runs())).out
    const [, removable] = /takes [\d.]+ [kM]B; reproduce prune removes ([\d.]+ [kM]B) of it/.exec(before)!
    await rm(join(runs(), 'fig-1', folders[0]!, 'DONE'))
    expect((await reproduce('prune', '--runs', runs())).out).toMatch(/^removed the checkpoints of 1 runs that are done/)
    expect(await readdir(join(runs(), 'fig-1', folders[0]!))).toContain('checkpoint')
    expect((await reproduce(...smoke, '--runs', runs())).code).toBe(0)
    expect((await reproduce('prune', '--runs', runs())).code).toBe(0)
    for (const id of folders) expect(await readdir(join(runs(), 'fig-1', id))).not.toContain('checkpoint')
    expect((await reproduce('prune', '--runs', runs())).out).toMatch(/^nothing to remove/)
    const after = (await reproduce('status', '--runs', runs())).out
    expect(after).not.toContain('prune')
    expect(removable).not.toBe(/takes ([\d.]+ [kM]B)/.exec(after)![1])
    expect((await reproduce(...smoke, '--runs', runs())).out).toContain('here is what came out')
  })

  it('leaves no file behind where there is nothing to show', async () => {
    const nowhere = join(scratch, 'nothing-here')
    expect((await reproduce('figure', 'fig-1', '--runs', nowhere)).code).toBe(1)
    const report = await reproduce('report', '--runs', nowhere)
    expect(report.err).toMatch(/nothing has been run in/)
    expect(report.code).toBe(1)
    await expect(readdir(nowhere)).rejects.toThrow(/ENOENT/)
  })

  it('refuses a folder that holds another spec', async () => {
    const [id] = (await readdir(join(runs(), 'fig-1'))).filter((name) => name !== 'smoke')
    const file = join(runs(), 'fig-1', id!, 'spec.json')
    const spec = await readFile(file, 'utf8')
    await writeFile(file, spec.replace('"batchSize": 50', '"batchSize": 51'))
    const { code, err } = await reproduce(...smoke, '--runs', runs())
    expect(err).toMatch(/^error: .*spec\.json is not the spec of this run/)
    expect(code).toBe(1)
    await writeFile(file, spec)
  })
})

/** Every file below a folder, with when it was written. */
async function filesIn(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true })
  const times = await Promise.all(entries.map(async (name) => (await stat(join(folder, name))).mtimeMs))
  return Object.fromEntries(entries.map((name, i) => [name, times[i]!]))
}
