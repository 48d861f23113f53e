import type { OptionType } from './parse-options.ts'

export const positive: OptionType = {
  required: 'a finite number > 0',
  is: (value): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0,
}
