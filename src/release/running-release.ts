import type { Compute } from '../google/compute.ts'
import { type RunningRelease, readRunning } from './preview.ts'

/** The release that the group is on; undefined before there is a group, or a release on it. */
export async function findRunning(
  compute: Compute,
  group: string
): Promise<RunningRelease | undefined> {
  const found = await compute.findGroup(group)
  const [version] = found?.versions ?? []
  if (found === undefined || version === undefined || version.name === '') return undefined
  const template = await compute.fetchTemplate(version.instanceTemplate)
  return template && readRunning(version.name, template, found.targetSize)
}
