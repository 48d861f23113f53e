import { createRequire } from 'node:module'
import { loadTfjsModules, tfjsModule } from './load-tfjs-modules.ts'

export interface SuiteResult {
  /** How many specs ran. */
  readonly specs: number
  /** How many of them failed: more than names, as some specs share one. */
  readonly failed: number
  /** The full name of each spec that failed, once, with what it said. */
  readonly failures: ReadonlyMap<string, string>
}

/** The parts of jasmine that are needed here. */
interface JasmineEnvironment {
  clearReporters(): void
  addReporter(reporter: { specStarted(r:{fullName:string}): void, specDone(spec: SpecResult): void }): void
  configure(options: { random: boolean; specFilter?: (spec: { getFullName(): string }) => boolean }): void
  execute(): Promise<unknown>
}

interface SpecResult {
  readonly fullName: string
  readonly status: string
  readonly failedExpectations: readonly { readonly message: string }[]
}

/**
 * Runs tfjs-core's own tests on its backend `wasm`, once `open` has loaded that: as tfjs ships it, or mended. Once in a
 * process, which should do nothing else with tfjs.
 *
 * @param only runs the specs whose full names it matches, where it is given.
 */
export async function runSuite(open: () => Promise<void>, only?: RegExp): Promise<SuiteResult> {
  loadTfjsModules()
  const jasmineCore = createRequire(import.meta.url)('jasmine-core')
  const environment: JasmineEnvironment = jasmineCore.boot(jasmineCore).getEnv()
  await open()
  const { setTestEnvs } = await import(tfjsModule('jasmine_util'))
  setTestEnvs([{ name: 'test-webgpu', backendName: 'webgpu', isDataSync: false }])
  for (const module of ['register_all_gradients', 'public/chained_ops/register_all_chained_ops', 'tests']) {
    await import(tfjsModule(module))
  }
  let specs = 0
  let failed = 0
  const failures = new Map<string, string>()
  environment.clearReporters()
  environment.addReporter({
    specStarted(r:{fullName:string}) { process.env.VERB && process.stderr.write(r.fullName+'\n') }, specDone({ fullName, status, failedExpectations }) {
      if (status === 'passed' || status === 'failed') specs += 1
      if (status !== 'failed') return
      failed += 1
      failures.set(fullName, failedExpectations.map(({ message }) => message).join('\n'))
    },
  })
  environment.configure({
    random: false,
    ...(only === undefined ? {} : { specFilter: (spec) => only.test(spec.getFullName()) }),
  })
  await quietly(() => environment.execute())
  return { specs, failed, failures }
}

/** Several specs print; what they print is nobody's news. */
async function quietly(run: () => Promise<unknown>): Promise<void> {
  const { log, warn, error } = console
  const nothing = (): void => {}
  Object.assign(console, { log: nothing, warn: nothing, error: nothing })
  try {
    await run()
  } finally {
    Object.assign(console, { log, warn, error })
  }
}
