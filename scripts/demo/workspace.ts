import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const PARTS = ['app', 'Dockerfile', '.dockerignore']

/** A copy of the sample service, so that the demo may change it as a developer would. */
export async function createWorkspace(repository: string, workspace: string): Promise<void> {
  await mkdir(workspace, { recursive: true })
  await Promise.all(
    PARTS.map((part) => cp(join(repository, part), join(workspace, part), { recursive: true }))
  )
}

/** The change of the second deploy: another version in app/version.py. Returns the new version. */
export async function raiseVersion(workspace: string): Promise<string> {
  const path = join(workspace, 'app', 'version.py')
  const source = await readFile(path, 'utf8')
  const [, major, minor] = /VERSION[^=]*= *"(\d+)\.(\d+)\.\d+"/.exec(source) ?? []
  if (major === undefined) throw new Error('app/version.py holds no VERSION = "x.y.z"')
  const version = `${major}.${Number(minor) + 1}.0`
  await writeFile(path, source.replace(/"\d+\.\d+\.\d+"/, `"${version}"`))
  return version
}
