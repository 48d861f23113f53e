#!/usr/bin/env node
// Plain JavaScript for any Node, so that one that is too old gets a line it can print.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `error: Node ${process.versions.node} is too old: Node 22.18 or newer is needed here. ` +
      'On Linux x64 `npx -y pnpm@12 reproduce` brings its own; elsewhere install a newer one.',
  )
  process.exit(1)
}
// Node 22 says of every .ts file that running it is experimental; everything else it warns of is passed on.
const [warn] = process.listeners('warning')
process.removeAllListeners('warning')
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') warn?.call(process, warning)
})
await import('../src/main.ts')
