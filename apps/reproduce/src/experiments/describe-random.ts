/** What “random” is, for captions. */
export const describeRandom =
  '“random”: every image replaced by Gaussian noise of the data’s mean and variance, labels kept.'
