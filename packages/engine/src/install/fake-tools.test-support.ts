import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Wheel } from './wheels.ts'

/** What the made-up wheel holds. */
const content = 'a wheel'

/** A wheel that only {@link fakeTools} can fetch and unpack. */
export const madeUpWheel: Wheel = {
  name: 'made-up',
  version: '1.0',
  file: 'made_up-1.0-cp311-cp311-none.whl',
  size: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  wanted: ['tensorflow/'],
  unpacked: 100,
}

export interface FakeTools {
  readonly folder: string
  /** Stands in for the folder of tfjs-node-gpu, with the file of its binding that is changed on the way. */
  readonly sources: string
  /** Sets `PYTHON` and `CXX` to programs that do as they are told by the last call of this. */
  behave(how: {
    readonly pip?: 'fetch' | 'fetch another file' | 'fail' | 'hang'
    readonly compiler?: 'work' | 'fail'
  }): void
  /** What the programs were called for, in order: `pip`, `unpack`, `compile`. */
  calls(): string[]
  remove(): void
}

/** A folder with stand-ins for Python with pip and for a C++ compiler, which need no network. */
export function fakeTools(): FakeTools {
  const folder = mkdtempSync(join(tmpdir(), 'fake-tools-'))
  const log = join(folder, 'calls')
  const sources = join(folder, 'sources')
  mkdirSync(join(sources, 'binding'), { recursive: true })
  writeFileSync(join(sources, 'binding/tfjs_backend.cc'), 'static std::set<std::string> ATTR_NAME_SET;\n')
  const tool = (name: string, body: string): string => {
    const file = join(folder, name)
    const head = `#!${process.execPath}\nconst { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')\n`
    const rest = `const args = process.argv.slice(2)\nconst after = (flag) => args[args.indexOf(flag) + 1]\n`
    writeFileSync(
      file,
      `${head}${rest}const call = (what) => appendFileSync(${JSON.stringify(log)}, what + '\\n')\n${body}`,
    )
    chmodSync(file, 0o755)
    return file
  }
  const before = { PYTHON: process.env['PYTHON'], CXX: process.env['CXX'] }
  return {
    folder,
    sources,
    behave({ pip = 'fetch', compiler = 'work' }) {
      const fetched = pip === 'fetch another file' ? 'another file' : content
      process.env['PYTHON'] = tool(
        'python.cjs',
        `if (args.includes('--version')) process.exit(0)
         if (args[0] === '-c') {
           call('unpack')
           mkdirSync(args[3] + '/tensorflow', { recursive: true })
           writeFileSync(args[3] + '/tensorflow/library', '')
           console.log('100')
           process.exit(0)
         }
         call('pip')
         if (${pip === 'fail'}) { console.error('ERROR: no such host'); process.exit(1) }
         writeFileSync(after('-d') + '/${madeUpWheel.file}', '${fetched}')
         if (${pip === 'hang'}) setTimeout(() => {}, 60_000)`,
      )
      process.env['CXX'] = tool(
        'compiler.cjs',
        `if (args.includes('--version')) process.exit(0)
         call('compile')
         if (${compiler === 'fail'}) { console.error('a.cc:1: error: no member'); process.exit(1) }
         writeFileSync(after('-o'), 'a binding')`,
      )
    },
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    remove() {
      rmSync(folder, { recursive: true })
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
    },
  }
}
