import type { ResultSection } from './results.ts'

/** `fig-1, random=labels`: without two dashes, of which programs make different anchors. */
export function sectionHeading({ experiment, flags }: Pick<ResultSection, 'experiment' | 'flags'>): string {
  return experiment + flags.replaceAll(/(^| )--set /g, ', ')
}

/**
 * Where a link finds a heading: GitHub's rule for names of anchors.
 *
 * @example
 * anchorOf('fig-1, random=labels') // 'fig-1-randomlabels'
 */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}
