// Plain JavaScript for any Node, so that one that is too old prints one line instead of a stack.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `error: Node ${process.versions.node} is too old: Node 22.18 or newer is needed here. ` +
      'On Linux x64 `npx -y pnpm@12 …` brings its own; elsewhere install a newer one.',
  )
  process.exit(1)
}
