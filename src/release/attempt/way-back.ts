import type { GoogleClient } from '../../google/client.ts'
import type { Compute, InstanceTemplate } from '../../google/compute.ts'
import type { SecretManager } from '../../google/secret-manager.ts'
import { digestOf, repositoryOf } from '../../image/reference.ts'
import { findDigest } from '../../image/registry.ts'
import { asText } from '../../lib/json.ts'
import type { Log } from '../../ports.ts'
import { waysBackFrom } from '../choice/lineage.ts'
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts'
import type { Destination } from '../move.ts'
import { secretsOf } from '../standing.ts'

export interface WayBackPorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly secretManager: SecretManager
  readonly log: Log
}

/** A release to go back to, with what is needed to move the group there and to watch it arrive. */
export interface WayBack extends Destination {
  /** `…@sha256:…` */
  readonly image: string
  readonly machineType: string | undefined
}

/**
 * The nearest release below this one of which everything is still there: instance
 * template, image, secret versions. One that has lost its image or a secret is still better than
 * none, as VMs that run it need neither; one without template is none. Undefined when there is none.
 */
export async function chooseWayBack(
  ports: WayBackPorts,
  ledger: Ledger,
  otherThan: string
): Promise<WayBack | undefined> {
  const damaged: WayBack[] = []
  for (const entry of waysBackFrom(ledger, otherThan)) {
    const template = await ports.compute.fetchTemplate(entry.template)
    if (template === undefined) continue
    const wayBack = {
      release: entry.release,
      image: entry.image,
      templateLink: template.selfLink,
      machineType: asText(template.properties['machineType']) || undefined,
    }
    const losses = await findLosses(ports, entry, template)
    if (losses.length === 0) return wayBack
    ports.log.warning(`Release ${entry.release} is not whole any more: ${losses.join('; ')}`)
    damaged.push(wayBack)
  }
  return damaged[0]
}

/** What a new VM of the release would miss, in words; empty when it would start. */
async function findLosses(
  { google, secretManager }: WayBackPorts,
  { image }: LedgerEntry,
  template: InstanceTemplate
): Promise<readonly string[]> {
  const imageLoss = findDigest(google, repositoryOf(image), digestOf(image)).then(
    (digest) => (digest ? '' : `the registry has no ${image}`),
    describe
  )
  const secretLosses = secretsOf(template).map(({ secret, version }) =>
    secretManager.resolveVersion(secret, version).then(() => '', describe)
  )
  const losses = await Promise.all([imageLoss, ...secretLosses])
  return losses.filter((loss) => loss !== '')
}

// A question that fails is a loss as well: what cannot be seen cannot be relied on.
function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
