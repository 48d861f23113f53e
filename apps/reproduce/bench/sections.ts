import { dataSection } from './data-section.ts'
import { mlpSection } from './mlp-section.ts'
import { neighboursSection } from './neighbours-section.ts'
import { resnetSection } from './resnet-section.ts'
import { rulesSection } from './rules-section.ts'
import type { Section } from './section.ts'

/** The table's sections, in its order. */
export const sections: readonly Section[] = [mlpSection, rulesSection, neighboursSection, resnetSection, dataSection]
