import type { Config } from '../../../inputs.ts'
import type { Check } from '../check.ts'
import { actingChecks } from './access/acting.ts'
import { apiChecks, apiNames } from './access/apis.ts'
import { PROJECT_PERMISSIONS } from './access/jobs.ts'
import { permissionChecks } from './access/permissions.ts'
import { BUCKET_PERMISSIONS, bucketChecks } from './bucket/checks.ts'
import type { GoogleCheckPorts } from './context.ts'
import { deploymentChecks } from './deployment.ts'
import { placeChecks } from './places.ts'
import { policyChecks } from './policy/checks.ts'
import { projectChecks } from './project.ts'
import { quotaChecks } from './quota/checks.ts'
import { readingsOf } from './readings/readings.ts'
import { registryChecks } from './registry.ts'
import { secretChecks } from './secrets.ts'

/** Everything that must hold in Google Cloud, in the order in which a deploy meets it. Nothing is asked yet. */
export function googleChecks(ports: GoogleCheckPorts, config: Config): readonly Check[] {
  const readings = readingsOf({
    google: ports.google,
    store: ports.store,
    config,
    apis: apiNames(config),
    permissions: PROJECT_PERMISSIONS,
    bucketPermissions: BUCKET_PERMISSIONS,
  })
  const context = { ports, config, readings }
  return [
    ...projectChecks(context),
    ...apiChecks(context),
    ...permissionChecks(context),
    ...actingChecks(context),
    ...bucketChecks(context),
    ...registryChecks(context),
    ...placeChecks(context),
    ...quotaChecks(context),
    ...policyChecks(context),
    ...secretChecks(context),
    ...deploymentChecks(context),
  ]
}
