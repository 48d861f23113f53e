import { installTensorflow } from '@coherent-gradients/engine/install'
import { either as E } from 'fp-ts'
import { installPrinter } from '../console/install-printer.ts'
import { printFailure } from '../console/print-failure.ts'
import type { Console } from './console.ts'

export interface InstallCommandOptions {
  readonly gpu?: boolean
  readonly from: 'wheel' | 'upstream'
}

/** Installs TensorFlow into the cache, with its progress on stderr. */
export async function installCommand({ gpu = false, from }: InstallCommandOptions, console: Console): Promise<number> {
  const { out, err, clock } = console
  const printer = installPrinter(err, { isTerminal: err.isTTY === true, clock })
  const installed = await installTensorflow({ gpu, from, tell: printer.update })()
  printer.close()
  if (E.isLeft(installed)) {
    printFailure(err, installed.left)
    return 1
  }
  const { tensorflow, binding, already, usesGpu } = installed.right
  out.write(`TensorFlow ${tensorflow} ${already ? 'was installed before' : 'is installed'}: ${binding}\n`)
  if (gpu && !usesGpu)
    out.write('No GPU is found by it here: it computes on the processor (does nvidia-smi show one?)\n')
  out.write('--engine tensorflow takes it; `reproduce engine doctor` shows how fast it is.\n')
  return 0
}
