import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runCommand } from '../run-command.ts'

/** A registry on this machine. */
export interface Registry {
  readonly url: string
  /** An .npmrc by which our scope comes from this registry, and all else from where it comes anyway. */
  readonly npmrc: string
  close(): Promise<void>
}

const VERDACCIO = '6.10.4'
const PATIENCE_MS = 60_000

/**
 * Installs verdaccio into a folder and starts it there on 127.0.0.1, empty: it knows no other registry, so that only what is
 * published to it can come from it.
 *
 * It is installed here and not with the workspace because of its 300 packages, which nobody else needs. One of them asks for
 * node-fetch by a tag, which not every registry keeps: by a version it is the same.
 */
export async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true })
  const manifest = { private: true, dependencies: { verdaccio: VERDACCIO }, overrides: { 'node-fetch': '2.7.0' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error']
  const { exitCode, stderr } = await runCommand('npm', ['install', ...quiet], folder)
  if (exitCode !== 0) throw new Error(`npm install verdaccio: exit ${exitCode}\n${stderr}`)

  const port = await freePort()
  const config = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    uplinks: {},
    packages: { '@coherent-gradients/*': { access: '$all', publish: '$all' } },
    max_body_size: '50mb',
    log: { type: 'stdout', format: 'json', level: 'warn' },
    web: { enable: false },
  }
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config)) // JSON is YAML
  const bin = join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio')
  const server = spawn(process.execPath, [bin, '--config', 'config.yaml', '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const url = `http://127.0.0.1:${port}/`
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (server.exitCode !== null) return resolve()
      server.once('exit', () => resolve())
      server.kill()
    })
  try {
    await answers(`${url}-/ping`)
  } catch (cause) {
    await close()
    throw new Error(`verdaccio did not start\n${said}`, { cause })
  }
  return { url, npmrc: `@coherent-gradients:registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`, close }
}

async function answers(url: string): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (true) {
    const ok = await fetch(url, { signal: patience }).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    patience.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
