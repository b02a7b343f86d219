/** What one look found, and what to paste where it is not as it must be. */
export type Finding =
  | { readonly kind: 'ok'; readonly said: string }
  | {
      readonly kind: 'fix'
      /** An error stops a deploy; a warning will some day, or costs something. */
      readonly severity: 'error' | 'warning'
      readonly said: string
      /** A command, or lines of YAML. */
      readonly fix: string
    }
  | {
      readonly kind: 'unknown'
      /** Why it cannot be told. */
      readonly said: string
      readonly fix?: string
    }

/** One thing that must hold, and how to see whether it does. */
export interface Check {
  /** Such as `api-compute`: stands in the output, and never changes. */
  readonly id: string
  /** The heading that it is shown under, such as "APIs". */
  readonly subject: string
  readonly title: string
  /** Ids of checks without which this one would only say the same again: it waits for them. */
  readonly after?: readonly string[]
  /** Looks, and changes nothing. What it throws is shown as "cannot check". */
  look(signal: AbortSignal): Promise<Finding>
}

/** As it must be. */
export function ok(said: string): Finding {
  return { kind: 'ok', said }
}

/** A deploy would fail. */
export function broken(said: string, fix: string): Finding {
  return { kind: 'fix', severity: 'error', said, fix }
}

/** A deploy would pass, and yet. */
export function doubtful(said: string, fix: string): Finding {
  return { kind: 'fix', severity: 'warning', said, fix }
}

/** Nothing is known, and why. */
export function unknown(said: string, fix?: string): Finding {
  return { kind: 'unknown', said, ...(fix !== undefined && { fix }) }
}

/** Whether what depends on this finding is worth a look. */
export function isPassable(finding: Finding): boolean {
  return finding.kind === 'ok' || (finding.kind === 'fix' && finding.severity === 'warning')
}
