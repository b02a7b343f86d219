/** A secret of this project is the same with and without the project in front. */
export function shortName(secret: string, projectId: string): string {
  const prefix = `projects/${projectId}/secrets/`
  return secret.startsWith(prefix) ? secret.slice(prefix.length) : secret
}
