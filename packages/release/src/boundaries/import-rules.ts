/** What one package's sources, tests apart, may import beyond its own files and what its package.json declares. */
export interface ImportRule {
  /** Packages of the workspace, by folder, of which it may import anything. */
  readonly values: readonly string[]
  /** Packages of the workspace of which it may import types only. */
  readonly types?: readonly string[]
  /**
   * Whether it may import Node's own modules: everywhere, or in what the named entries of its `exports` lead to. Beyond
   * that a package also runs in a browser, and only what an import like `#platform` leads to in Node may.
   */
  readonly node?: boolean | readonly string[]
  /** Files that may import what their user names, by a computed `import(…)`. */
  readonly computed?: readonly string[]
  /** Whether it may import a tfjs backend, and then only by `import(…)`. */
  readonly backends?: boolean
}

/** The rules, one for each package. One without a rule is an error: decide what it may import when you add it. */
export const importRules: Readonly<Record<string, ImportRule>> = {
  core: { values: [] },
  files: { values: [], node: true },
  bound: { values: ['core'] },
  datasets: { values: ['core', 'files', 'kernels'], node: true },
  kernels: { values: ['core'] },
  models: { values: ['core'] },
  runlog: { values: ['core', 'files'], node: true },
  engine: { values: ['core', 'files', 'kernels'], backends: true, node: ['./install'] },
  gradients: { values: ['core', 'kernels'] },
  coherence: { values: ['core', 'kernels'], types: ['gradients'] },
  aggregators: { values: ['core', 'gradients', 'kernels'] },
  training: { values: ['coherence', 'core', 'gradients', 'kernels'] },
  'browser-test': {
    values: [
      'aggregators',
      'bound',
      'coherence',
      'core',
      'engine',
      'gradients',
      'kernels',
      'models',
      'testkit',
      'training',
    ],
    node: true,
    backends: true,
  },
  testkit: { values: [], node: true },
  release: { values: ['testkit'], node: true },
  reproduce: {
    values: [
      'aggregators',
      'bound',
      'coherence',
      'core',
      'datasets',
      'engine',
      'files',
      'gradients',
      'kernels',
      'models',
      'runlog',
      'training',
    ],
    node: true,
    computed: ['src/own-rule/import-rule.ts'],
  },
}
