import { isAvailable, membersOf } from './availability.ts'
import type { GroupSpec, Instance, TargetVersion, Version } from './model.ts'

/** Which member is on a version that the group wants, and what the next instance should be. */
export interface Assignment {
  readonly kept: readonly Instance[]
  /** On a version that the group does not want (any more). */
  readonly stale: readonly Instance[]
  /** On a wanted version of which there are too many. */
  readonly excess: readonly Instance[]
  /** The version that lacks most instances. */
  readonly wanted: Version
}

/** Splits the members by the group's target versions. */
export function assignVersions(spec: GroupSpec, instances: readonly Instance[]): Assignment {
  const members = membersOf(instances).sort(byWorth)
  const sizes = versionSizes(spec)
  const kept: Instance[] = []
  const excess: Instance[] = []
  const stale = members.filter((member) => !spec.versions.some((one) => isOn(member, one)))
  const lacking = sizes.map(({ version, size }) => {
    const on = members.filter((member) => isOn(member, version))
    kept.push(...on.slice(0, size))
    excess.push(...on.slice(size))
    return { version, lack: size - on.length }
  })
  const most = lacking.reduce((one, other) => (other.lack > one.lack ? other : one))
  const { size: _, ...wanted } = most.version
  // What is too much of one version while another lacks some has to change versions.
  if (most.lack > 0) return { kept, stale: [...stale, ...excess], excess: [], wanted }
  return { kept, stale, excess, wanted }
}

/** How many instances each version should have; percent is rounded up, as Google does. */
export function versionSizes(
  spec: GroupSpec
): readonly { readonly version: TargetVersion; readonly size: number }[] {
  let left = spec.targetSize
  const fixed = spec.versions.map((version) => {
    if (version.size === 'rest') return { version, size: undefined }
    const asked =
      'fixed' in version.size
        ? version.size.fixed
        : Math.ceil((version.size.percent * spec.targetSize) / 100)
    const size = Math.min(left, asked)
    left -= size
    return { version, size }
  })
  return fixed.map(({ version, size }) => ({ version, size: size ?? left }))
}

/** Same template and same version name: a new name alone puts every VM out of date. */
export function isOn(instance: Instance, version: Version): boolean {
  return instance.version.template === version.template && instance.version.name === version.name
}

function byWorth(one: Instance, other: Instance): number {
  return Number(isAvailable(other)) - Number(isAvailable(one)) || one.bornAt - other.bornAt
}
