import { findOnPath, run } from './command.ts'

/** The terraform on PATH, which the action prefers to downloading one. */
export interface InstalledTerraform {
  readonly path: string
  readonly version: string
}

/**
 * Only looks: where none is found the action itself downloads its pinned version, which needs the
 * real internet.
 */
export async function findTerraform(): Promise<InstalledTerraform | undefined> {
  const path = await findOnPath('terraform')
  if (path === undefined) return undefined
  const { exitCode, stdout } = await run(path, ['version', '-json'])
  const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1]
  return exitCode === 0 && version !== undefined ? { path, version } : undefined
}
