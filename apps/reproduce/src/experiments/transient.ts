/** Steps of the first transient, during which coherence is high on any data (footnote 19 and Appendix F of the paper). */
export const TRANSIENT = 25
