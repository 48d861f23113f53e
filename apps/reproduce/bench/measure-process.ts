import { openEngine } from '@coherent-gradients/engine'
import type { Measurement, MeasureRequest } from './measure-apart.ts'
import { sections } from './sections.ts'
import { prepareSetting, type Setting } from './setting.ts'

/** The process of one engine: measures the sections that its arguments ask for, and tells its parent of each. */
const request = JSON.parse(process.argv[2]!) as MeasureRequest
const tell = (message: Measurement): Promise<void> => new Promise((sent) => process.send!(message, () => sent()))

const opened = await openEngine(request.engine)()
if (opened._tag === 'Left') {
  await tell({ kind: 'not measured', reason: opened.left.message })
} else if (opened.right.inSoftware === true && !request.named) {
  const reason = `${opened.right.description}: a GPU in software is measured where it is asked for by --engine`
  await tell({ kind: 'not measured', reason })
} else {
  const engine = opened.right
  await tell({ kind: 'opened', name: engine.name, description: engine.description })
  let setting: Promise<Setting> | undefined
  for (const section of sections.filter(({ name }) => request.only.includes(name))) {
    const lines = await section.measure(engine.name, () => (setting ??= prepareSetting()))
    await tell({ kind: 'section', section: section.name, lines })
  }
  await tell({ kind: 'done' })
}
// Kernels' threads and a backend's own may still be waiting for work.
process.exit()
