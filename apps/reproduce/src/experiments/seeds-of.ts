/** The seeds 1 … n that `--set seeds=n` asks for; as many as are `usual` unless said. */
export function seedsOf(settings: Readonly<Record<string, string>>, usual: number): readonly number[] {
  return Array.from({ length: Number(settings['seeds'] ?? usual) }, (_, i) => i + 1)
}
