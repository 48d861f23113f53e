/** Why random labels come to look coherent. */
export const LATE_IN_THE_FIT: string =
  'Late in the fit what is left to do, making the right logit larger, is common to all examples: they agree, though nothing ' +
  'of it was learned from many. Coherence without the gradients’ part along the weights, which only makes logits larger, would ' +
  'settle it.'
