import { either as E } from 'fp-ts'
import { expect, it } from 'vitest'
import { fig1 } from '../experiments/fig-1.ts'
import { tryKind } from './try-kind.ts'

it('takes times from the worker, however late this process hears of them', async () => {
  const [spec] = fig1.plan('smoke', {})
  const tried = await tryKind(spec!, { clock: () => 0, limitMs: 60_000, threads: 1 })
  if (E.isLeft(tried)) throw new Error(tried.left.message)
  const { startMs, stepMs, evaluationMs, coherenceMs } = tried.right
  expect(Math.min(startMs, stepMs, evaluationMs, coherenceMs)).toBeGreaterThan(0)
})
