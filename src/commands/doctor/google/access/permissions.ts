import { grantRole } from '../../../../google/diagnosis/remedies.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../../check.ts'
import { AFTER_PROJECT, type CheckContext } from '../context.ts'
import { GRANTING_ROLE, GRANTS_ID, type Job, jobsOf } from './jobs.ts'

/** One for each job: what of it the identity may not do in the project. */
export function permissionChecks(context: CheckContext): readonly Check[] {
  return jobsOf(context.config).map((job) => ({
    id: job.id,
    subject: 'Permissions',
    title: job.title,
    after: AFTER_PROJECT,
    look: () => lookAt(job, context),
  }))
}

async function lookAt(job: Job, context: CheckContext): Promise<Finding> {
  const { readings, config, ports } = context
  const held = await readings.held()
  const missing = job.permissions.filter((permission) => !held.has(permission))
  if (missing.length === 0) return ok(`All ${job.permissions.length} permissions.`)
  if (job.id === GRANTS_ID && (await mayGrantSome(context)))
    return ok('Some roles, as a condition says.')
  const said = `${ports.member} lacks ${listed(missing)}.`
  const grant = { project: config.projectId, member: ports.member }
  const fix = job.roles.map((role) => grantRole(role, grant)).join('\n')
  if (!job.isTerraforms) return broken(said, fix)
  if (config.terraformDirectory !== undefined) {
    return unknown(`${said} Whether your own Terraform needs that, nobody can tell.`, fix)
  }
  // A job that only rolls releases is how some want it, as long as somebody else applies.
  return (await readings.isBuilt())
    ? doubtful(`${said} The next change of the infrastructure fails.`, fix)
    : broken(said, fix)
}

/**
 * terraform/bootstrap lets the deployer grant two roles and no others, by a condition on which roles a
 * change touches. A test of permissions changes nothing, so what it answers then is up to Google.
 */
async function mayGrantSome({ readings, ports }: CheckContext): Promise<boolean> {
  const bindings = await readings.projectPolicy().catch(() => [])
  return bindings.some(
    ({ role, members, isConditional }) =>
      isConditional && role === GRANTING_ROLE && members.includes(ports.member)
  )
}

/** The first few by name, the rest by number. */
export function listed(permissions: readonly string[]): string {
  const shown = permissions.slice(0, 6).join(', ')
  const rest = permissions.length - 6
  return rest > 0 ? `${shown} and ${rest} more` : shown
}
