import { openEngine, type EngineName } from '@coherent-gradients/engine'
import { examineEngine } from '@coherent-gradients/engine/doctor'

let name = process.argv[2] as EngineName | 'auto'
let milliseconds = 1000
if (name === 'auto') {
  const opened = await openEngine('auto')()
  if (opened._tag === 'Right') name = opened.right.name
  milliseconds = 0
}
const report = await examineEngine(name as EngineName, { clock: () => performance.now(), milliseconds })
process.send!(report, () => process.exit())
