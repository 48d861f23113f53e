import { configureGlobal, readConfigureGlobal } from 'fast-check'

// The same random cases in every run, so that a change is judged by itself. `COHERENT_GRADIENTS_SEED=new` draws others, and
// a number names them.
const seed = process.env['COHERENT_GRADIENTS_SEED'] ?? '1'
if (seed !== 'new') {
  if (!/^-?\d+$/.test(seed))
    throw new RangeError(`COHERENT_GRADIENTS_SEED: required new or a whole number, found ${seed}`)
  configureGlobal({ ...readConfigureGlobal(), seed: Number(seed) })
}
