import { resourceNotFound } from '../../errors.ts'
import { isObject, type JsonObject, objectOf, textOf } from '../../route.ts'
import { zonesOf } from '../locations.ts'
import { invalid } from '../resources/invalid.ts'
import { requireName, type Store } from '../resources/store.ts'
import type { Links, Scope } from '../scope.ts'

/** What a group's configuration is checked against. */
export interface ConfigContext {
  readonly scope: Scope
  readonly links: Links
  readonly store: Store
  readonly projectId: string
}

const LONGEST_BASE_NAME = 58
const COMPUTED = [
  'kind',
  'id',
  'creationTimestamp',
  'selfLink',
  'fingerprint',
  'status',
  'currentActions',
  'instanceGroup',
  'zone',
  'region',
]

/**
 * The configuration of a group as the API keeps it: defaults filled in, links spelled out, without
 * anything computed. @throws GoogleError 400 or 404 in Google's words
 */
export function normaliseConfig(body: JsonObject, context: ConfigContext): JsonObject {
  const name = requireName(body)
  const baseInstanceName = textOf(body, 'baseInstanceName') ?? name
  if (baseInstanceName.length > LONGEST_BASE_NAME) {
    const rule = `Must be at most ${LONGEST_BASE_NAME} characters long.`
    throw invalid('baseInstanceName', baseInstanceName, rule)
  }
  const config = Object.fromEntries(
    Object.entries(body).filter(
      ([key, value]) => !COMPUTED.includes(key) && !saysNothing(key, value)
    )
  )
  const versions = versionsOf(body, context)
  const distributionPolicy = distributionOf(body, context)
  const filled = {
    listManagedInstancesResults: 'PAGELESS',
    targetStoppedSize: 0,
    targetSuspendedSize: 0,
    ...config,
    baseInstanceName,
    targetSize: sizeOf(body),
    versions,
    ...(distributionPolicy && { distributionPolicy }),
    standbyPolicy: { initialDelaySec: 0, mode: 'MANUAL', ...objectOf(body, 'standbyPolicy') },
    instanceLifecyclePolicy: {
      defaultActionOnFailure: 'REPAIR',
      forceUpdateOnRepair: 'NO',
      ...objectOf(body, 'instanceLifecyclePolicy'),
    },
    ...autohealingOf(body, context),
    updatePolicy: updatePolicyOf(body, zonesOfGroup({ distributionPolicy }, context.scope)),
  }
  return withTopLevelTemplate(filled, versions)
}

// The provider sends these empty, and would plan to take away what comes back empty.
function saysNothing(key: string, value: unknown): boolean {
  const isPolicy = key === 'resourcePolicies' || key === 'instanceFlexibilityPolicy'
  return isPolicy && isObject(value) && Object.keys(value).length === 0
}

function withTopLevelTemplate(config: JsonObject, versions: readonly JsonObject[]): JsonObject {
  const { instanceTemplate: _, ...rest } = config
  return versions.length === 1
    ? { ...rest, instanceTemplate: versions[0]?.['instanceTemplate'] }
    : rest
}

function sizeOf(body: JsonObject): number {
  const size = body['targetSize'] ?? 0
  if (typeof size === 'number' && Number.isInteger(size) && size >= 0) return size
  throw invalid('targetSize', String(size), 'Must be a non-negative integer.')
}

/** The zones that a group spreads over: its own, its policy's, or the first three of the region. */
export function zonesOfGroup(config: JsonObject, scope: Scope): readonly string[] {
  if (scope.kind === 'zone') return [scope.location]
  const listed = objectOf(config, 'distributionPolicy')['zones']
  const zones = Array.isArray(listed) ? listed.filter(isObject) : []
  const names = zones.map((one) => (textOf(one, 'zone') ?? '').split('/').at(-1) ?? '')
  return names.length > 0 ? names : zonesOf(scope.location).slice(0, 3)
}

function distributionOf(body: JsonObject, context: ConfigContext): JsonObject | undefined {
  const { scope, links, projectId } = context
  if (scope.kind !== 'region') return undefined
  const names = zonesOfGroup(body, scope)
  const stranger = names.find((zone) => !zonesOf(scope.location).includes(zone))
  if (stranger !== undefined) {
    const rule = `Zone is not in region '${scope.location}'.`
    throw invalid('distributionPolicy.zones[0].zone', stranger, rule)
  }
  const policy = objectOf(body, 'distributionPolicy')
  const zones = names.map((zone) => ({ zone: links.url(`projects/${projectId}/zones/${zone}`) }))
  return { targetShape: 'EVEN', ...policy, zones }
}

/** `versions` as a whole, or the one that the top-level instanceTemplate stands for. */
function versionsOf(body: JsonObject, context: ConfigContext): readonly JsonObject[] {
  const listed = Array.isArray(body['versions']) ? body['versions'].filter(isObject) : []
  const versions = listed.length > 0 ? listed : [{ instanceTemplate: body['instanceTemplate'] }]
  if (versions.filter((version) => !hasSize(version)).length !== 1) {
    const rule = 'Exactly one version must be specified without a target size.'
    throw invalid('versions', String(versions.length), rule)
  }
  return versions.map((version) => versionOf(version, context))
}

/** gcloud sends back the `calculated` number that it was shown; that is no size of its own. */
function hasSize(version: JsonObject): boolean {
  const size = objectOf(version, 'targetSize')
  return typeof size['fixed'] === 'number' || typeof size['percent'] === 'number'
}

function versionOf(version: JsonObject, { links, store }: ConfigContext): JsonObject {
  const link = textOf(version, 'instanceTemplate')
  if (!link) throw invalid('instanceTemplate', '', 'An instance template is required.')
  const path = links.path(link)
  if (!store.find(path)) throw resourceNotFound(path)
  const { calculated: _, ...targetSize } = objectOf(version, 'targetSize')
  const name = textOf(version, 'name')
  return {
    ...(name !== undefined && { name }),
    instanceTemplate: links.url(path),
    ...(hasSize(version) && { targetSize }),
  }
}

function autohealingOf(body: JsonObject, { links, store }: ConfigContext): JsonObject {
  const [policy] = Array.isArray(body['autoHealingPolicies']) ? body['autoHealingPolicies'] : []
  if (!isObject(policy)) return {}
  const link = textOf(policy, 'healthCheck')
  if (!link) return { autoHealingPolicies: [] }
  const path = links.path(link)
  if (!store.find(path)) throw resourceNotFound(path)
  return {
    autoHealingPolicies: [{ initialDelaySec: 0, ...policy, healthCheck: links.url(path) }],
  }
}

function updatePolicyOf(body: JsonObject, zones: readonly string[]): JsonObject {
  const given = objectOf(body, 'updatePolicy')
  const regional = isObject(body['distributionPolicy']) || zones.length > 1
  const most = { fixed: zones.length }
  const replacementMethod = textOf(given, 'replacementMethod') ?? 'SUBSTITUTE'
  const policy = {
    type: 'OPPORTUNISTIC',
    minimalAction: 'REPLACE',
    ...(regional && { instanceRedistributionType: 'PROACTIVE' }),
    ...given,
    replacementMethod,
    maxSurge:
      allowance(given, 'maxSurge') ?? (replacementMethod === 'RECREATE' ? { fixed: 0 } : most),
    maxUnavailable: allowance(given, 'maxUnavailable') ?? most,
  }
  checkUpdatePolicy(policy, { size: sizeOf(body), zones: zones.length, regional })
  return policy
}

interface Allowance {
  readonly fixed?: number
  readonly percent?: number
}

function allowance(policy: JsonObject, field: string): Allowance | undefined {
  const { fixed, percent } = objectOf(policy, field)
  if (typeof percent === 'number') return { percent }
  return typeof fixed === 'number' ? { fixed } : undefined
}

/** `fixed` and `percent` are one choice: a patch that names one does away with the other. */
export function withoutOldAllowances(config: JsonObject, patch: JsonObject): JsonObject {
  const asked = objectOf(patch, 'updatePolicy')
  const kept = Object.entries(objectOf(config, 'updatePolicy')).filter(
    ([field]) => !['maxSurge', 'maxUnavailable'].includes(field) || !allowance(asked, field)
  )
  return { ...config, updatePolicy: Object.fromEntries(kept) }
}

interface Bounds {
  readonly size: number
  readonly zones: number
  readonly regional: boolean
}

interface Allowances {
  readonly maxSurge: Allowance
  readonly maxUnavailable: Allowance
  readonly replacementMethod: string
}

function checkUpdatePolicy(policy: Allowances, bounds: Bounds): void {
  for (const field of ['maxSurge', 'maxUnavailable'] as const) {
    checkAllowance(field, policy[field], bounds)
  }
  const { maxSurge, maxUnavailable, replacementMethod } = policy
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    const rule = 'Either maxSurge or maxUnavailable must be greater than 0.'
    throw invalid('updatePolicy', 'maxSurge: 0, maxUnavailable: 0', rule)
  }
  if (replacementMethod === 'RECREATE' && !isZero(maxSurge)) {
    const rule = 'maxSurge must be equal to 0 when replacement method is set to RECREATE'
    throw invalid('updatePolicy.maxSurge', String(maxSurge.fixed ?? maxSurge.percent), rule)
  }
}

function checkAllowance(
  field: 'maxSurge' | 'maxUnavailable',
  { fixed, percent }: Allowance,
  bounds: Bounds
): void {
  if (percent !== undefined && bounds.size < 10) {
    const rule = `Percent updatePolicy.${field} can only be used if the group has 10 or more instances.`
    throw invalid(`updatePolicy.${field}.percent`, String(percent), rule)
  }
  if (bounds.regional && fixed !== undefined && fixed !== 0 && fixed < bounds.zones) {
    const rule = `Fixed updatePolicy.${field} for regional managed instance group has to be either 0 or at least equal to the number of zones.`
    throw invalid(`updatePolicy.${field}.fixed`, String(fixed), rule)
  }
}

function isZero({ fixed, percent }: Allowance): boolean {
  return (fixed ?? percent) === 0
}
