import { escapeMarkup } from '../text/escape-markup.ts'
import { type Box, sizes } from './layout.ts'
import { inks } from './palette.ts'
import { ruleLabels } from './rule-labels.ts'

/** The labels of a panel's reference rules, where there is a free place. A halo of paper keeps them off the grid. */
export function drawRuleLabels(box: Box): string {
  return ruleLabels(box)
    .map(({ label, place }) => {
      if (place === undefined) return ''
      const middle = `x="${place.middle.toFixed(2)}" y="${place.baseline.toFixed(2)}" text-anchor="middle"`
      const halo = `stroke="${inks.paper.light}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
      return `<text ${middle} font-size="${sizes.rule}" fill="${inks.muted.light}" ${halo}>${escapeMarkup(label)}</text>`
    })
    .join('')
}
