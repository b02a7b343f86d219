import { asList, asNumber, asRecord, asText, type JsonRecord } from '../../lib/json.ts'

/** Something that is not as terraform wrote it down. */
export interface Drift {
  readonly what: string
  readonly recorded: string
  readonly found: string
}

type Comparison = readonly [what: string, recorded: string, found: string]

/**
 * What about the group is not as terraform left it. Pure. A size that an autoscaler sets is nobody's
 * drift, and neither is the version, which is the releases' own.
 */
export function driftOfGroup(recorded: JsonRecord, live: JsonRecord): readonly Drift[] {
  const hasAutoscaler = asText(asRecord(live['status'])['autoscaler']) !== ''
  const size: Comparison = ['target size', textOf(recorded['target_size']), sizeOf(live)]
  return [
    ...(hasAutoscaler ? [] : [size]),
    zones(recorded, live),
    ...updatePolicy(recorded, live),
    ...healing(recorded, live),
  ]
    .filter(([, wanted, found]) => wanted !== found)
    .map(([what, wanted, found]) => ({ what, recorded: wanted, found }))
}

function sizeOf(live: JsonRecord): string {
  return textOf(asNumber(live['targetSize']) ?? 0)
}

function zones(recorded: JsonRecord, live: JsonRecord): Comparison {
  const wanted = asList(recorded['distribution_policy_zones']).map(textOf)
  const found = asList(asRecord(live['distributionPolicy'])['zones']).map((zone) =>
    asText(asRecord(zone)['zone'])
  )
  // A zonal group is in the zone that its name says.
  return ['zones', listed(wanted), listed(found)]
}

const POLICY: readonly (readonly [what: string, recorded: string, live: string])[] = [
  ['update policy: type', 'type', 'type'],
  ['update policy: minimal action', 'minimal_action', 'minimalAction'],
  [
    'update policy: most disruptive allowed action',
    'most_disruptive_allowed_action',
    'mostDisruptiveAllowedAction',
  ],
  ['update policy: replacement method', 'replacement_method', 'replacementMethod'],
  ['update policy: redistribution', 'instance_redistribution_type', 'instanceRedistributionType'],
]

function updatePolicy(recorded: JsonRecord, live: JsonRecord): readonly Comparison[] {
  const wanted = asRecord(asList(recorded['update_policy'])[0])
  const found = asRecord(live['updatePolicy'])
  const fields = POLICY.map(
    ([what, theirs, google]): Comparison => [what, textOf(wanted[theirs]), textOf(found[google])]
  )
  return [
    ...fields,
    ['update policy: surge', amountIn(wanted, 'max_surge'), amountOf(found['maxSurge'])],
    [
      'update policy: unavailable',
      amountIn(wanted, 'max_unavailable'),
      amountOf(found['maxUnavailable']),
    ],
  ]
}

/** Terraform keeps number and per cent apart, and writes 0 for the one that is not meant. */
function amountIn(policy: JsonRecord, field: string): string {
  const percent = asNumber(policy[`${field}_percent`]) ?? 0
  return percent > 0 ? `${percent} %` : textOf(asNumber(policy[`${field}_fixed`]) ?? 0)
}

function amountOf(value: unknown): string {
  const { percent, fixed } = asRecord(value)
  return asNumber(percent) ? `${percent} %` : textOf(asNumber(fixed) ?? 0)
}

function healing(recorded: JsonRecord, live: JsonRecord): readonly Comparison[] {
  const wanted = asRecord(asList(recorded['auto_healing_policies'])[0])
  const found = asRecord(asList(live['autoHealingPolicies'])[0])
  return [
    ['health check', lastPart(wanted['health_check']), lastPart(found['healthCheck'])],
    [
      'health check: initial delay in seconds',
      textOf(wanted['initial_delay_sec']),
      textOf(found['initialDelaySec']),
    ],
  ]
}

function lastPart(link: unknown): string {
  const text = asText(link)
  return text.slice(text.lastIndexOf('/') + 1)
}

function listed(links: readonly string[]): string {
  return links.map(lastPart).sort().join(', ')
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
