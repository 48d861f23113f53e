import { exponential, logarithm } from './exponential'

/** What the labels of m examples are: int32 classes [m], or float32 targets [m, classes]. */
class Labels {
  @inline static target(labels: usize, byClass: bool, example: i32, classes: i32, c: i32): f32 {
    return byClass
      ? <f32>(load<i32>(labels + (<usize>example << 2)) == c)
      : load<f32>(labels + (<usize>(example * classes + c) << 2))
  }

  /** 0, and NaN for a class that there isn't. */
  @inline static check(labels: usize, byClass: bool, example: i32, classes: i32): f32 {
    return !byClass || load<u32>(labels + (<usize>example << 2)) < <u32>classes ? 0 : NaN
  }
}

/** The logits of one example. NaN and infinity make all that follows NaN. */
class Logits {
  @inline static at(logits: usize, c: i32): f64 {
    return <f64>load<f32>(logits + (<usize>c << 2))
  }

  static largest(logits: usize, classes: i32): f64 {
    let largest: f64 = -Infinity
    for (let c = 0; c < classes; c++) largest = max(largest, Logits.at(logits, c))
    return largest
  }

  static logOfSum(logits: usize, classes: i32, largest: f64): f64 {
    let sum: f64 = 0
    for (let c = 0; c < classes; c++) sum += exponential(Logits.at(logits, c) - largest)
    return logarithm(sum)
  }
}

/**
 * ℓᵢ = −Σ_c y_ic · log softmax(zᵢ)_c for logits z [m, classes]; NaN for an example whose class isn't there. In float64
 * between what is read and what is written.
 */
export function softmaxCrossEntropy(
  logits: usize, labels: usize, byClass: bool, m: i32, classes: i32, losses: usize,
): void {
  for (let i = 0; i < m; i++) {
    const largest = Logits.largest(logits, classes)
    const logOfSum = Logits.logOfSum(logits, classes, largest)
    let loss: f64 = Labels.check(labels, byClass, i, classes)
    for (let c = 0; c < classes; c++) {
      loss -= <f64>Labels.target(labels, byClass, i, classes, c) * (Logits.at(logits, c) - largest - logOfSum)
    }
    store<f32>(losses + (<usize>i << 2), <f32>loss)
    logits += <usize>classes << 2
  }
}

/** δ_ic = (softmax(zᵢ)_c · Σ_k y_ik − y_ic) · dyᵢ; NaN for an example whose class isn't there. */
export function softmaxCrossEntropyGradient(
  logits: usize, labels: usize, byClass: bool, dy: usize, m: i32, classes: i32, gradient: usize,
): void {
  for (let i = 0; i < m; i++) {
    const largest = Logits.largest(logits, classes)
    const logOfSum = Logits.logOfSum(logits, classes, largest)
    let mass = Labels.check(labels, byClass, i, classes)
    for (let c = 0; c < classes; c++) mass += Labels.target(labels, byClass, i, classes, c)
    const scale = load<f32>(dy + (<usize>i << 2))
    for (let c = 0; c < classes; c++) {
      const p = <f32>exponential(Logits.at(logits, c) - largest - logOfSum)
      store<f32>(gradient + (<usize>c << 2), (p * mass - Labels.target(labels, byClass, i, classes, c)) * scale)
    }
    logits += <usize>classes << 2
    gradient += <usize>classes << 2
  }
}

/**
 * Losses as {@link softmaxCrossEntropy} gives them and, for dy = 1, the gradient as {@link softmaxCrossEntropyGradient}
 * does, to the bit; the sum over classes is made once.
 */
export function softmaxCrossEntropyWithGradient(
  logits: usize, labels: usize, byClass: bool, m: i32, classes: i32, losses: usize, gradient: usize,
): void {
  for (let i = 0; i < m; i++) {
    const largest = Logits.largest(logits, classes)
    const logOfSum = Logits.logOfSum(logits, classes, largest)
    let mass = Labels.check(labels, byClass, i, classes)
    let loss: f64 = mass
    for (let c = 0; c < classes; c++) mass += Labels.target(labels, byClass, i, classes, c)
    for (let c = 0; c < classes; c++) {
      const target = Labels.target(labels, byClass, i, classes, c)
      const logOfP = Logits.at(logits, c) - largest - logOfSum
      loss -= <f64>target * logOfP
      store<f32>(gradient + (<usize>c << 2), <f32>exponential(logOfP) * mass - target)
    }
    store<f32>(losses + (<usize>i << 2), <f32>loss)
    logits += <usize>classes << 2
    gradient += <usize>classes << 2
  }
}

/** How many of m examples have their largest output at their class; of equal outputs the first counts. */
export function countCorrect(outputs: usize, labels: usize, m: i32, classes: i32): i32 {
  let correct = 0
  for (let i = 0; i < m; i++) {
    let at = 0
    let largest = load<f32>(outputs)
    for (let c = 1; c < classes; c++) {
      const output = load<f32>(outputs + (<usize>c << 2))
      if (output > largest) {
        largest = output
        at = c
      }
    }
    correct += <i32>(at == load<i32>(labels + (<usize>i << 2)))
    outputs += <usize>classes << 2
  }
  return correct
}
