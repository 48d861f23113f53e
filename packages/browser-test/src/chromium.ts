import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const demanded = process.env['COHERENT_GRADIENTS_BROWSER']
const debian = '/usr/bin/chromium'

/**
 * The browsers of these tests, as executables: the one that the environment variable `COHERENT_GRADIENTS_BROWSER` names,
 * which must then work; else Debian's chromium, where it is installed; else none.
 */
export const browsers: readonly string[] = demanded ? [demanded] : [debian].filter((path) => existsSync(path))

/** Starts it, without a window, with WebGPU on a software adapter and nothing fetched from anywhere. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan,WebGPU',
    ],
  })
}
