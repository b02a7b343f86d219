import type { SecretsResult } from './result.ts'

/** The outputs of action.yml after "secrets" came to its end, as text. */
export function renderSecretsOutputs(result: SecretsResult): ReadonlyMap<string, string> {
  const { outcome, release, rolled, steps, durationMs, secrets } = result
  const versions = secrets.map(
    ({ secret, version, wasAdded }) =>
      [secret, { version: Number(version), changed: wasAdded }] as const
  )
  return new Map([
    ['outcome', outcome],
    ['secret_versions', JSON.stringify(Object.fromEntries(versions))],
    ['release', release],
    ...(rolled === undefined
      ? []
      : ([
          ['previous_release', rolled.previousRelease],
          ['image', rolled.image],
          ['vms', JSON.stringify(rolled.vms)],
          ['url', rolled.url],
        ] as const)),
    ['steps', JSON.stringify(steps)],
    ['duration_seconds', (durationMs / 1000).toFixed(1)],
  ])
}
