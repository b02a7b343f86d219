import { ActionError } from '../errors.ts'
import type { GoogleClient } from '../google/client.ts'
import type { Compute, InstanceTemplate } from '../google/compute.ts'
import type { SecretManager } from '../google/secret-manager.ts'
import { releaseTag } from '../image/reference.ts'
import { tagManifest } from '../image/registry.ts'
import type { Log } from '../ports.ts'
import { makeRelease, type Provenance, type Release } from './release.ts'

export interface PreparePorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
  readonly log: Log
}

export interface PrepareOptions {
  readonly name: string
  readonly baseTemplateName: string
  /** `…@sha256:…` */
  readonly image: string
  readonly secrets: ReadonlyMap<string, { readonly secret: string; readonly version: string }>
  readonly provenance: Provenance
}

/** The release of this image on this base, with its instance template in place. */
export async function prepareRelease(
  { google, compute, secretManager, log }: PreparePorts,
  options: PrepareOptions
): Promise<Release> {
  const { name, baseTemplateName, image, provenance } = options
  const [base, secretLines] = await Promise.all([
    fetchBase(compute, baseTemplateName),
    resolveSecretLines(options.secrets, secretManager),
  ])
  const release = makeRelease({ name, base, image, secretLines, provenance })
  log.info(`Release ${release.id} = ${base.name} + ${image}`)
  if ((await compute.fetchTemplate(release.template.name)) === undefined) {
    // The tag first: a template whose image may be cleaned up could not be rolled back to.
    await tagManifest(google, image, releaseTag(release.id))
    await compute.ensureTemplate(release.template)
  }
  return release
}

async function fetchBase(compute: Compute, name: string): Promise<InstanceTemplate> {
  const base = await compute.fetchTemplate(name)
  if (base) return base
  throw new ActionError(
    'GCP_UNEXPECTED_ANSWER',
    `Compute Engine does not know the base template ${name} that Terraform's outputs name.`,
    { hint: 'Somebody may have deleted it: run the deploy again, so that terraform makes it anew.' }
  )
}

/** `latest` becomes a number here, so that a release stays what it is. Undefined: there are no secrets. */
async function resolveSecretLines(
  secrets: PrepareOptions['secrets'],
  secretManager: SecretManager
): Promise<string | undefined> {
  if (secrets.size === 0) return undefined
  const lines = [...secrets].map(async ([name, { secret, version }]) => {
    return `${name}=${secret}/${await secretManager.resolveVersion(secret, version)}`
  })
  return (await Promise.all(lines)).sort().join('\n')
}
