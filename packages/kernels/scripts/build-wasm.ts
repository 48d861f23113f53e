import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { entries } from './entries.ts'

const packageDirectory = join(dirname(fileURLToPath(import.meta.url)), '..')
const generatedDirectory = join(packageDirectory, 'src', 'generated')

/**
 * Compiles every entry of {@link entries} whose sources have changed into a module that holds the wasm as base64, so that
 * neither a file nor a fetch is needed to load it: once for a memory of one thread, once for one that threads share. Takes milliseconds where nothing has changed; a module that was cut
 * short is never seen, and two processes may build at once. What compiles is built even where something else doesn't.
 *
 * @throws Error with the compiler's messages for sources that don't compile or that need static data.
 */
export async function buildWasm(): Promise<void> {
  mkdirSync(generatedDirectory, { recursive: true })
  const built = await Promise.allSettled(entries.map(buildEntry))
  const failures = built.filter((result) => result.status === 'rejected').map(({ reason }) => (reason as Error).message)
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

async function buildEntry(entry: string): Promise<void> {
  const target = join(generatedDirectory, `${entry}.ts`)
  const header = `// Compiled by scripts/build-wasm.ts from sources with the SHA-256 ${hashOf(entry)}.\n`
  if (readIfThere(target)?.startsWith(header) !== true) writeAside(target, header + (await moduleOf(entry)))
}

/** Of the entry and all that it imports, of this script, and of the compiler's version. */
function hashOf(entry: string): string {
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json')
  const { version } = JSON.parse(readFileSync(compiler, 'utf8')) as { version: string }
  const hash = createHash('sha256').update(`${version} ${entry}`)
  for (const file of [fileURLToPath(import.meta.url), ...sourcesOf(join(packageDirectory, sourceOf(entry)))]) {
    hash.update(`\0${file.slice(packageDirectory.length)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

const sourceOf = (entry: string): string => `assembly/${entry}.ts`

/** A source and all that it imports, however far. */
function sourcesOf(source: string): string[] {
  const found = new Set([source])
  for (const file of found) {
    for (const [, specifier] of (readIfThere(file) ?? '').matchAll(/from '(\..+?)'/g)) {
      found.add(join(dirname(file), `${specifier}.ts`))
    }
  }
  return [...found].toSorted()
}

async function moduleOf(entry: string): Promise<string> {
  const plain = base64Of('wasm', 'a memory', await compile(entry, []))
  const threads = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536']
  return plain + base64Of('sharedWasm', 'a shared memory', await compile(entry, threads))

  function base64Of(name: string, memory: string, binary: Uint8Array): string {
    const contract = `/** ${sourceOf(entry)}, to be instantiated with ${memory} as \`env.memory\`. */`
    return `\n${contract}\nexport const ${name}: string =\n  '${Buffer.from(binary).toString('base64')}'\n`
  }
}

const outputs = ['--outFile', 'wasm', '--textFile', 'text']
const always = '-O3 --converge --noAssert --runtime stub --use abort= --importMemory --enable simd'.split(' ')

async function compile(entry: string, options: readonly string[]): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc')
  const written = new Map<string, string | Uint8Array>()
  const messages: string[] = []
  const { error } = await asc.main(
    [sourceOf(entry), '--baseDir', packageDirectory, ...outputs, ...options, ...always],
    {
      readFile: (path: string, base: string) => readIfThere(join(base, path)) ?? null,
      writeFile: (path: string, contents: string | Uint8Array) => void written.set(path, contents),
      listFiles: () => [],
      stderr: { write: (chunk: string | Uint8Array) => void messages.push(String(chunk)) },
    },
  )
  const binary = written.get('wasm')
  if (error !== null || !(binary instanceof Uint8Array)) {
    throw new Error(`${sourceOf(entry)} does not compile:\n${messages.join('')}${error?.message ?? ''}`)
  }
  // The memory may be somebody else's: nothing may be written into it when the module starts.
  const data = /^ *\(data .*/m.exec(String(written.get('text')))
  if (data !== null) throw new Error(`${sourceOf(entry)}: required no static data, found ${data[0].trim()}`)
  return binary
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Aside and renamed, as `replaceFile` of the package `files` does it; but this one may import `core` alone. */
function writeAside(target: string, text: string): void {
  const aside = `${target}.${randomUUID()}.tmp`
  try {
    writeFileSync(aside, text)
    renameSync(aside, target)
  } finally {
    rmSync(aside, { force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm()
