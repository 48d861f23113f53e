import { createPackageFromTarballData } from '@arethetypeswrong/core'
import type { Registry } from './registry.ts'

/** What is downloaded of a package, as the registry has it. */
export interface PublishedSize {
  readonly version: string
  readonly files: number
  /** Of the tarball. */
  readonly packedBytes: number
  readonly unpackedBytes: number
}

interface Packument {
  readonly 'dist-tags': { readonly latest: string }
  readonly versions: Readonly<Record<string, { readonly dist: { readonly tarball: string } }>>
}

/** Asks the registry for a package's newest version, and for its tarball. */
export async function publishedSize(name: string, registry: Registry): Promise<PublishedSize> {
  const packument = (await (await fetch(registry.url + name.replace('/', '%2f'))).json()) as Packument
  const version = packument['dist-tags'].latest
  const bytes = new Uint8Array(await (await fetch(packument.versions[version]!.dist.tarball)).arrayBuffer())
  const unpacked = createPackageFromTarballData(bytes)
  const files = unpacked.listFiles()
  const unpackedBytes = files.reduce((sum, file) => sum + Buffer.byteLength(unpacked.readFile(file)), 0)
  return { version, files: files.length, packedBytes: bytes.byteLength, unpackedBytes }
}
