import { parseSync, Visitor, type Expression } from 'oxc-parser'

/** One place where a file names another module. */
export interface Import {
  /** What stands between the quotes; null where it is computed. */
  readonly specifier: string | null
  /** Whether it is erased: `import type`, or a list in which every name is a type. */
  readonly type: boolean
  /** Whether it is `import(…)`: read when the line is reached, not when the file is. */
  readonly dynamic: boolean
  /** Its line in the file, from 1. */
  readonly line: number
}

/**
 * Every module that a TypeScript file names: imports and re-exports, `import(…)`, `import('…')` in a type, `require(…)`,
 * and `new URL('…', import.meta.url)`, by which workers and data files are found.
 *
 * @throws SyntaxError when the text is not TypeScript.
 */
export function importsOf(path: string, text: string): Import[] {
  const { program, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`)
  const found: Import[] = []
  function add(at: { start: number }, specifier: string | null, { type = false, dynamic = false } = {}): void {
    found.push({ specifier, type, dynamic, line: text.slice(0, at.start).split('\n').length })
  }
  new Visitor({
    ImportDeclaration(node) {
      const names = node.specifiers
      const type = names.length > 0 && names.every((name) => 'importKind' in name && name.importKind === 'type')
      add(node, node.source.value, { type: node.importKind === 'type' || type })
    },
    ExportAllDeclaration(node) {
      add(node, node.source.value, { type: node.exportKind === 'type' })
    },
    ExportNamedDeclaration(node) {
      const names = node.specifiers
      const type = names.length > 0 && names.every((name) => name.exportKind === 'type')
      if (node.source !== null) add(node, node.source.value, { type: node.exportKind === 'type' || type })
    },
    ImportExpression(node) {
      add(node, constant(node.source), { dynamic: true })
    },
    TSImportType(node) {
      add(node, node.source.value, { type: true })
    },
    TSImportEqualsDeclaration(node) {
      const module = node.moduleReference
      if (module.type === 'TSExternalModuleReference') add(node, module.expression.value)
    },
    CallExpression(node) {
      const [first] = node.arguments
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'require' || first === undefined) return
      add(node, first.type === 'SpreadElement' ? null : constant(first))
    },
    NewExpression(node) {
      const [first, base] = node.arguments
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return
      if (first?.type !== 'Literal' || typeof first.value !== 'string' || base === undefined) return
      if (text.slice(base.start, base.end) === 'import.meta.url') add(node, first.value, { dynamic: true })
    },
  }).visit(program)
  return found.toSorted((a, b) => a.line - b.line)
}

/** The text of a quoted or template string without holes. */
function constant(node: Expression): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  return node.type === 'TemplateLiteral' && node.quasis.length === 1 ? node.quasis[0]!.value.cooked : null
}
