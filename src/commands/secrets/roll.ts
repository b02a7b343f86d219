import { ActionError } from '../../errors.ts'
import { groupName } from '../../google/compute/group-reference.ts'
import type { InstanceTemplate } from '../../google/compute.ts'
import { asRecord, asText, parseJson } from '../../lib/json.ts'
import { attemptRelease } from '../../release/attempt/attempt.ts'
import type { Attempted } from '../../release/attempt/attempted.ts'
import { prepareRelease } from '../../release/prepare.ts'
import type { Provenance, Release } from '../../release/release.ts'
import { metadataOf } from '../../release/standing.ts'
import type { Service } from './service.ts'
import type { Story } from './story.ts'

/** A release of the same image with the new secret versions, and how its rollout went. */
export interface Rolled extends Attempted {
  readonly release: string
  readonly image: string
}

/**
 * Makes the release of the image that runs, on terraform's current base, with the newest secret
 * versions, and rolls the group onto it; the way back is that of a deploy.
 *
 * @throws ActionError ROLLOUT_*, DEPLOY_LOCKED, LEDGER_*, GCP_*
 */
export async function rollSecrets(story: Story, service: Service): Promise<Rolled> {
  const { config, ports, context, steps } = story
  const image = imageOf(service)
  const { commit, ref } = commitOf(service.template)
  const { actor, runUrl } = context
  const provenance = { commit, ref, actor, runUrl }
  const { baseTemplateName, groupName: group } = service.infrastructure
  const { name, secrets } = config
  const release = await ports.log.group('Making the release', () =>
    steps.time('release', () =>
      prepareRelease(ports, { name, baseTemplateName, image, secrets, provenance })
    )
  )
  const attempted = await ports.log.group(
    `Rolling ${groupName(group)} to release ${release.id}`,
    () => steps.time('roll', () => roll(story, service, { release, image, provenance }))
  )
  return { ...attempted, release: release.id, image }
}

interface Made {
  readonly release: Release
  readonly image: string
  readonly provenance: Provenance
}

function roll(
  { config, ports, context }: Story,
  service: Service,
  { release, image, provenance }: Made
): Promise<Attempted> {
  const { minReadyMs, progressDeadlineMs, autoRollback, name } = config
  const { holder, signal } = context
  const { infrastructure } = service
  const machineType = asText(release.template.properties['machineType']) || undefined
  ports.handover.begin(infrastructure.groupName)
  return attemptRelease(ports, {
    group: infrastructure.groupName,
    prefix: name,
    release,
    policy: { release: release.id, image, machineType, minReadyMs, progressDeadlineMs },
    kind: 'deploy',
    guard: (_, groupIsOn) => refuseMoved(service, release, groupIsOn),
    provenance,
    holder,
    autoRollback,
    signal,
  })
}

/** A deploy may have come in between: the image that ran before it must not take its place. */
function refuseMoved(service: Service, { id }: Release, groupIsOn: string): void {
  if (groupIsOn === service.release || groupIsOn === id) return
  throw new ActionError(
    'ROLLOUT_SUPERSEDED',
    `The group is on ${groupIsOn === '' ? 'no release' : `release ${groupIsOn}`} by now, and no longer on ${service.release}, whose image was to get the newest values: nothing was rolled.`,
    { hint: 'The values are written. Run this job again, which rolls what runs now.' }
  )
}

/** The image that VMs of a release run. @throws ActionError RELEASE_GONE for a template that names none */
function imageOf({ release, template }: Service): string {
  const image = metadataOf(template, 'app-image')
  if (image !== '') return image
  throw new ActionError(
    'RELEASE_GONE',
    `The instance template ${template.name} of release ${release} names no image, so no release can be made of it.`,
    { hint: 'Somebody may have put another template on the group: deploy instead.' }
  )
}

function commitOf({ description }: InstanceTemplate): Pick<Provenance, 'commit' | 'ref'> {
  const told = asRecord(parseJson(description))
  return { commit: asText(told['commit']), ref: asText(told['ref']) }
}
