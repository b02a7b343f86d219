import { command, grantRole, linkBilling } from '../../../google/diagnosis/remedies.ts'
import { asText } from '../../../lib/json.ts'
import { broken, type Check, doubtful, ok } from '../check.ts'
import { behindApi } from './access/behind-api.ts'
import { AFTER_IDENTITY, AFTER_PROJECT, type CheckContext } from './context.ts'

const SUBJECT = 'Project'

/** The project, its number in the provider's name, and who pays. */
export function projectChecks(context: CheckContext): readonly Check[] {
  return [
    projectThere(context),
    projectNumber(context),
    ...behindApi('cloudbilling', context, [billing(context)]),
  ]
}

function projectThere({ readings, config, ports }: CheckContext): Check {
  const { projectId } = config
  return {
    id: 'project',
    subject: SUBJECT,
    title: `Project ${projectId} exists`,
    after: AFTER_IDENTITY,
    look: async () => {
      const project = await readings.project()
      if (project === 'inaccessible') {
        const said = `There is no project ${projectId}, or ${ports.member} may not see it. If the id is right, let it:`
        return broken(
          said,
          grantRole('roles/browser', { project: projectId, member: ports.member })
        )
      }
      const state = asText(project['lifecycleState'])
      if (state === 'ACTIVE') return ok(`Number ${asText(project['projectNumber'])}.`)
      const restore = command(['gcloud projects undelete', projectId])
      return broken(`The project is being deleted (${state}).`, restore)
    },
  }
}

function projectNumber({ readings, config }: CheckContext): Check {
  const { projectId, workloadIdentityProvider } = config
  const [, given = ''] = workloadIdentityProvider.split('/')
  return {
    id: 'project-number',
    subject: SUBJECT,
    title: 'The provider belongs to the project',
    after: AFTER_PROJECT,
    look: async () => {
      const project = await readings.project()
      const number = project === 'inaccessible' ? '' : asText(project['projectNumber'])
      if (number === given) return ok(`Both have number ${number}.`)
      // A pool for many projects is common in companies: the job came in by it, so it works.
      const name = workloadIdentityProvider.replace(/^projects\/[^/]+/, `projects/${number}`)
      return doubtful(
        `The provider is of project number ${given}, ${projectId} has number ${number}. That is right only for a pool that several projects share.`,
        `workload_identity_provider: ${name}`
      )
    },
  }
}

function billing({ readings, config: { projectId } }: CheckContext): Check {
  return {
    id: 'billing',
    subject: SUBJECT,
    title: 'Billing is on',
    after: AFTER_PROJECT,
    look: async () => {
      const info = await readings.billing()
      if (info['billingEnabled'] === true) return ok(asText(info['billingAccountName']))
      return broken(
        'No billing account pays for the project: Compute Engine refuses everything.',
        linkBilling(projectId)
      )
    },
  }
}
