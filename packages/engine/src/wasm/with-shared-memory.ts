const memorySection = 5
const withMaximum = 1
const sharedWithMaximum = 3

/**
 * A WebAssembly module whose own memory threads can share: the same code, but for the flag of that memory.
 *
 * A shared memory needs a maximum. Plain reads and writes work in it as in any other, so a module needn't be compiled for it.
 *
 * @returns undefined where the bytes aren't a module with one memory of its own and a maximum.
 */
export function withSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const magic = [0, ...Array.from('asm', (letter) => letter.charCodeAt(0)), 1, 0, 0, 0]
  if (!magic.every((byte, i) => module[i] === byte)) return undefined
  let at = magic.length
  while (at < module.length) {
    const section = module[at++]
    let length = 0
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = module[at++] ?? 0
      length += (byte & 0x7f) * 2 ** shift
      more = byte >= 0x80
    }
    if (section === memorySection) {
      const [memories, flags] = module.subarray(at)
      if (memories !== 1 || flags !== withMaximum) return undefined
      const shared = new Uint8Array(module)
      shared[at + 1] = sharedWithMaximum
      return shared
    }
    at += length
  }
  return undefined
}
