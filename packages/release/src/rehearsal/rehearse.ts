import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libraries } from '../libraries.ts'
import { publicPackages } from '../public-packages.ts'
import { newestNode } from './newest-node.ts'
import { publish } from './publish.ts'
import { publishedSize } from './published-size.ts'
import { startRegistry } from './registry.ts'
import { tryApp } from './try-app.ts'
import { tryLibrary } from './try-library.ts'

/** Which package managers install the libraries: both unless named. */
const managers = (['npm', 'pnpm'] as const).filter((each) => process.argv.length === 2 || process.argv.includes(each))

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coherent-gradients-rehearsal-')))
const began = performance.now()
const say = (text: string): void =>
  console.log(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${text}`)
let failed = 0
const report = (what: string, wrong: readonly string[]): void => {
  failed += wrong.length === 0 ? 0 : 1
  say(`${wrong.length === 0 ? 'ok    ' : 'failed'} ${what}`)
  for (const each of wrong) console.log(each.trimEnd())
}

const registry = await startRegistry(join(folder, 'verdaccio'))
try {
  say('a registry of its own is up')
  const versions = await publish(join(folder, 'clone'), registry)
  const names = publicPackages().map(({ manifest }) => manifest.name)
  say(`published ${Object.keys(versions).length} packages of ${names.length}`)

  console.log('\n| package | version | files | tarball, kB | unpacked, kB |\n|---|---|---|---|---|')
  for (const name of names) {
    const { version, files, packedBytes, unpackedBytes } = await publishedSize(name, registry)
    const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0)
    console.log(`| \`${name}\` | ${version} | ${files} | ${kilobytes(packedBytes)} | ${kilobytes(unpackedBytes)} |`)
  }
  console.log()

  const nodes = [process.execPath, await newestNode(join(folder, 'newest-node'))]
  say(`tried by ${nodes.join(' and ')}`)
  for (const manager of managers) {
    for (const each of libraries()) {
      const project = join(folder, manager, each.folder)
      report(`${each.folder} by ${manager}`, await tryLibrary(each, project, { manager, registry, nodes }))
    }
  }
  for (const [index, node] of nodes.entries()) {
    report(`reproduce by npx, ${node}`, await tryApp(join(folder, `npx-${index}`), registry, node))
  }
} finally {
  await registry.close()
  rmSync(folder, { recursive: true, force: true })
}
say(failed === 0 ? 'all is ready to be published' : `${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
