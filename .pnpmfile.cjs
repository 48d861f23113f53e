// typedoc reads sources by TypeScript's old compiler interface, which TypeScript 7 has not: it gets a TypeScript 6 of its own.
function readPackage(manifest) {
  if (manifest.name === 'typedoc') {
    delete manifest.peerDependencies.typescript
    manifest.dependencies.typescript = 'npm:@typescript/typescript6@6.0.2'
  }
  return manifest
}

module.exports = { hooks: { readPackage } }
