import type { Generation } from '../marker.ts'

/**
 * Whether `a` is the later word on a pull request whose branch is at `head` (undefined where there
 * is none). What speaks of the head beats what speaks of another commit, also after a force push
 * back to an older one; then the later run, and of one run the later attempt.
 */
export function isNewer(a: Generation, b: Generation, head?: string): boolean {
  const isOfHead = (generation: Generation): boolean => generation.commit === head
  if (a.commit !== b.commit && isOfHead(a) !== isOfHead(b)) return isOfHead(a)
  if (a.runId !== b.runId) return a.runId > b.runId
  return a.runAttempt > b.runAttempt
}

export function isSame(a: Generation, b: Generation): boolean {
  return a.commit === b.commit && a.runId === b.runId && a.runAttempt === b.runAttempt
}
