/** Runs tasks, so many at a time; the others wait their turn. */
export function atMost(together: number): <A>(task: () => Promise<A>) => Promise<A> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (task) => {
    if (running >= together) await new Promise<void>((resolve) => void waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
