import { intervalOf } from './interval-of.ts'
import type { MeasuredModel } from './measured-model.ts'
import type { MeasuredScope, MeasuredSplit } from './measure-split.ts'

/**
 * What `measure --json` prints, as one plain object: m, alpha, mAlpha, alphaDebiased, meanSquaredNorm, squaredNormOfMean,
 * loss (the one that was taken) and layers first, then what was measured on what. Numbers that don't exist are null.
 */
export function measuredJson(measured: MeasuredModel): Record<string, unknown> {
  const { whole, layers, shuffled, lossName, because, model, data, engine, parameters, loss } = measured
  const { name: _all, share: _one, ...numbers } = scopeJson(whole)
  return {
    ...numbers,
    loss: lossName,
    layers: layers.map(scopeJson),
    shuffledLabels: splitJson(shuffled),
    meanLoss: loss,
    lossBecause: because,
    model,
    data,
    engine,
    parameters,
  }
}

function scopeJson(scope: MeasuredScope): Record<string, unknown> {
  const { name, m, alpha, mAlpha, alphaDebiased, meanSquaredNorm, squaredNormOfMean, standardError, share } = scope
  return {
    name,
    m,
    alpha,
    mAlpha,
    alphaDebiased,
    meanSquaredNorm,
    squaredNormOfMean,
    standardError,
    mAlphaInterval: intervalOf(scope),
    share,
  }
}

function splitJson({ loss, whole, layers }: MeasuredSplit): Record<string, unknown> {
  return {
    alpha: whole.alpha,
    mAlpha: whole.mAlpha,
    meanLoss: loss,
    layers: layers.map(({ name, alpha, mAlpha }) => ({ name, alpha, mAlpha })),
  }
}
