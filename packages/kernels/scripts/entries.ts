/** What is compiled: `assembly/<name>.ts` becomes `src/generated/<name>.ts`. */
export const entries: readonly string[] = ['order-statistics', 'tensors', 'matrix-product', 'training', 'pixels']
