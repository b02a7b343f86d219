import { command, grantOnRepository } from '../../../google/diagnosis/remedies.ts'
import { asRecord, asText, type JsonRecord } from '../../../lib/json.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../check.ts'
import { behindApi } from './access/behind-api.ts'
import { listed } from './access/permissions.ts'
import { AFTER_PROJECT, type CheckContext } from './context.ts'
import { test } from './readings/asking.ts'

const SUBJECT = 'Registry'
const PUSH_PERMISSIONS = [
  'artifactregistry.repositories.downloadArtifacts',
  'artifactregistry.repositories.uploadArtifacts',
  'artifactregistry.tags.create',
  'artifactregistry.tags.delete',
  'artifactregistry.tags.list',
  'artifactregistry.tags.update',
]

/** The repository of images as it is, or as the first deploy is going to make it. */
export function registryChecks(context: CheckContext): readonly Check[] {
  const { repository } = context.readings
  const judged = (judge: (settings: JsonRecord, change: Change) => Finding) => async () => {
    const settings = await repository()
    // What terraform makes is as it must be.
    if (settings === undefined) return ok('To be made by the first deploy.')
    return judge(settings, changeOf(settings, context))
  }
  return behindApi('artifactregistry', context, [
    {
      id: 'registry',
      subject: SUBJECT,
      title: 'The repository takes Docker images',
      after: AFTER_PROJECT,
      look: judged((settings) => judgeFormat(settings)),
    },
    {
      id: 'registry-tags',
      subject: SUBJECT,
      title: 'Tags may move',
      after: ['registry'],
      look: judged(judgeTags),
    },
    {
      id: 'registry-cleanup',
      subject: SUBJECT,
      title: 'Old images are cleaned up',
      after: ['registry'],
      look: judged(judgeCleanup),
    },
    {
      id: 'registry-push',
      subject: SUBJECT,
      title: 'The job may push and tag images',
      after: ['registry'],
      look: () => lookAtPush(context),
    },
  ])
}

/** The command that changes this repository by one flag. */
type Change = (flag: string) => string

function changeOf(settings: JsonRecord, { config }: CheckContext): Change {
  const { id } = placeOf(settings)
  const flags = { location: config.region, project: config.projectId }
  return (flag) => command(['gcloud artifacts repositories update', id, flag], flags)
}

function placeOf(settings: JsonRecord): { readonly id: string; readonly name: string } {
  const name = asText(settings['name'])
  return { name, id: name.slice(name.lastIndexOf('/') + 1) }
}

function judgeFormat(settings: JsonRecord): Finding {
  const { id } = placeOf(settings)
  const format = asText(settings['format'])
  const mode = asText(settings['mode']) || 'STANDARD_REPOSITORY'
  if (format === 'DOCKER' && mode === 'STANDARD_REPOSITORY') return ok(id)
  const said = `${id} is a repository for ${format} (${mode}): nothing can be pushed to it.`
  return broken(said, `name: ${id}-service`)
}

/** A tag `release-<id>` goes when its release is pruned, and `src-<hash>` moves when it is built anew. */
function judgeTags(settings: JsonRecord, change: Change): Finding {
  if (asRecord(settings['dockerConfig'])['immutableTags'] !== true)
    return ok('They are not immutable.')
  const said = 'Tags are immutable: no image is built anew under its address, no release pruned.'
  return broken(said, change('--no-immutable-tags'))
}

function judgeCleanup(settings: JsonRecord, change: Change): Finding {
  const policies = Object.keys(asRecord(settings['cleanupPolicies'])).length
  if (settings['cleanupPolicyDryRun'] === true) {
    const said = 'The cleanup is a dry run: images are kept, and paid for, for ever.'
    return doubtful(said, change('--no-cleanup-policy-dry-run'))
  }
  return ok(policies === 0 ? 'No policies; the next deploy adds them.' : `${policies} policies.`)
}

async function lookAtPush({ ports, readings, config }: CheckContext): Promise<Finding> {
  const { google, member } = ports
  const settings = await readings.repository()
  if (settings === undefined) return ok('To be made by the first deploy, by who may push then.')
  const { name, id } = placeOf(settings)
  const purpose = `test the permissions on the repository ${id}`
  const question = { service: 'artifactregistry', path: name, purpose } as const
  const held = await test(google, question, PUSH_PERMISSIONS)
  if (held === undefined) return unknown('The repository has gone in this moment.')
  const missing = PUSH_PERMISSIONS.filter((permission) => !held.has(permission))
  if (missing.length === 0) return ok(`All ${PUSH_PERMISSIONS.length} permissions.`)
  const { region: location, projectId: project } = config
  const grant = { repository: id, location, project, member }
  return broken(
    `${member} lacks ${listed(missing)} on ${id}.`,
    grantOnRepository('roles/artifactregistry.repoAdmin', grant)
  )
}
