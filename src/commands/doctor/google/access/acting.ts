import { grantOnServiceAccount, grantRole } from '../../../../google/diagnosis/remedies.ts'
import { asText } from '../../../../lib/json.ts'
import { broken, type Check, type Finding, ok, unknown } from '../../check.ts'
import { AFTER_PROJECT, type CheckContext } from '../context.ts'
import { test } from '../readings/asking.ts'
import { behindApi } from './behind-api.ts'

const ACT_AS = 'iam.serviceAccounts.actAs'
const USER_ROLE = 'roles/iam.serviceAccountUser'

/** Who may run VMs as whom: the job as the VMs' account, and Google's own agent for groups. */
export function actingChecks(context: CheckContext): readonly Check[] {
  return [
    ...behindApi('iam', context, [actAs(context)]),
    // Google makes the agent's grant when Compute Engine is switched on.
    ...behindApi('compute', context, [serviceAgent(context)]),
  ]
}

function actAs(context: CheckContext): Check {
  return {
    id: 'act-as',
    subject: 'Permissions',
    title: "The job may act as the VMs' service account",
    after: AFTER_PROJECT,
    look: () => lookAtAccount(context),
  }
}

async function lookAtAccount({ readings, config, ports }: CheckContext): Promise<Finding> {
  const { projectId: project } = config
  const { google, member } = ports
  const email = (await readings.names())?.vmServiceAccount
  if (email === undefined) return unknown('Which account it is, only the first apply says.')
  const question = {
    service: 'iam',
    path: `projects/${project}/serviceAccounts/${email}`,
    purpose: `test the permissions on ${email}`,
  } as const
  // IAM does not tell who may see no account at all which ones there are.
  const held = await test(google, question, [ACT_AS], [403, 404])
  if (held?.has(ACT_AS)) return ok(email)
  if (held !== undefined) {
    const fix = grantOnServiceAccount(USER_ROLE, { serviceAccount: email, project, member })
    return broken(`${member} may not act as ${email}: every rollout is refused.`, fix)
  }
  if ((await readings.held()).has(ACT_AS)) return ok(`${email} is made by the first deploy.`)
  return broken(
    `${email} is made by the first deploy, and ${member} could not act as it.`,
    grantRole(USER_ROLE, { project, member })
  )
}

const AGENT_ROLE = 'roles/compute.instanceGroupManagerServiceAgent'
/** Older projects have the second, which holds the first. */
const AGENT_ROLES = [AGENT_ROLE, 'roles/editor', 'roles/owner']

function serviceAgent({ readings, config }: CheckContext): Check {
  return {
    id: 'group-service-agent',
    subject: 'Permissions',
    title: "Google's service agent may make the group's VMs",
    after: AFTER_PROJECT,
    look: async () => {
      const project = await readings.project()
      const number = project === 'inaccessible' ? '' : asText(project['projectNumber'])
      const member = `serviceAccount:${number}@cloudservices.gserviceaccount.com`
      const bindings = await readings.projectPolicy()
      const held = bindings.find(
        ({ role, members }) => AGENT_ROLES.includes(role) && members.includes(member)
      )
      if (held) return ok(`${held.role}`)
      return broken(
        `${member} has lost its role: no group can make a VM.`,
        grantRole(AGENT_ROLE, { project: config.projectId, member })
      )
    },
  }
}
