import { moveIntoPlace, sha256OfFile } from '@coherent-gradients/files'
import { either as E } from 'fp-ts'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstallFailure } from './install-failure.ts'
import { lastLine } from './last-line.ts'
import { runProcess } from './run-process.ts'
import { sizeOfFolder } from './size-of-folder.ts'
import type { Wheel } from './wheels.ts'

/**
 * Fetches a wheel with pip into a folder, under its own name, and gives its path. A file of that name that is there
 * already is taken if its checksum is right and replaced if it is not. pip checks the checksum too, and takes the wheel
 * from wherever it is set up to look: PyPI, a mirror, a folder.
 */
export async function downloadWheel(
  python: string,
  wheel: Wheel,
  folder: string,
  tell: (done: number) => void,
): Promise<E.Either<InstallFailure, string>> {
  const file = join(folder, wheel.file)
  if (existsSync(file)) {
    if ((await sha256OfFile(file)) === wheel.sha256) return E.right(file)
    await rm(file)
  }
  const aside = await mkdtemp(join(folder, 'partial-'))
  try {
    const requirements = join(aside, 'requirements.txt')
    const temporary = join(aside, 'tmp')
    const files = join(aside, 'files')
    await mkdir(temporary)
    await mkdir(files)
    await writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
    const finished = await runProcess(python, ['-m', 'pip', ...pipArguments, '-r', requirements, '-d', files], {
      env: { ...process.env, TMPDIR: temporary },
      onTick: () => tell(Math.min(wheel.size, sizeOfFolder(aside))),
    })
    const fetched = join(files, wheel.file)
    if (finished?.code !== 0 || !existsSync(fetched)) return E.left(refused(wheel, folder, finished?.output ?? ''))
    const found = await sha256OfFile(fetched)
    if (found !== wheel.sha256) return E.left(mismatch(wheel, found))
    await moveIntoPlace(fetched, file)
    return E.right(file)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** The wheel is for Python 3.11, whichever Python runs pip: its libraries don't know Python. */
const pipArguments: readonly string[] = [
  'download --no-deps --no-input --require-hashes --only-binary :all: --implementation cp --python-version 3.11',
  '--platform manylinux2014_x86_64 --platform manylinux1_x86_64',
  '--progress-bar off --retries 3 --no-cache-dir --disable-pip-version-check',
].flatMap((words) => words.split(' '))

function refused(wheel: Wheel, folder: string, output: string): InstallFailure {
  const name = `${wheel.name} ${wheel.version}`
  const hashes = /DO NOT MATCH THE HASHES/.test(output)
  if (hashes) return mismatch(wheel, /Got\s+([0-9a-f]{64})/.exec(output)?.[1] ?? 'another')
  const message = `pip can't fetch ${name} (${lastLine(output)}): check the network and pip's index, or put ${wheel.file} into ${folder} and start again`
  return { _tag: 'DownloadFailed', message, name, output }
}

function mismatch({ file, sha256: expected }: Wheel, found: string): InstallFailure {
  const message = `${file}: required SHA-256 ${expected}, found ${found}; the index that pip uses has another file under this name`
  return { _tag: 'ChecksumMismatch', message, file, expected, found }
}
