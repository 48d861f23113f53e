import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { Application, Converter, type DocumentReflection } from 'typedoc'
import { filesUnder } from '../files-under.ts'
import { libraries } from '../libraries.ts'
import { workspaceRoot } from '../workspace-root.ts'

// The README, every document, each package's README and its API as one static site, in `site/` of the checkout.
const out = join(workspaceRoot, 'site')
const chosen = process.argv.slice(2)

const app = await Application.bootstrapWithPlugins({
  name: 'Coherent Gradients',
  entryPointStrategy: 'packages',
  entryPoints: libraries()
    .filter(({ folder }) => chosen.length === 0 || chosen.includes(folder))
    .map(({ directory }) => directory),
  packageOptions: { entryPointStrategy: 'resolve', excludeInternal: true, skipErrorChecking: true },
  projectDocuments: [
    join(workspaceRoot, 'docs', '*.md'),
    join(workspaceRoot, 'CONTRIBUTING.md'),
    join(workspaceRoot, 'apps/reproduce/README.md'),
  ],
  readme: join(workspaceRoot, 'README.md'),
  out,
  disableGit: true,
  sourceLinkTemplate: '{path}',
  disableSources: true,
  excludeExternals: true,
  validation: { invalidLink: true, notExported: false },
  navigation: { includeGroups: false },
  highlightLanguages: ['typescript', 'javascript', 'json', 'sh', 'python', 'sql'],
})
app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document: DocumentReflection) => {
  const [first] = document.content
  const title = first?.kind === 'text' ? /^# (.+)$/m.exec(first.text)?.[1] : undefined
  if (title !== undefined) document.name = title.replaceAll('`', '')
})
const project = await app.convert()
if (project === undefined) throw new Error('typedoc could not read the packages')
app.validate(project)
await app.generateDocs(project, out)

const dead = deadLinks(out)
for (const each of dead) console.error(`dead link: ${each}`)
console.log(`${filesUnder(out).length} files in ${relative(process.cwd(), out) || '.'}, ${dead.length} dead links`)
process.exitCode = dead.length > 0 || app.logger.hasErrors() ? 1 : 0

/** The links of a built site that lead to no file of it, or to no anchor of one. */
function deadLinks(folder: string): string[] {
  const pages = filesUnder(folder).filter((file) => file.endsWith('.html'))
  const textOf = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]))
  const anchors = new Map(
    [...textOf].map(([page, text]) => [
      page,
      new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => plain(id!))),
    ]),
  )
  return [...textOf].flatMap(([page, text]) =>
    [...new Set([...text.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, target]) => plain(target!)))]
      .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
      .filter((target) => {
        const [path = '', anchor = ''] = decodeURI(target).split('#')
        const file = path === '' ? page : join(dirname(page), path).replaceAll('\\', '/')
        if (!existsSync(join(folder, file))) return true
        return anchor !== '' && anchors.get(file)?.has(anchor) === false
      })
      .map((target) => `${page}: ${target}`),
  )
}

function plain(text: string): string {
  return text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
}
