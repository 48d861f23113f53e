/** Why M3 may fit noise images after all. */
export const FITTED_ALL_THE_SAME: string =
  'M3 fits noise images all the same. Of wrong labels it takes micro-batches of 1 to keep ' +
  'most from being fitted, where those of 4 keep few (fig-6-labels, fig-27); and there are fewer images of a class than the ' +
  'paper’s 1,300. Micro-batches of 1, or more images, would tell which of the two it is.'

/** Why M3 may be no choosier than A3 at the same fit of what is right. */
export const SLOW_NOT_CHOOSY: string =
  'At the same fit of what is right M3 has fitted more of what is wrong: it is slower rather than choosier. Perhaps it is ' +
  'the unusual ones among the right that it leaves out, whose gradients are as much alone as those of the wrong; to see which ' +
  'it leaves out would settle it.'

/** Why the median of large micro-batches may change nothing. */
export const MEANS_ARE_SYMMETRIC: string =
  'The mean of many gradients scatters about the same on both sides, so that the median of three such means is on average ' +
  'what their mean is. Smaller micro-batches would settle it.'
