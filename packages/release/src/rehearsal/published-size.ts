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
  readonly versions: Readonly<
    Record<
      string,
      { readonly dist: { readonly tarball: string; readonly fileCount: number; readonly unpackedSize: number } }
    >
  >
}

/** Asks the registry for a package's newest version, and for its tarball. */
export async function publishedSize(name: string, registry: Registry): Promise<PublishedSize> {
  const packument = (await (await fetch(registry.url + name.replace('/', '%2f'))).json()) as Packument
  const version = packument['dist-tags'].latest
  const { tarball, fileCount, unpackedSize } = packument.versions[version]!.dist
  const { byteLength } = await (await fetch(tarball)).arrayBuffer()
  return { version, files: fileCount, packedBytes: byteLength, unpackedBytes: unpackedSize }
}
