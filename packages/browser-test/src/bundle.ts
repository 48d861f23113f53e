import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

export interface Bundle {
  /** What a server would serve: contents by path, the page at `page.html`. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Imports of Node's own modules by this workspace's packages, as `module from file`. */
  readonly nodeImports: readonly string[]
}

/** Bundles the page with Vite, as a user of the packages would: no plugin but one that looks on, no alias, no polyfill. */
export async function bundle(): Promise<Bundle> {
  const nodeImports: string[] = []
  const watch: Plugin = {
    name: 'imports-of-node',
    enforce: 'pre',
    resolveId(source, importer) {
      const ours = importer !== undefined && !importer.includes('/node_modules/')
      if (ours && (source.startsWith('node:') || builtinModules.includes(source))) {
        nodeImports.push(`${source} from ${importer}`)
      }
    },
  }
  const root = fileURLToPath(new URL('.', import.meta.url))
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [watch],
    worker: { format: 'es', plugins: () => [watch] },
    build: {
      write: false,
      target: 'esnext',
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: { input: `${root}page.html` },
    },
  })
  const { output } = built as Rolldown.RolldownOutput
  const files = new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
  return { files, nodeImports }
}
