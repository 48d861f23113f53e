/** The seeds 1 … n that `--set seeds=n` asks for; one unless said. */
export function seedsOf(settings: Readonly<Record<string, string>>): readonly number[] {
  return Array.from({ length: Number(settings['seeds'] ?? '1') }, (_, i) => i + 1)
}
