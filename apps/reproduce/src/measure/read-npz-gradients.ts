import { openNpz } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'
import type { GradientFile } from './gradient-rows.ts'
import { gradientsFailure } from './gradients-failure.ts'

/** The arrays of a .npz file, [m, …shape of the weight] each, one read at a time. */
export async function* readNpzGradients(file: string): GradientFile {
  const opened = await openNpz(file)()
  if (E.isLeft(opened)) {
    yield opened
    return
  }
  const npz = opened.right
  try {
    for (const name of npz.names) {
      const array = await npz.read(name)()
      if (E.isLeft(array)) {
        yield array
        return
      }
      const { dtype, shape, data } = array.right
      const [m] = shape
      if (m === undefined || !(data instanceof Float32Array || data instanceof Float64Array)) {
        const found = `${dtype} of shape [${shape.join(', ')}]`
        yield E.left(
          gradientsFailure(
            file,
            `${name}: required float32, float64 or float16 of shape [examples, …weight], found ${found}`,
          ),
        )
        return
      }
      yield E.right({ name, m, data })
    }
  } finally {
    npz.close()
  }
}
