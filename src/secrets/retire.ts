import { describeError } from '../errors.ts'
import type { Compute } from '../google/compute.ts'
import type { SecretManager, SecretVersion } from '../google/secret-manager.ts'
import type { Log } from '../ports.ts'
import { secretsOf } from '../release/standing.ts'
import { shortName } from './short-name.ts'
import type { SecretConfig } from './wanted.ts'

export interface RetirePorts {
  readonly secretManager: SecretManager
  readonly compute: Compute
  readonly log: Log
}

/** Of every service in the region: a secret may be shared, and the name tells its releases alone. */
const RELEASES = '[a-z][-a-z0-9]*-[0-9a-f]{12}'

export interface RetireFacts {
  /** Versions that can be read, newest first. */
  readonly enabled: readonly SecretVersion[]
  readonly keepSecretVersions: number
  /** Numbers that something relies on. */
  readonly needed: ReadonlySet<string>
}

/** The versions to take out of use, oldest first: neither among the newest nor needed. Pure. */
function decideRetiring({
  enabled,
  keepSecretVersions,
  needed,
}: RetireFacts): readonly SecretVersion[] {
  const surplus = enabled.slice(Math.max(keepSecretVersions, 1))
  return surplus.filter(({ number }) => !needed.has(number)).reverse()
}

/** Whether a secret has more versions that can be read than are to be kept. */
export async function hasSurplus(
  { secretManager }: Pick<RetirePorts, 'secretManager'>,
  secret: string,
  keepSecretVersions: number
): Promise<boolean> {
  return ((await secretManager.listEnabled(secret)) ?? []).length > keepSecretVersions
}

/**
 * Disables the versions of these secrets beyond the newest few, and destroys none. What a standing
 * release names stays, what the input `secrets` pins, and what has an alias. Never rejects: an old
 * version too many is no harm.
 */
export async function retireVersions(
  ports: RetirePorts,
  secrets: readonly string[],
  config: SecretConfig
): Promise<void> {
  const { log } = ports
  try {
    const crowded: (readonly [secret: string, enabled: readonly SecretVersion[]])[] = []
    for (const secret of secrets) {
      const enabled = (await ports.secretManager.listEnabled(secret)) ?? []
      if (enabled.length > config.keepSecretVersions) crowded.push([secret, enabled])
    }
    if (crowded.length === 0) return
    const inUse = await versionsInUse(ports, config)
    for (const [secret, enabled] of crowded) {
      const needed = new Set([...(inUse.get(secret) ?? []), ...(await aliasesOf(ports, secret))])
      await retire(ports, secret, decideRetiring({ ...config, enabled, needed }))
    }
  } catch (error) {
    log.warning(
      `Old versions of secrets were not all disabled, which the next change tries again. ${describeError(error)}`
    )
  }
}

async function retire(
  { secretManager, log }: RetirePorts,
  secret: string,
  versions: readonly SecretVersion[]
): Promise<void> {
  const gone: string[] = []
  for (const version of versions) {
    // Somebody who touched it meanwhile knows why.
    if ((await secretManager.disableVersion(secret, version)) === 'disabled')
      gone.push(version.number)
  }
  if (gone.length === 0) return
  const what = gone.length === 1 ? 'version' : 'versions'
  log.info(`${secret}: disabled ${what} ${gone.join(', ')}, which no release needs any more.`)
}

async function aliasesOf(
  { secretManager }: RetirePorts,
  secret: string
): Promise<readonly string[]> {
  return (await secretManager.findSecret(secret))?.aliased ?? []
}

/** By secret, the numbers that a standing release or the inputs name. */
async function versionsInUse(
  { compute }: RetirePorts,
  { secrets, projectId }: SecretConfig
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const inUse = new Map<string, Set<string>>()
  const templates = await compute.listTemplateMetadata(RELEASES)
  for (const { secret, version } of [...templates.flatMap(secretsOf), ...secrets.values()]) {
    const name = shortName(secret, projectId)
    inUse.set(name, (inUse.get(name) ?? new Set()).add(version))
  }
  return inUse
}
