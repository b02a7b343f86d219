/** A number that changes, and how high it has lately been. */
export interface Peak {
  readonly now: number
  /** Higher values of before, highest first, each with the moment from which on it is forgotten. */
  readonly past: readonly { readonly value: number; readonly until: number }[]
}

/** The peak after the number has become `value`; its old value counts for `keepMs` more. */
export function track(
  peak: Peak | undefined,
  value: number,
  { at, keepMs }: { readonly at: number; readonly keepMs: number }
): Peak {
  const last = peak && peak.now > value ? [{ value: peak.now, until: at + keepMs }] : []
  const past = [...(peak?.past ?? []), ...last]
  return { now: value, past: past.filter((one) => one.value > value && one.until > at) }
}

/** The highest value that is not forgotten yet. */
export function highest({ now, past }: Peak): number {
  return Math.max(now, ...past.map(({ value }) => value))
}

/** When the highest value will next change by itself. */
export function forgettingMoments({ past }: Peak): readonly number[] {
  return past.map(({ until }) => until)
}
