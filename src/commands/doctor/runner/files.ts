import { posix } from 'node:path'
import type { Files } from '../../../ports.ts'
import { broken, doubtful, type Finding, ok, unknown } from '../check.ts'
import { CHECKOUT } from './steps.ts'

/** What is there, and how much room is left. */
export interface Disk {
  /** Undefined for what is not there. */
  kindOf(path: string): Promise<'file' | 'folder' | undefined>
  freeBytes(path: string): Promise<number>
}

const GB = 1e9
/** A small image with its layers, its archive, and terraform's provider. */
const LEAST_BYTES = 1 * GB
const ENOUGH_BYTES = 5 * GB
const MAKE_ROOM =
  'docker system prune --all --force && sudo rm -rf /usr/share/dotnet /usr/local/lib/android'

/** Whether the folder that goes into the image is there; with a URL nobody looks. */
export async function lookAtContext(disk: Disk, context: string): Promise<Finding> {
  if (isRemote(context)) return ok(`${context} is fetched by the builder.`)
  const kind = await disk.kindOf(context)
  if (kind === 'folder') return ok(`${context} is a folder.`)
  if (kind === 'file')
    return broken(
      `The input "context" names a file: ${context}.`,
      `with:\n  context: ${posix.dirname(context)}`
    )
  return broken(
    `There is no folder ${context}. Check the repository out before this step:`,
    CHECKOUT
  )
}

/** Whether there is something to build. */
export async function lookAtDockerfile(
  disk: Disk,
  { context, dockerfile }: { readonly context: string; readonly dockerfile: string | undefined }
): Promise<Finding> {
  if (isRemote(context)) return ok('It is fetched by the builder.')
  const path = dockerfile ?? posix.join(context, 'Dockerfile')
  const kind = await disk.kindOf(path)
  if (kind === 'file') return ok(`${path} is there.`)
  const what = kind === 'folder' ? 'is a folder' : 'is not there'
  return broken(
    `${path} ${what}. Check the repository out before this step, or name the file:`,
    'with:\n  dockerfile: PATH/TO/Dockerfile'
  )
}

/** Whether one's own configuration is there; the bundled one always is. */
export async function lookAtConfiguration(
  disk: Disk,
  directory: string | undefined
): Promise<Finding> {
  if (directory === undefined) return ok('The bundled configuration is used.')
  if ((await disk.kindOf(directory)) === 'folder') return ok(`${directory} is a folder.`)
  return broken(
    `The input "terraform_directory" names ${directory}, which is no folder. Check the repository out before this step:`,
    CHECKOUT
  )
}

/** The place with the least room decides. */
export async function lookAtRoom(disk: Disk, paths: readonly string[]): Promise<Finding> {
  const rooms = await Promise.all(
    paths.map(async (path) => ({ path, bytes: await disk.freeBytes(path) }))
  )
  const [least] = rooms.toSorted((a, b) => a.bytes - b.bytes)
  if (least === undefined) return unknown('No folder is known.')
  const said = `${(least.bytes / GB).toFixed(1)} GB are free at ${least.path}`
  if (least.bytes < LEAST_BYTES) return broken(`${said}: too little for a build.`, MAKE_ROOM)
  if (least.bytes < ENOUGH_BYTES) return doubtful(`${said}: little for a build.`, MAKE_ROOM)
  return ok(`${said}.`)
}

/** Credentials and plans are written there. */
export async function lookAtTemp(
  files: Pick<Files, 'writePrivate' | 'remove'>,
  directory: string,
  name: string
): Promise<Finding> {
  const folder = posix.join(directory, name)
  try {
    await files.writePrivate(posix.join(folder, 'probe'), 'probe')
    await files.remove(folder)
    return ok(`${directory} can be written to.`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return broken(
      `Nothing can be written to RUNNER_TEMP (${why}).`,
      `sudo install -d -o "$(id -u)" ${directory}`
    )
  }
}

function isRemote(context: string): boolean {
  return /^(https?:|git@|git:|ssh:)/.test(context)
}
