import type { SecretVersion } from '../release/standing.ts'

/** A VM, and the secret versions that its release names. */
export interface VmSecrets {
  readonly vm: string
  readonly release: string
  readonly versions: readonly SecretVersion[]
}

/** A VM that runs with another value of a secret than the wanted one. */
export interface VmBehind {
  readonly vm: string
  readonly release: string
  readonly secrets: readonly OldSecret[]
}

export interface OldSecret {
  readonly secret: string
  /** Version that the VM has read; undefined when it has none of this secret. */
  readonly has: string | undefined
  readonly wanted: string
}

/** The VMs that do not have the wanted version of each secret, in their order. Pure. */
export function findBehind(
  vms: readonly VmSecrets[],
  wanted: readonly SecretVersion[]
): readonly VmBehind[] {
  return vms.flatMap(({ vm, release, versions }) => {
    const secrets = oldSecrets(versions, wanted)
    return secrets.length === 0 ? [] : [{ vm, release, secrets }]
  })
}

/** The secrets of which a release names another version than the wanted one, or none. Pure. */
export function oldSecrets(
  versions: readonly SecretVersion[],
  wanted: readonly SecretVersion[]
): readonly OldSecret[] {
  return wanted.flatMap(({ secret, version }) => {
    const own = versions.filter((one) => one.secret === secret).map((one) => one.version)
    return own.includes(version) ? [] : [{ secret, has: own[0], wanted: version }]
  })
}

/** One line for a VM: `web-x7k2 still has api-key 3 (newest: 4)`. Pure. */
export function describeBehind({ vm, secrets }: VmBehind): string {
  const parts = secrets.map(({ secret, has, wanted }) =>
    has === undefined
      ? `none of ${secret} (newest: ${wanted})`
      : `${secret} ${has} (newest: ${wanted})`
  )
  return `${vm} still has ${parts.join(', ')}`
}
