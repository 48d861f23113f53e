import type { ResultSection } from './results.ts'

/** `fig-1 --set random=labels`. */
export function sectionHeading({ experiment, flags }: Pick<ResultSection, 'experiment' | 'flags'>): string {
  return [experiment, flags].filter((part) => part !== '').join(' ')
}

/**
 * Where a link finds a heading: GitHub's rule for names of anchors.
 *
 * @example
 * anchorOf('fig-1 --set random=labels') // 'fig-1---set-randomlabels'
 */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}
