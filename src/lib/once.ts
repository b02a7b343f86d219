/** The same work, done at most once, when it is first asked for; everybody gets that one answer or failure. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= work()
    return answer
  }
}
