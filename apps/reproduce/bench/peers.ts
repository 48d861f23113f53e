import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { madeUpPictures } from './data/made-up-pictures.ts'

/** A time that another framework took, on this machine. */
export interface PeerResult {
  readonly name: string
  readonly ms: number
  readonly fastest: number
}

const scripts = ['pytorch.py', 'jax_step.py', 'torchvision_folder.py']

/**
 * Runs the scripts in `peers/` by a Python that has the frameworks: the one that `PEERS_PYTHON` names, else `python3`. A
 * framework that isn't there is left out, and said to be. Each is given the folder of made-up pictures.
 */
export async function peerResults(): Promise<{
  readonly results: readonly PeerResult[]
  readonly missing: readonly string[]
}> {
  const pictures = await madeUpPictures()
  try {
    return resultsOn(pictures.folder)
  } finally {
    pictures.remove()
  }
}

function resultsOn(pictures: string): Awaited<ReturnType<typeof peerResults>> {
  const python = process.env['PEERS_PYTHON'] ?? 'python3'
  const results: PeerResult[] = []
  const missing: string[] = []
  for (const script of scripts) {
    const path = fileURLToPath(new URL(`./peers/${script}`, import.meta.url))
    const { status, stdout, error } = spawnSync(python, [path, pictures], { encoding: 'utf8', timeout: 120_000 })
    if (status !== 0) {
      missing.push(`${script}: ${error?.message ?? (stdout.trim() || `${python} has not what it needs`)}`)
      continue
    }
    for (const line of stdout.trim().split('\n')) results.push(JSON.parse(line) as PeerResult)
  }
  return { results, missing }
}
