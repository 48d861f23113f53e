/** Accuracy of guessing among MNIST's ten classes. */
export const CHANCE = 0.1
