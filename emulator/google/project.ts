/** The one project of this cloud. */
export interface Project {
  readonly id: string
  readonly number: string
}

/** The resource name with the project's id in it, whether the client wrote id, number or `-`. */
export function canonicalName(project: Project, name: string): string {
  return name.replace(/^projects\/([^/]+)/, (written, given: string) =>
    given === project.number || given === '-' ? `projects/${project.id}` : written
  )
}
