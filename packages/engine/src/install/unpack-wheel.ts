import { either as E } from 'fp-ts'
import type { InstallFailure } from './install-failure.ts'
import { lastLine } from './last-line.ts'
import { runProcess } from './run-process.ts'
import type { Wheel } from './wheels.ts'

/** Reads the archive piece by piece, prints how many bytes are written, and checks each file's CRC as zipfile does. */
const script = `
import os, shutil, sys, zipfile
archive, target, *wanted = sys.argv[1:]
done = 0
with zipfile.ZipFile(archive) as wheel:
    for entry in wheel.infolist():
        if entry.is_dir() or not entry.filename.startswith(tuple(wanted)):
            continue
        path = os.path.join(target, *entry.filename.split('/'))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with wheel.open(entry) as source, open(path, 'wb') as file:
            while piece := source.read(1 << 24):
                file.write(piece)
                done += len(piece)
                print(done, flush=True)
        os.chmod(path, (entry.external_attr >> 16) & 0o777 | 0o600)
`

/** Unpacks what is wanted of a wheel into a folder. */
export async function unpackWheel(
  python: string,
  wheel: Wheel,
  file: string,
  folder: string,
  tell: (done: number) => void,
): Promise<E.Either<InstallFailure, void>> {
  const finished = await runProcess(python, ['-c', script, file, folder, ...wheel.wanted], {
    onLine: (line) => tell(Number(line)),
  })
  if (finished?.code === 0) return E.right(undefined)
  const output = finished?.output ?? ''
  const message = `${file}: can't be unpacked into ${folder} (${lastLine(output)})`
  return E.left({ _tag: 'StepFailed', message, step: 'unpack', output })
}
