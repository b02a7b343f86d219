import { ActionError } from '../../errors.ts'

export interface ComputeScope {
  readonly projectId: string
  readonly region: string
}

/** `zones/Z` or `regions/R`, with or without project and host in front of it. */
const LINK =
  /^(?:https:\/\/[^?#]*?\/)?(?:projects\/([^/]+)\/)?(zones|regions)\/([^/]+)\/instanceGroupManagers\/([^/?#]+)$/
/** https://cloud.google.com/compute/docs/naming-resources */
const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/

/**
 * The API path of a group: of a plain name in the scope's region, or of the zonal or regional group
 * that an id or a URL names.
 *
 * @throws ActionError TERRAFORM_OUTPUTS when it is none of these
 */
export function groupPath(reference: string, { projectId, region }: ComputeScope): string {
  if (NAME.test(reference)) {
    return `projects/${projectId}/regions/${region}/instanceGroupManagers/${reference}`
  }
  const [, project = projectId, kind, location, name] = LINK.exec(reference) ?? []
  if (name === undefined || !NAME.test(name)) {
    throw new ActionError(
      'TERRAFORM_OUTPUTS',
      `The instance group "${reference}" is neither the name of a regional group nor the id of a zonal or regional one.`,
      {
        hint: 'Let the output group_name be the name or the id of the group: value = google_compute_instance_group_manager.main.id',
      }
    )
  }
  return `projects/${project}/${kind}/${location}/instanceGroupManagers/${name}`
}

/** What people call the group: the last part of a name, an id or a URL. */
export function groupName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

/** The API path of an instance template: a plain name is one of the scope's region. */
export function templatePath(reference: string, { projectId, region }: ComputeScope): string {
  const [, project = projectId, place, name] =
    /(?:projects\/([^/]+)\/)?(global|regions\/[^/]+)\/instanceTemplates\/([^/?#]+)/.exec(
      reference
    ) ?? []
  return name === undefined
    ? `projects/${projectId}/regions/${region}/instanceTemplates/${reference}`
    : `projects/${project}/${place}/instanceTemplates/${name}`
}
