import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

/** Some examples that are packed: what the trailer will say of them. */
export interface PackedBatch {
  /** Which batch of the plan this is, counted from 0. */
  readonly batch: number
  readonly ids: readonly number[]
  readonly sums: readonly number[]
  readonly leftOut: readonly { readonly id: number; readonly message: string }[]
}

/** What is packed so far, on disk: a line for each batch, each with a sum of its own, behind one that names the work. */
export interface PackJournal {
  readonly done: readonly PackedBatch[]
  append(batch: PackedBatch): Promise<void>
  close(): Promise<void>
}

/** Opens a journal. One of other work, or none, begins anew; a torn last line is as if it weren't there. */
export async function openJournal(file: string, work: string): Promise<PackJournal> {
  const handle = await open(file, 'a+')
  const lines = (await handle.readFile('utf8')).split('\n')
  const done: PackedBatch[] = []
  let kept = 0
  if (lines[0] === work) {
    kept = Buffer.byteLength(work) + 1
    for (const line of lines.slice(1, -1)) {
      const batch = parsed(line)
      if (batch?.batch !== done.length) break
      done.push(batch)
      kept += Buffer.byteLength(line) + 1
    }
  }
  await handle.truncate(kept)
  if (kept === 0) await append(handle, work)
  return {
    done,
    append: (batch) => append(handle, signed(JSON.stringify(batch))),
    close: () => handle.close(),
  }
}

async function append(handle: FileHandle, line: string): Promise<void> {
  await handle.appendFile(`${line}\n`)
  await handle.datasync()
}

function signed(json: string): string {
  return `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}`
}

function parsed(line: string): PackedBatch | undefined {
  const json = line.slice(17)
  return line !== '' && signed(json) === line ? (JSON.parse(json) as PackedBatch) : undefined
}
