import { open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { printable, type Failure } from '@coherent-gradients/core'
import { makeFolder, moveIntoPlace, sha256OfFile } from '@coherent-gradients/files'
import type { taskEither as TE } from 'fp-ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'

/** A file that can be fetched. */
export interface RemoteFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Where it may be had; tried in turn. */
  readonly addresses: readonly string[]
}

/** A file could not be had from any of its addresses. */
export type FetchFailure = Failure<
  'FetchFailure',
  { file: string; tried: readonly { readonly address: string; readonly reason: string }[] }
>

export interface FetchOptions {
  /** Told how many of the file's bytes are there. */
  readonly tell?: (bytes: number) => void
  /** Gives up on an address that sends nothing for so long. Default 30 seconds. */
  readonly stallMilliseconds?: number
}

/** Times that an address which breaks off is asked again: many where each brings something new, else once. */
const MOST_BREAKS = 20
const MOST_EMPTY_BREAKS = 1

/**
 * Fetches a file into its place. It is written beside it under the name `.partial`, held against its size and sha256, and
 * renamed only if they match; a file that is there and right is left alone.
 *
 * What is torn off goes on where it stopped, in this run or the next one. A server that stalls, sends an error, too much or
 * something else is left for the next address.
 *
 * @returns left when no address has the right file (each with its reason), or it can't be written.
 *
 * @example
 * fetchFile({ name: 'a.gz', bytes: 123, sha256: '…', addresses: ['https://…/a.gz'] }, 'data/a.gz')
 */
export function fetchFile(
  remote: RemoteFile,
  file: string,
  options: FetchOptions = {},
): TE.TaskEither<FileFailure | FetchFailure, 'fetched' | 'there'> {
  return attempt(file, async () => {
    if ((await sizeOf(file)) === remote.bytes && (await sha256OfFile(file)) === remote.sha256) return 'there'
    await makeFolder(dirname(file))
    const tried: { address: string; reason: string }[] = []
    for (const address of remote.addresses) {
      const reason = await from(address, remote, `${file}.partial`, options)
      if (reason === undefined) {
        await moveIntoPlace(`${file}.partial`, file)
        return 'fetched'
      }
      tried.push({ address, reason })
    }
    const reasons = tried.map(({ address, reason }) => `${address}: ${reason}`).join('; ')
    const message = `${file}: could not be fetched (${reasons}). Try again later, or put the file there by hand.`
    return refuse({ _tag: 'FetchFailure', message, file, tried } as FetchFailure)
  })
}

/** Undefined where the whole and right file lies in `partial` afterwards, else what went wrong. */
async function from(
  address: string,
  remote: RemoteFile,
  partial: string,
  options: FetchOptions,
): Promise<string | undefined> {
  for (let breaks = 0, empty = 0, begun = false; ;) {
    let before = await sizeOf(partial)
    if (before > remote.bytes) {
      await rm(partial, { force: true })
      before = 0
    }
    if (before < remote.bytes) {
      const broken = await download(address, remote, partial, before, options)
      if (broken?.fatal === true) return broken.reason
      const after = await sizeOf(partial)
      if (after !== remote.bytes) {
        if (after <= before) empty++
        if (empty > MOST_EMPTY_BREAKS || ++breaks > MOST_BREAKS)
          return broken?.reason ?? `ended after ${after} of ${remote.bytes} bytes`
        continue
      }
    }
    const found = await sha256OfFile(partial)
    if (found === remote.sha256) return undefined
    // Its beginning may be of another try, or another address: once more, from its start.
    await rm(partial, { force: true })
    if (begun || before === 0) return `wrong checksum: required sha256 ${remote.sha256}, found ${found}`
    begun = true
  }
}

/** Appends what the address sends. What it gives is why that broke off; `fatal` where asking again is of no use. */
async function download(
  address: string,
  remote: RemoteFile,
  partial: string,
  start: number,
  { tell, stallMilliseconds = 30_000 }: FetchOptions,
): Promise<{ readonly reason: string; readonly fatal: boolean } | undefined> {
  const stop = new AbortController()
  const stalled = (): void => stop.abort(new Error(`nothing for ${stallMilliseconds / 1000} seconds`))
  let timer = setTimeout(stalled, stallMilliseconds)
  const handle = await open(partial, 'a')
  try {
    const headers = { 'accept-encoding': 'identity', ...(start === 0 ? {} : { range: `bytes=${start}-` }) }
    const response = await fetch(address, { headers, signal: stop.signal })
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      if (response.status === 416) await handle.truncate(0)
      return { reason: `answered ${response.status}`, fatal: response.status !== 416 }
    }
    const resumed = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${start}-`)
    let size = resumed === true ? start : 0
    await handle.truncate(size)
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      clearTimeout(timer)
      timer = setTimeout(stalled, stallMilliseconds)
      size += part.length
      if (size > remote.bytes) {
        await handle.truncate(0)
        return { reason: `sent more than ${remote.bytes} bytes`, fatal: true }
      }
      await handle.appendFile(part)
      tell?.(size)
    }
    return undefined
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause && 'path' in cause) throw cause // the disk's, not the address's
    return { reason: reasonOf(stop.signal.aborted ? stop.signal.reason : cause), fatal: false }
  } finally {
    clearTimeout(timer)
    stop.abort()
    await handle.close()
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return printable(inner instanceof Error ? inner.message : String(inner))
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch {
    return 0
  }
}
