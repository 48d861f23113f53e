/** What a cluster is given: the same command again and again, each time for another item. */
export interface ClusterJob {
  /** Names it where the cluster lists jobs. */
  readonly name: string
  /** How many tasks share the items: task k takes items k, k + tasks, k + 2·tasks, … */
  readonly tasks: number
  /** A word each, which `"$item"` in the command stands for, and what a reader may want to know of it. */
  readonly items: readonly { readonly word: string; readonly comment: string }[]
  /** A line of shell that can be run again at any time. */
  readonly command: string
}

/**
 * The part of a job that is the same on every cluster: a shell's loop over one task's items. One that fails doesn't keep the
 * task from the others, and the task then ends with 1.
 *
 * @param index the shell's variable that holds the task's number, from 0.
 */
export function taskLoop({ tasks, items, command }: ClusterJob, index: string): string {
  const words = items.map(
    ({ word, comment }) => `  ${word}${comment === '' ? '' : ` # ${comment.replaceAll(/\s+/g, ' ')}`}`,
  )
  return `items=(
${words.join('\n')}
)
failed=0
for ((k = ${index}; k < \${#items[@]}; k += ${tasks})); do
  item=\${items[k]}
  ${command} || failed=1
done
exit $failed
`
}
