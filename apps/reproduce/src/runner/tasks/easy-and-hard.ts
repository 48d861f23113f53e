import type { EasyAndHardSpec } from '../../specs/easy-and-hard-spec.ts'
import type { Task } from './task.ts'

/** Examples are told apart as easy and hard, and networks trained on either kind. A run that was killed starts anew. */
export const easyAndHard: Task<EasyAndHardSpec> = {
  tables: () => ['quantities'],
  steps: () => undefined,
  load: async () => (await import('../../easy-and-hard/prepare-easy-and-hard.ts')).prepareEasyAndHard,
}
