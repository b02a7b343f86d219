export interface Candidate {
  readonly name: string
  /** One run; returns milliseconds. */
  readonly run: () => number
}

export interface Measurement {
  readonly name: string
  readonly minMs: number
  readonly medianMs: number
  readonly maxMs: number
  /** Median over the median of the first candidate, the baseline. */
  readonly ratio: number
}

/**
 * Runs the candidates in turn, in another random order each round, so that a machine that grows
 * slower or faster meanwhile does so for all of them.
 */
export function interleave(
  candidates: readonly Candidate[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number }
): readonly Measurement[] {
  const samples = new Map(candidates.map(({ name }) => [name, [] as number[]]))
  for (let round = -warmUps; round < rounds; round++) {
    for (const { name, run } of shuffled(candidates)) {
      const ms = run()
      if (round >= 0) samples.get(name)?.push(ms)
    }
  }
  const baselineMs = median(samples.get(candidates[0]?.name ?? '') ?? [])
  return candidates.map(({ name }) => summarize(name, samples.get(name) ?? [], baselineMs))
}

function summarize(name: string, samples: readonly number[], baselineMs: number): Measurement {
  const medianMs = median(samples)
  return {
    name,
    minMs: Math.min(...samples),
    medianMs,
    maxMs: Math.max(...samples),
    ratio: medianMs / baselineMs,
  }
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
