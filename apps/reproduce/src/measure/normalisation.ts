import type { Failure, Split } from '@coherent-gradients/core'
import { pixelMoments } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'

/**
 * What becomes of pixels in [0, 1]: x ↦ (x − mean)/standardDeviation; `standard` takes the data's own two, `imagenet`
 * those by which networks for photographs are usually trained, a pair for each of red, green and blue.
 */
export type Normalisation = (typeof names)[number] | { readonly mean: number; readonly sd: number }

const names = ['unit', 'none', 'standard', 'symmetric', 'imagenet'] as const

/** Parses --normalise; undefined where it is no such thing. */
export function parseNormalisation(text: string): Normalisation | undefined {
  const named = names.find((name) => name === text)
  if (named !== undefined) return named
  const [mean, sd, ...rest] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (rest.length > 0 || !Number.isFinite(mean) || !Number.isFinite(sd) || sd! <= 0) return undefined
  return { mean: mean!, sd: sd! }
}

/** Mean and standard deviation of MNIST's training pixels, as everybody rounds them. */
const ofMnist = { mean: 0.1307, sd: 0.3081 }

/** Means and standard deviations of ImageNet's red, green and blue, as everybody rounds them. */
const ofImagenet = { means: [0.485, 0.456, 0.406], sds: [0.229, 0.224, 0.225] } as const

/**
 * A split with its inputs scaled. `unit` leaves them as they come: bytes divided by 255, floats as they are. For `none`
 * pixels go from 0 to 255; a .npz is then read as raw bytes in the first place.
 *
 * @param bytes what the inputs were before they became numbers from 0 to 1.
 */
export async function normalised(
  split: Split,
  normalisation: Normalisation,
  bytes: 'mnist' | 'pixels' | 'none',
): Promise<E.Either<Failure, Split>> {
  if (normalisation === 'unit' || (normalisation === 'none' && bytes === 'none')) return E.right(split)
  if (normalisation === 'imagenet') return byChannel(split)
  const moments = await momentsFor(split, normalisation, bytes === 'mnist')
  if (!(moments.sd > 0)) {
    const message = `${split.name}: --normalise standard needs inputs that differ, found one value in all`
    return E.left({ _tag: 'CannotNormalise', message })
  }
  return E.right({
    ...split,
    async read(ids) {
      const batch = await split.read(ids)
      return { ...batch, inputs: batch.inputs.map((x) => (x - moments.mean) / moments.sd) }
    },
  })
}

function byChannel(split: Split): E.Either<Failure, Split> {
  if (split.inputShape.at(-1) !== 3) {
    const found = `found inputs [${split.inputShape.join(', ')}]`
    const message = `${split.name}: --normalise imagenet needs red, green and blue on the last axis, ${found}`
    return E.left({ _tag: 'CannotNormalise', message })
  }
  const { means, sds } = ofImagenet
  return E.right({
    ...split,
    async read(ids) {
      const batch = await split.read(ids)
      return { ...batch, inputs: batch.inputs.map((x, i) => (x - means[i % 3]!) / sds[i % 3]!) }
    },
  })
}

async function momentsFor(
  split: Split,
  normalisation: Exclude<Normalisation, 'unit' | 'imagenet'>,
  isMnist: boolean,
): Promise<{ mean: number; sd: number }> {
  if (normalisation === 'none') return { mean: 0, sd: 1 / 255 }
  if (normalisation === 'symmetric') return { mean: 0.5, sd: 0.5 }
  if (normalisation !== 'standard') return normalisation
  if (isMnist) return ofMnist
  const { mean, standardDeviation } = await pixelMoments(split)
  return { mean, sd: standardDeviation }
}
