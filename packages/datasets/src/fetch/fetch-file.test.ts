import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderOf } from '../made-up.test-support.ts'
import { fetchFile, type RemoteFile } from './fetch-file.ts'

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) >> 3)
const sha256 = createHash('sha256').update(content).digest('hex')

/** What the server does with a request; `from` is where the asked range starts. */
const manners: Record<string, (response: ServerResponse, from: number, request: IncomingMessage) => void> = {
  good: (response, from) => send(response, from),
  slow(response, from) {
    response.writeHead(200)
    for (let i = 0; i < 8; i++)
      setTimeout(
        () => response.write(content.subarray((i * content.length) / 8, ((i + 1) * content.length) / 8)),
        i * 5,
      )
    setTimeout(() => response.end(), 60)
    void from
  },
  cuts(response, from) {
    // A third of the file at a time, then the line is dead.
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': content.length - from,
      ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    })
    if (from + 70_000 >= content.length) response.end(content.subarray(from))
    else {
      response.write(content.subarray(from, from + 70_000))
      dieAt(response, from + 70_000)
    }
  },
  'cuts without ranges'(response) {
    response.writeHead(200, { 'content-length': content.length })
    response.write(content.subarray(0, 70_000))
    dieAt(response, 70_000)
  },
  stalls: (response) => void response.writeHead(200).write(content.subarray(0, 10)),
  garbage: (response) => void response.writeHead(200).end(content.map((byte) => byte ^ 1)),
  endless(response) {
    response.writeHead(200)
    const more = (): void => void (response.destroyed || (response.write(new Uint8Array(50_000)), setImmediate(more)))
    more()
  },
  page: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Not here any more'),
  missing: (response) => void response.writeHead(404).end('no'),
  broken: (response) => void response.writeHead(500).end(),
  redirects: (response) => void response.writeHead(302, { location: '/redirects-again' }).end(),
  'redirects-again': (response) => void response.writeHead(307, { location: '/good' }).end(),
  circles: (response) => void response.writeHead(302, { location: '/circles' }).end(),
  'leads to a file': (response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  'deaf to ranges': (response) => void response.writeHead(200).end(content),
  'wrong range': (response, from) =>
    void response
      .writeHead(206, { 'content-range': `bytes 0-${content.length - 1}/${content.length}` })
      .end(content, () => void from),
  'no such range': (response, from) => (from === 0 ? send(response, 0) : void response.writeHead(416).end()),
}

let partial = ''

/** The line is dead as soon as so many bytes of the file have been kept: what was on its way before would be lost. */
function dieAt(response: ServerResponse, bytes: number): void {
  if ((statSync(partial, { throwIfNoEntry: false })?.size ?? 0) >= bytes) response.destroy()
  else if (!response.destroyed) setTimeout(dieAt, 2, response, bytes)
}

function send(response: ServerResponse, from: number): void {
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }
  response.writeHead(from === 0 ? 200 : 206, from === 0 ? {} : range).end(content.subarray(from))
}

describe('fetchFile', () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url!.slice(1))
    asked.push(`${name} ${request.headers.range ?? ''}`.trim())
    manners[name]!(response, Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0), request)
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const remote = (...names: string[]): RemoteFile => ({
    name: 'a.bin',
    bytes: content.length,
    sha256,
    addresses: names.map((name) => base + encodeURIComponent(name)),
  })
  const target = (): string => join(folderOf({}), 'below', 'a.bin')
  const get = (file: string, ...names: string[]) => {
    partial = `${file}.partial`
    return fetchFile(remote(...names), file, { stallMilliseconds: names.includes('stalls') ? 150 : 10_000 })()
  }

  it.each(['good', 'slow', 'cuts', 'redirects', 'deaf to ranges'])(
    'gets the file from a server that is %s',
    async (name) => {
      const file = target()
      expect(rightOf(await get(file, name))).toBe('fetched')
      expect(new Uint8Array(readFileSync(file))).toEqual(content)
      expect(existsSync(`${file}.partial`)).toBe(false)
    },
  )

  it('goes on where it was torn off, here and in a later run', async () => {
    const file = target()
    asked.length = 0
    rightOf(await get(file, 'cuts'))
    expect(asked).toEqual(['cuts', 'cuts bytes=70000-', 'cuts bytes=140000-'])
    const later = join(folderOf({ 'b.partial': content.slice(0, 150_000) }), 'b')
    rightOf(await get(later, 'good'))
    expect(asked.at(-1)).toBe('good bytes=150000-')
    expect(new Uint8Array(readFileSync(later))).toEqual(content)
  })

  it.each(['good', 'deaf to ranges', 'wrong range', 'no such range'])(
    'begins anew where what is there is of something else (%s)',
    async (name) => {
      for (const rest of [new Uint8Array(150_000), new Uint8Array(900_000), new Uint8Array(content.length)]) {
        const file = join(folderOf({ 'b.partial': rest }), 'b')
        expect(rightOf(await get(file, name, 'good'))).toBe('fetched')
        expect(new Uint8Array(readFileSync(file))).toEqual(content)
      }
    },
  )

  it.each<[string, RegExp]>([
    ['missing', /answered 404/],
    ['broken', /answered 500/],
    ['stalls', /nothing for 0\.15 seconds/],
    ['garbage', /wrong checksum: required sha256/],
    ['page', /ended after 20 of 200000|wrong checksum/],
    ['endless', /sent more than 200000 bytes/],
    ['circles', /redirect/],
    ['leads to a file', /./],
    ['cuts without ranges', /./],
  ])('goes to the next address when a server is %s, and says why if there is none', async (name, reason) => {
    const file = target()
    const failure = leftOf(await get(file, name))
    expect(failure).toMatchObject({ _tag: 'FetchFailure', tried: [{ reason: expect.stringMatching(reason) }] })
    expect(existsSync(file)).toBe(false)
    expect(rightOf(await get(file, name, 'good'))).toBe('fetched')
  })

  it('leaves a right file alone and replaces a wrong one only by the right one', async () => {
    const file = join(folderOf({ 'a.bin': content }), 'a.bin')
    expect(rightOf(await get(file, 'missing'))).toBe('there')
    writeFileSync(file, content.with(0, 1))
    leftOf(await get(file, 'garbage'))
    expect(readFileSync(file)[0]).toBe(1)
    expect(rightOf(await get(file, 'good'))).toBe('fetched')
  })

  it('says where nobody answers, and where it can’t write', async () => {
    const nobody = { ...remote(), addresses: ['http://127.0.0.1:1/a'] }
    expect(leftOf(await fetchFile(nobody, target())()).message).toMatch(/127\.0\.0\.1:1\/a: .*\. Try again later/)
    expect(leftOf(await get(join(folderOf({ f: content }), 'f', 'a.bin'), 'good'))._tag).toBe('FileFailure')
  })
})
