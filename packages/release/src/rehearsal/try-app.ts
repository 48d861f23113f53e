import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { runCommand } from '../run-command.ts'
import type { Registry } from './registry.ts'

const NAME = '@coherent-gradients/reproduce'
const PIXELS = 784
const CLASSES = 10

/**
 * Runs the command line by npx in an empty folder: its help, a measurement of a model that was saved by tfjs, and an experiment,
 * which it makes in a thread or process of its own.
 *
 * @returns what was wrong, a line for each thing.
 */
export async function tryApp(folder: string, registry: Registry, node: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '.npmrc'), registry.npmrc)
  writeModel(folder)
  const variables = {
    PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
    // npx keeps what it installed by name, and would run what an earlier rehearsal published under the same version.
    npm_config_cache: join(folder, 'cache'),
  }
  const wrong: string[] = []
  const reproduce = async (args: readonly string[], expected: RegExp): Promise<void> => {
    const { exitCode, stdout, stderr } = await runCommand('npx', ['--yes', NAME, ...args], folder, variables)
    if (exitCode !== 0 || !expected.test(stdout)) {
      wrong.push(`npx ${NAME} ${args.join(' ')} by ${node}: exit ${exitCode}\n${stdout}\n${stderr}`)
    }
  }
  await reproduce(['--help'], /measure/)
  await reproduce(
    ['measure', '--model', 'model.json', '--dataset', 'mnist', '--examples', '100', '--json'],
    /"mAlpha":/,
  )
  await reproduce(['run', 'example-4'], /reproduced/)
  return wrong
}

/** One dense layer over the pixels of MNIST with weights of zero, as tfjs's `model.save` leaves it. */
function writeModel(folder: string): void {
  const dense = {
    class_name: 'Dense',
    config: {
      name: 'logits',
      units: CLASSES,
      activation: 'linear',
      use_bias: true,
      batch_input_shape: [null, PIXELS],
      dtype: 'float32',
    },
  }
  const model = {
    format: 'layers-model',
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'model', layers: [dense] },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'logits/kernel', shape: [PIXELS, CLASSES], dtype: 'float32' },
          { name: 'logits/bias', shape: [CLASSES], dtype: 'float32' },
        ],
      },
    ],
  }
  writeFileSync(join(folder, 'model.json'), JSON.stringify(model))
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(4 * (PIXELS * CLASSES + CLASSES)))
}
