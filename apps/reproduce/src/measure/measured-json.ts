import { intervalOf } from './interval-of.ts'
import type { MeasuredPopulation } from './measure-classes.ts'
import { isModel, type Measured } from './measured.ts'
import type { MeasuredScope, MeasuredSplit } from './scopes-of.ts'

/**
 * What `measure --json` prints, as one plain object: m, alpha, mAlpha, alphaDebiased, meanSquaredNorm, squaredNormOfMean,
 * loss (the one that was taken) and layers first, then what was measured on what. Numbers that don't exist are null, as
 * are the loss and the data of gradients that were made elsewhere.
 */
export function measuredJson(measured: Measured): Record<string, unknown> {
  const { name: _all, share: _one, ...numbers } = scopeJson(measured.whole)
  const layers = measured.layers.map(scopeJson)
  if (!isModel(measured)) {
    const { gradients, weights, parameters, multipliedBy } = measured
    return {
      ...numbers,
      loss: null,
      layers,
      shuffledLabels: null,
      gradients,
      ...(multipliedBy === 1 ? {} : { multipliedBy }),
      weights,
      parameters: { measured: parameters, total: parameters },
      imputed: false,
    }
  }
  const {
    shuffled,
    populations,
    help = null,
    lossName,
    because,
    model,
    data,
    leftOut,
    classNames,
    engine,
    parameters,
    loss,
    batchNorm,
    wholeInputs,
  } = measured
  return {
    ...numbers,
    loss: lossName,
    layers,
    shuffledLabels: splitJson(shuffled),
    ...(populations === undefined ? {} : { populations: populations.map(populationJson), help }),
    meanLoss: loss,
    lossBecause: because,
    model,
    data,
    ...(leftOut === undefined ? {} : { leftOut }),
    ...(classNames === undefined ? {} : { classNames }),
    ...(wholeInputs === undefined ? {} : { wholeInputs }),
    engine,
    parameters,
    batchNormalization: batchNorm?.how ?? 'inference',
    ...(batchNorm === undefined
      ? {}
      : { batchSize: batchNorm.batchSize, batches: measured.whole.m / batchNorm.batchSize }),
    imputed: batchNorm?.how === 'imputed',
  }
}

function scopeJson(scope: MeasuredScope): Record<string, unknown> {
  const { name, m, alpha, mAlpha, alphaDebiased, meanSquaredNorm, squaredNormOfMean, standardError, interval, share } =
    scope
  return {
    name,
    m,
    alpha,
    mAlpha,
    alphaDebiased,
    meanSquaredNorm,
    squaredNormOfMean,
    standardError,
    alphaDebiasedInterval: interval === null ? null : [interval.low, interval.high],
    mAlphaInterval: intervalOf(scope),
    share,
  }
}

function populationJson({ name, loss, whole, layers }: MeasuredPopulation): Record<string, unknown> {
  const { share: _one, ...numbers } = scopeJson(whole)
  return { ...numbers, name, meanLoss: loss, layers: layers.map(scopeJson) }
}

function splitJson({ loss, whole, layers }: MeasuredSplit): Record<string, unknown> {
  return {
    alpha: whole.alpha,
    mAlpha: whole.mAlpha,
    meanLoss: loss,
    layers: layers.map(({ name, alpha, mAlpha }) => ({ name, alpha, mAlpha })),
  }
}
