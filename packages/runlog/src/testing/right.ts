import type { either as E, taskEither as TE } from 'fp-ts'

/** The value of a task that must succeed. */
export async function right<Left extends { readonly message: string }, Right>(
  task: TE.TaskEither<Left, Right>,
): Promise<Right> {
  const result: E.Either<Left, Right> = await task()
  if (result._tag === 'Left') throw new Error(`required success, found: ${result.left.message}`)
  return result.right
}

/** The failure of a task that must fail. */
export async function left<Left, Right>(task: TE.TaskEither<Left, Right>): Promise<Left> {
  const result: E.Either<Left, Right> = await task()
  if (result._tag === 'Right') throw new Error('required a failure, found success')
  return result.left
}
