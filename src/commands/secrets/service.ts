import type { InstanceTemplate } from '../../google/compute.ts'
import { type SecretVersion, secretsOf } from '../../release/standing.ts'
import { findBehind, oldSecrets, type VmBehind, type VmSecrets } from '../../secrets/behind.ts'
import type { PublishedSecret } from '../../secrets/publish.ts'
import { shortName } from '../../secrets/short-name.ts'
import { readLastOutputs } from '../../terraform/last-outputs.ts'
import { type Infrastructure, readInfrastructure } from '../../terraform/outputs.ts'
import type { Story } from './story.ts'

/** The service as it runs now, beside the secret versions that it is to have. */
export interface Service {
  readonly infrastructure: Infrastructure
  /** The release that the group is on. */
  readonly release: string
  readonly template: InstanceTemplate
  /** Running VMs that have an old value. */
  readonly behind: readonly VmBehind[]
  /** Whether the group's next VM would have an old value. */
  readonly isBehind: boolean
}

/**
 * What runs, from the outputs that terraform's last apply left. Undefined before there is a release.
 *
 * @throws ActionError TERRAFORM_OUTPUTS, GCP_*
 */
export async function findService(
  story: Story,
  published: readonly PublishedSecret[]
): Promise<Service | undefined> {
  const { config, ports } = story
  const outputs = await readLastOutputs(ports.store, config.name)
  if (Object.keys(outputs).length === 0) return undefined
  const infrastructure = readInfrastructure(outputs)
  const group = await ports.compute.findGroup(infrastructure.groupName)
  const [version] = group?.versions ?? []
  if (version === undefined || version.name === '') return undefined
  const template = await ports.compute.fetchTemplate(version.instanceTemplate)
  if (template === undefined) return undefined
  const wanted = await wantedVersions(story, published)
  const current = { release: version.name, template }
  const vms = await listVms(story, infrastructure, current)
  return {
    infrastructure,
    ...current,
    behind: findBehind(vms, wanted),
    isBehind: oldSecrets(versionsOf(story, template), wanted).length > 0,
  }
}

/** The number of every secret that the service reads, not only of those whose value was given. */
async function wantedVersions(
  { config, ports }: Story,
  published: readonly PublishedSecret[]
): Promise<readonly SecretVersion[]> {
  const known = new Map(published.map(({ secret, version }) => [secret, version]))
  return Promise.all(
    [...config.secrets.values()].map(async (reference) => {
      const secret = shortName(reference.secret, config.projectId)
      const newest = reference.version === 'latest' ? known.get(secret) : undefined
      const version =
        newest ?? (await ports.secretManager.resolveVersion(secret, reference.version))
      return { secret, version }
    })
  )
}

/** A VM may still be of a release before: each release's template is read once. */
async function listVms(
  story: Story,
  { groupName }: Infrastructure,
  current: Pick<Service, 'release' | 'template'>
): Promise<readonly VmSecrets[]> {
  const { config, ports } = story
  const instances = await ports.compute.listManagedInstances(groupName)
  const running = instances.filter(
    ({ instanceStatus, versionName }) => instanceStatus === 'RUNNING' && versionName !== ''
  )
  const releases = [...new Set(running.map(({ versionName }) => versionName))]
  const versions = new Map(
    await Promise.all(
      releases.map(async (release) => {
        const template =
          release === current.release
            ? current.template
            : await ports.compute.fetchTemplate(`${config.name}-${release}`)
        return [release, template ? versionsOf(story, template) : []] as const
      })
    )
  )
  return running.map(({ name, versionName }) => ({
    vm: name,
    release: versionName,
    versions: versions.get(versionName) ?? [],
  }))
}

function versionsOf({ config }: Story, template: InstanceTemplate): readonly SecretVersion[] {
  return secretsOf(template).map(({ secret, version }) => ({
    secret: shortName(secret, config.projectId),
    version,
  }))
}
