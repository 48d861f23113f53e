/** First weights of the two neurons of Example 8; all others start alike. */
export interface TwoNeuronStart {
  readonly w1: number
  readonly w2: number
  readonly others: number
}

/** What a descent of the two neurons ends in. */
export interface TwoNeuronEnd {
  readonly trainLoss: number
  readonly testLoss: number
  /** The common feature's weight in the output, w⁽²⁾v⁽⁶⁾. */
  readonly common: number
  /** Each idiosyncratic feature's weight in the output, w⁽¹⁾u⁽ʲ⁾ + w⁽²⁾v⁽ʲ⁾ for j ≤ 4. */
  readonly idiosyncratic: number
  readonly steps: number
}

/** Where the training loss is negligible. */
const FITTED = 1e-14

/**
 * Gradient descent of the two neurons on L by six numbers in place of thirteen. The four training examples are alike but for
 * their names, so u⁽¹⁾ … u⁽⁴⁾ stay equal, and v⁽¹⁾ … v⁽⁴⁾ too; u⁽⁵⁾ and v⁽⁵⁾ never move.
 *
 * @returns NaN in place of losses and features' weights where the descent diverges.
 */
export function finalTwoNeurons(
  { w1: first, w2: second, others }: TwoNeuronStart,
  learningRate: number,
  most: number,
): TwoNeuronEnd {
  let [w1, w2, u, v, v6] = [first, second, others, others, others]
  const residual = (): number => 1 - w1 * u - w2 * (v + v6)
  let steps = 0
  for (; steps < most; steps++) {
    const r = residual()
    if (!(r * r > 2 * FITTED) || r * r > 1e12) break
    const stepW1 = r * u
    const stepW2 = r * (v + v6)
    const [stepU, stepV, stepV6] = [(r * w1) / 4, (r * w2) / 4, r * w2]
    w1 += learningRate * stepW1
    w2 += learningRate * stepW2
    u += learningRate * stepU
    v += learningRate * stepV
    v6 += learningRate * stepV6
  }
  const r = residual()
  const diverged = r * r > 1e12
  const onTest = 1 - others * (w1 + w2) - w2 * v6
  return {
    trainLoss: diverged ? Number.NaN : r ** 2 / 2,
    testLoss: diverged ? Number.NaN : onTest ** 2 / 2,
    common: diverged ? Number.NaN : w2 * v6,
    idiosyncratic: diverged ? Number.NaN : w1 * u + w2 * v,
    steps,
  }
}
