import type { Clock } from '../../../clock.ts'
import type { HealthProbe } from '../../../machines/machine.ts'
import { isObject, type JsonObject, objectOf, textOf } from '../../route.ts'
import { autoscalerSpecOf } from '../autoscaler/policy.ts'
import { drainingSecondsOf } from '../balancing/draining.ts'
import type {
  DisruptiveAction,
  GroupSpec,
  HealthPolicy,
  Pace,
  TargetVersion,
  UpdatePolicy,
} from '../group/model.ts'
import type { Store } from '../resources/store.ts'
import type { Links, Scope } from '../scope.ts'
import { zonesOfGroup } from './config.ts'

const SECOND_MS = 1000

/** Our choice of how fast a group reacts; the real ones are not documented. */
export function paceOf(clock: Clock): Pace {
  return {
    retryMs: clock.scaled(20 * SECOND_MS),
    retryLimitMs: clock.scaled(120 * SECOND_MS),
    settleMs: clock.scaled(2 * SECOND_MS),
    // This one Google does document.
    stabilizationMs: clock.scaled(600 * SECOND_MS),
  }
}

/** Where a configuration finds its health check. */
export interface SpecContext {
  readonly clock: Clock
  readonly scope: Scope
  readonly store: Store
  readonly links: Links
  readonly projectId: string
}

/** The group model's view of a normalised configuration. */
export function specOf(config: JsonObject, context: SpecContext): GroupSpec {
  const targetSize = numberOf(config, 'targetSize')
  const lifecycle = objectOf(config, 'instanceLifecyclePolicy')
  const { clock, links, scope, store } = context
  const path = `${scope.path}/instanceGroupManagers/${textOf(config, 'name')}`
  const drainingSeconds = drainingSecondsOf(path, globalServices(context), links)
  const shape = textOf(objectOf(config, 'distributionPolicy'), 'targetShape') ?? 'EVEN'
  return {
    projectId: context.projectId,
    baseInstanceName: textOf(config, 'baseInstanceName') ?? '',
    targetSize,
    zones: zonesOfGroup(config, context.scope),
    versions: listOf(config, 'versions').map((version) => versionOf(version, context)),
    update: updateOf(objectOf(config, 'updatePolicy'), targetSize),
    health: healthPolicyOf(config, context),
    repairs: lifecycle['defaultActionOnFailure'] !== 'DO_NOTHING',
    forceUpdateOnRepair: lifecycle['forceUpdateOnRepair'] === 'YES',
    zoneChange: {
      onCreate: shape !== 'EVEN',
      onRepair: objectOf(lifecycle, 'onRepair')['allowChangingZone'] === 'YES',
    },
    drainingMs: clock.scaled(drainingSeconds * SECOND_MS),
    autoscaler: autoscalerSpecOf(store.list(scope, 'autoscalers'), path, { clock, links }),
  }
}

function globalServices({ store, projectId }: SpecContext): readonly JsonObject[] {
  const path = `projects/${projectId}/global`
  return store.list({ kind: 'global', location: '', path }, 'backendServices')
}

function versionOf(version: JsonObject, { store, links }: SpecContext): TargetVersion {
  const { fixed, percent } = objectOf(version, 'targetSize')
  const sized = typeof fixed === 'number' ? { fixed } : undefined
  const template = textOf(version, 'instanceTemplate') ?? ''
  const properties = objectOf(store.find(links.path(template)) ?? {}, 'properties')
  return {
    template,
    name: textOf(version, 'name') ?? '',
    machineType: textOf(properties, 'machineType') ?? '',
    size: sized ?? (typeof percent === 'number' ? { percent } : 'rest'),
  }
}

function updateOf(policy: JsonObject, targetSize: number): UpdatePolicy {
  return {
    proactive: policy['type'] === 'PROACTIVE',
    minimalAction: actionOf(policy['minimalAction']),
    mostDisruptiveAllowedAction: actionOf(policy['mostDisruptiveAllowedAction']),
    maxSurge: count(objectOf(policy, 'maxSurge'), targetSize),
    maxUnavailable: count(objectOf(policy, 'maxUnavailable'), targetSize),
    replacementMethod: policy['replacementMethod'] === 'RECREATE' ? 'RECREATE' : 'SUBSTITUTE',
  }
}

const ACTIONS: readonly DisruptiveAction[] = ['NONE', 'REFRESH', 'RESTART', 'REPLACE']

/** The action that a client named; REPLACE when it named none. */
export function actionOf(value: unknown): DisruptiveAction {
  return ACTIONS.find((action) => action === value) ?? 'REPLACE'
}

/** A fixed or percent number in instances; percent is rounded up. */
export function count({ fixed, percent }: JsonObject, targetSize: number): number {
  if (typeof fixed === 'number') return fixed
  return typeof percent === 'number' ? Math.ceil((percent * targetSize) / 100) : 0
}

function healthPolicyOf(config: JsonObject, context: SpecContext): HealthPolicy | undefined {
  const [autohealing] = listOf(config, 'autoHealingPolicies')
  const check = healthCheckOf(config, context)
  if (!autohealing || !check) return undefined
  return {
    initialDelayMs: context.clock.scaled(numberOf(autohealing, 'initialDelaySec') * SECOND_MS),
    healthyThreshold: numberOf(check, 'healthyThreshold'),
    unhealthyThreshold: numberOf(check, 'unhealthyThreshold'),
  }
}

function healthCheckOf(config: JsonObject, { store, links }: SpecContext): JsonObject | undefined {
  const [autohealing] = listOf(config, 'autoHealingPolicies')
  const link = autohealing && textOf(autohealing, 'healthCheck')
  return link === undefined ? undefined : store.find(links.path(link))
}

/** The probe and its rhythm. */
export interface Probing {
  readonly check: HealthProbe
  readonly intervalMs: number
}

/** How the group's VMs are probed now; undefined without a health check. */
export function probingOf(config: JsonObject, context: SpecContext): Probing | undefined {
  const check = healthCheckOf(config, context)
  if (!check) return undefined
  const type = textOf(check, 'type') ?? 'TCP'
  const details = objectOf(check, `${type.toLowerCase()}HealthCheck`)
  const { clock } = context
  return {
    intervalMs: clock.scaled(numberOf(check, 'checkIntervalSec') * SECOND_MS),
    check: {
      type: type === 'HTTP' ? 'HTTP' : 'TCP',
      port: probePort(details, config),
      path: textOf(details, 'requestPath') ?? '/',
      timeoutMs: clock.scaled(numberOf(check, 'timeoutSec') * SECOND_MS),
    },
  }
}

/** The check's own port, or that of the group's named port. */
function probePort(details: JsonObject, config: JsonObject): number {
  const portName = textOf(details, 'portName')
  const named = listOf(config, 'namedPorts').find((port) => port['name'] === portName)
  return named ? numberOf(named, 'port') : numberOf(details, 'port') || 80
}

/** The objects of an array field. */
export function listOf(object: JsonObject, field: string): readonly JsonObject[] {
  const list = object[field]
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** The number of a field, or 0. */
export function numberOf(object: JsonObject, field: string): number {
  const value = object[field]
  return typeof value === 'number' ? value : 0
}
