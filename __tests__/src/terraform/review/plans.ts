/** A change of a plan, as far as a test says something of it. */
export interface Change {
  readonly address: string
  readonly actions?: readonly string[]
  readonly mode?: string
  readonly type?: string
  readonly deposed?: string
  readonly before?: unknown
  readonly after?: unknown
  readonly after_unknown?: unknown
  readonly before_sensitive?: unknown
  readonly after_sensitive?: unknown
}

/** The part of `terraform show -json` that a review is about. */
export function aPlan(
  changes: readonly Change[],
  outputs: Readonly<Record<string, unknown>> = {}
): unknown {
  return {
    format_version: '1.2',
    resource_changes: changes.map(
      ({ address, mode = 'managed', type = 'a', deposed, ...change }) => ({
        address,
        mode,
        type,
        deposed,
        change,
      })
    ),
    output_changes: outputs,
  }
}
