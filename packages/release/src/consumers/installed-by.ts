import { readFileSync } from 'node:fs'

/** The packages that a README tells to install: what follows `npm install` in its first ```sh block; none without one. */
export function installedBy(readme: URL): string[] {
  const found = /^```sh\nnpm install (.+)\n```$/m.exec(readFileSync(readme, 'utf8'))
  return found === null ? [] : found[1]!.trim().split(/\s+/)
}
