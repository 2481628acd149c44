/** Answers that cost much and change little, by a text that says what they rest on; the least used are forgotten. */
export function knownAnswers<T>(most: number) {
  const kept = new Map<string, Promise<T>>()
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(key)
    kept.delete(key)
    const answer = known ?? make()
    kept.set(key, answer)
    if (!known) answer.catch(() => kept.delete(key))
    if (kept.size > most) kept.delete(kept.keys().next().value as string)
    return answer
  }
}
