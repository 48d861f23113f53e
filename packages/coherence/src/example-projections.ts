/** What every example's gradient has to do with the sum of all. */
export interface ExampleProjections {
  /** [m] ‖gᵢ‖². */
  readonly squaredNorms: ArrayLike<number>
  /** [m] gᵢ·Σⱼgⱼ, the sum over all m examples, i included. */
  readonly dots: ArrayLike<number>
}
