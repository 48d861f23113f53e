import type { Figure, Series } from './figure.ts'
import { hues, neutral } from './palette.ts'

const pairs = [
  ['real', 'random'],
  ['train', 'test'],
  ['pristine', 'corrupt'],
] as const

/**
 * Which colour each series of a figure has. A role decides before the name does: the first pair of roles that a figure
 * uses (real and random, train and test, pristine and corrupt, in this order) is blue and vermilion, the next green and
 * purple; `neutral` is dark grey. Series without a role take the colours that are left, by name in reading order; from
 * the seventh on colours come again.
 */
export function seriesColours(figure: Figure): (series: Series) => string {
  const all = figure.rows.flat().flatMap((panel) => panel.series)
  const roles = new Set(all.map((series) => series.role))
  const colours = new Map<string, string>([['role neutral', neutral.light]])
  let next = 0
  for (const pair of pairs) {
    if (!pair.some((role) => roles.has(role))) continue
    for (const role of pair) colours.set(`role ${role}`, hues[next++]!.light)
  }
  for (const { role, name } of all) {
    if (role !== undefined || colours.has(`name ${name}`)) continue
    colours.set(`name ${name}`, hues[next++ % hues.length]!.light)
  }
  return ({ role, name }) => colours.get(role === undefined ? `name ${name}` : `role ${role}`)!
}
