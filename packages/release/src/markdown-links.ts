/** A link in a Markdown text, or a picture. */
export interface MarkdownLink {
  readonly target: string
  /** From 1. */
  readonly line: number
}

/** Where a Markdown text leads: its links, pictures, references and HTML, in order; what is code is left out. */
export function linksOf(text: string): MarkdownLink[] {
  const pattern =
    /\]\((?:<([^>]*)>|([^()\s]*(?:\([^()\s]*\))?[^()\s]*))(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)|(?:href|src)="([^"]*)"/g
  return withoutCode(text).flatMap((line, index) =>
    [...line.matchAll(pattern)].map((found) => ({
      target: (found[1] ?? found[2] ?? found[3] ?? found[4])!,
      line: index + 1,
    })),
  )
}

/** The anchors in a Markdown text: of its headings, as forges make them, and those that it names itself. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const line of withoutFences(text)) {
    for (const [, id] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id!)
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

function withoutCode(text: string): string[] {
  return withoutFences(text).map((line) => line.replaceAll(/(`+).*?\1/g, (code) => ' '.repeat(code.length)))
}

/** The lines, with those of fenced code empty. */
function withoutFences(text: string): string[] {
  let fence: string | undefined
  return text.split(/\r?\n/).map((line) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]
    if (fence === undefined) {
      fence = mark
      return mark === undefined ? line : ''
    }
    if (mark !== undefined && mark.startsWith(fence)) fence = undefined
    return ''
  })
}
