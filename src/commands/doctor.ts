import { ActionError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import type { Check } from './doctor/check.ts'
import { type Examined, examine } from './doctor/examine.ts'
import { renderLines, renderSummary } from './doctor/report.ts'

export interface DoctorPorts {
  readonly clock: Clock
  readonly log: Log
  setOutputs(examined: readonly Examined[]): void
  summarize(markdown: string): Promise<void>
}

/** An endpoint that needs longer is broken in a way of its own. */
const LIMIT_MS = 10_000
const MOST_NAMED = 3

/**
 * Looks at everything that must hold before and after the first deploy, and changes nothing. Shows
 * all of it, with a fix where one is needed.
 *
 * @throws ActionError DOCTOR_FOUND when a deploy could not work; a warning throws nothing
 */
export async function doctor(
  checks: readonly Check[],
  ports: DoctorPorts,
  signal: AbortSignal
): Promise<readonly Examined[]> {
  const { clock, log } = ports
  const examined = await examine(checks, { clock, limitMs: LIMIT_MS, signal })
  for (const line of renderLines(examined)) log.info(line)
  ports.setOutputs(examined)
  await ports.summarize(renderSummary(examined))
  refuseErrors(examined)
  return examined
}

/** One error for all of them: the first ones by name, and the fix to begin with. */
function refuseErrors(examined: readonly Examined[]): void {
  const errors = examined.flatMap(({ check, finding }) =>
    finding.kind === 'fix' && finding.severity === 'error' ? [{ check, finding }] : []
  )
  const [first] = errors
  if (first === undefined) return
  const named = errors
    .slice(0, MOST_NAMED)
    .map(
      ({ check, finding }) =>
        `  ${check.subject}, ${check.title}: ${finding.said.replace(/:$/, '.')}`
    )
  const rest = errors.length - MOST_NAMED
  const more = rest > 0 ? [`  and ${rest} more, in the log and on the job's page`] : []
  throw new ActionError(
    'DOCTOR_FOUND',
    [`${errors.length} of ${examined.length} checks need a fix:`, ...named, ...more].join('\n'),
    { hint: `Begin with:\n${first.finding.fix}` }
  )
}
