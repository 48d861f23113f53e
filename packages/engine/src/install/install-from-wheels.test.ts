import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeTools, madeUpWheel, type FakeTools } from './fake-tools.test-support.ts'
import { installFromWheels } from './install-from-wheels.ts'
import type { InstallProgress } from './install-progress.ts'

let tools: FakeTools
let folder: string
let downloads: string

beforeEach(() => {
  tools = fakeTools()
  folder = join(tools.folder, 'built')
  downloads = join(tools.folder, 'downloads')
  mkdirSync(folder)
})
afterEach(() => tools.remove())

const tfjsNode = (): { folder: string; load: never } => ({ folder: tools.sources, load: undefined as never })

async function install(progress: InstallProgress[] = []): Promise<string> {
  const done = await installFromWheels(tfjsNode(), [madeUpWheel], folder, downloads, (each) => progress.push(each))
  return done._tag === 'Right' ? 'built' : done.left.message
}

describe('installFromWheels', () => {
  it('fetches, unpacks, compiles, tells how far it is, and keeps no wheel', async () => {
    tools.behave({})
    const progress: InstallProgress[] = []
    expect(await install(progress)).toBe('built')
    expect(tools.calls()).toEqual(['pip', 'unpack', 'compile'])
    expect(readFileSync(join(folder, 'tfjs_binding.node'), 'utf8')).toBe('a binding')
    expect(readdirSync(downloads)).toEqual([])
    const [size, unpacked] = [madeUpWheel.size, madeUpWheel.unpacked]
    const what = 'made-up 1.0'
    expect(progress).toContainEqual({ step: 'download', what, bytes: { done: size, total: size } })
    expect(progress).toContainEqual({ step: 'unpack', what, bytes: { done: unpacked, total: unpacked } })
    expect(progress.at(-1)).toEqual({ step: 'compile', what: 'the binding' })
  })

  it('goes on where it stood', async () => {
    tools.behave({ compiler: 'fail' })
    expect(await install()).toMatch(/can't compile tfjs's binding \(a.cc:1: error: no member\): see .*compile\.log/)
    expect(existsSync(join(folder, 'tfjs_binding.node'))).toBe(false)
    tools.behave({})
    expect(await install()).toBe('built')
    expect(tools.calls()).toEqual(['pip', 'unpack', 'compile', 'compile'])
  })

  it('takes a wheel that was put there by hand', async () => {
    mkdirSync(downloads)
    writeFileSync(join(downloads, madeUpWheel.file), 'a wheel')
    tools.behave({ pip: 'fail' })
    expect(await install()).toBe('built')
    expect(tools.calls()).toEqual(['unpack', 'compile'])
  })

  it('replaces a wheel of another content, and clears what a killed download left', async () => {
    mkdirSync(join(downloads, 'partial-x'), { recursive: true })
    writeFileSync(join(downloads, madeUpWheel.file), 'half a whe')
    tools.behave({})
    expect(await install()).toBe('built')
    expect(readdirSync(downloads)).toEqual([])
  })

  it('refuses a file whose checksum is another, and keeps nothing of it', async () => {
    tools.behave({ pip: 'fetch another file' })
    expect(await install()).toMatch(/made_up-1\.0-.*: required SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}/)
    expect(tools.calls()).toEqual(['pip'])
    expect(readdirSync(downloads)).toEqual([])
  })

  it('says in one line that pip got nothing, and what to do', async () => {
    tools.behave({ pip: 'fail' })
    const message = await install()
    expect(message).toMatch(/^pip can't fetch made-up 1\.0 \(ERROR: no such host\): check the network/)
    expect(message).toContain(`put ${madeUpWheel.file} into ${downloads}`)
    expect(message).not.toContain('\n')
  })

  it.each([
    ['PYTHON', /^PYTHON=\/nowhere is no Python 3 with pip: install it \(Debian, Ubuntu: apt install python3-pip\)/],
    ['CXX', /^CXX=\/nowhere is no C\+\+ compiler: install one \(Debian, Ubuntu: apt install g\+\+\)/],
  ])('says what is missing where %s names nothing, before it fetches anything', async (variable, message) => {
    tools.behave({})
    process.env[variable] = '/nowhere'
    expect(await install()).toMatch(message)
    expect(tools.calls()).toEqual([])
  })

  it('says how much room is needed where there is too little', async () => {
    tools.behave({})
    const huge = { ...madeUpWheel, unpacked: 1e18 }
    const done = await installFromWheels(tfjsNode(), [huge], folder, downloads, () => {})
    expect(done).toMatchObject({ left: { _tag: 'NotEnoughSpace', folder } })
    expect(done._tag === 'Left' && done.left.message).toMatch(
      /1000000000\.0 GB are needed and .* GB are free; make room/,
    )
    expect(tools.calls()).toEqual([])
  })
})
