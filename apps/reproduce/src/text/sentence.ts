/** Text ended by a sign that ends sentences: by a full stop where it has none. */
export function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
