import { ActionError } from '../errors.ts'
import type { GoogleClient } from '../google/client.ts'
import type { Compute, InstanceTemplate } from '../google/compute.ts'
import type { SecretManager } from '../google/secret-manager.ts'
import { digestOf, repositoryOf } from '../image/reference.ts'
import { findDigest } from '../image/registry.ts'
import { asList, asRecord, asText } from '../lib/json.ts'
import type { LedgerEntry } from './ledger/ledger.ts'

export interface StandingPorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
}

/** Something that a new VM of a release would miss. */
export interface Loss {
  readonly what: string
  /** What brings it back: a command, where there is one. */
  readonly fix: string | undefined
}

/** What is left of a release. */
export interface Standing {
  readonly template: InstanceTemplate
  /** Empty when a new VM would start. */
  readonly losses: readonly Loss[]
}

/**
 * Whether everything that an earlier release is made of is still there: instance template, image,
 * secret versions; looked for side by side. Undefined when there is no template.
 *
 * @throws ActionError GCP_*, where Google does not answer
 */
export async function findStanding(
  ports: StandingPorts,
  { template: name, image, commit }: Pick<LedgerEntry, 'template' | 'image' | 'commit'>
): Promise<Standing | undefined> {
  const imageLoss = findImageLoss(ports, image, commit)
  // It is awaited only where there is a template.
  imageLoss.catch(() => undefined)
  const template = await ports.compute.fetchTemplate(name)
  if (template === undefined) return undefined
  const secretLosses = secretsOf(template).map((secret) => findSecretLoss(ports, secret))
  const losses = await Promise.all([imageLoss, ...secretLosses])
  return { template, losses: losses.filter((loss) => loss !== undefined) }
}

/** The one error that names everything which is gone. Pure. */
export function goneRelease(
  { release, commit }: Pick<LedgerEntry, 'release' | 'commit'>,
  losses: readonly Loss[]
): ActionError {
  const lines = losses.map(({ what }) => `  ${what.replaceAll('\n', '\n  ')}`)
  const head = `Release ${release} (commit ${commit.slice(0, 12)}) is not whole any more, so the group was left as it is:`
  const fixes = [...new Set(losses.flatMap(({ fix }) => fix ?? []))]
  return new ActionError('RELEASE_GONE', [head, ...lines].join('\n'), {
    hint: [...fixes, 'Then run this job again, or choose another release.'].join('\n'),
  })
}

async function findImageLoss(
  { google }: StandingPorts,
  image: string,
  commit: string
): Promise<Loss | undefined> {
  return lossOr(async () => {
    if (await findDigest(google, repositoryOf(image), digestOf(image))) return undefined
    const fix = `Deploy commit ${commit.slice(0, 12)} again, which builds its image anew.`
    return { what: `The registry has no ${image}.`, fix }
  })
}

function findSecretLoss(
  { secretManager }: StandingPorts,
  { secret, version }: SecretVersion
): Promise<Loss | undefined> {
  return lossOr(async () => {
    await secretManager.resolveVersion(secret, version)
    return undefined
  })
}

/** What Google refuses to show is lost for all that we can tell; what it is too busy for is not. */
async function lossOr(look: () => Promise<Loss | undefined>): Promise<Loss | undefined> {
  try {
    return await look()
  } catch (error) {
    const isAnswer = error instanceof ActionError && error.code.startsWith('GCP_')
    if (!isAnswer || error.isPassing) throw error
    return { what: error.message, fix: error.hint }
  }
}

/** A secret's short id or whole name, and a version's number. */
export interface SecretVersion {
  readonly secret: string
  readonly version: string
}

/** The secret versions of a release, from the metadata that the startup script reads. Pure. */
export function secretsOf(template: InstanceTemplate): readonly SecretVersion[] {
  const lines = metadataOf(template, 'app-secrets').split('\n')
  // `NAME=secret/version`
  return lines.flatMap((line) => {
    const [, secret, version] = /^[^=]+=(.+)\/([^/]+)$/.exec(line) ?? []
    return secret !== undefined && version !== undefined ? [{ secret, version }] : []
  })
}

/** One of the values that a VM reads when it starts; empty for none. Pure. */
export function metadataOf({ properties }: InstanceTemplate, name: string): string {
  const items = asList(asRecord(properties['metadata'])['items']).map(asRecord)
  return asText(items.find(({ key }) => key === name)?.['value'])
}
