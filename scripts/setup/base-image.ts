import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Log, run, runOrThrow, timed } from './command.ts'
import { exclusively } from './daemon/exclusive.ts'
import { openArchive } from './debian/packages.ts'
import { rootFilesystemRecipe, writeRootFilesystem } from './debian/root-filesystem.ts'
import type { Engine } from './engine.ts'

/** The image that the sample service is built on. */
export interface BaseImage {
  readonly reference: string
  /** True when Docker Hub could not be reached and the image is one of our own making. */
  readonly standIn: boolean
}

export interface BaseImageOptions {
  readonly workDirectory: string
  readonly log: Log
}

const wanted = 'python:3.12-slim'
const standIn = 'deploy-spot-mig/base:python3'
const recipeLabel = 'deploy-spot-mig.recipe'
/**
 * How long the registry may take to say that it has the image; the layers themselves may take
 * longer.
 */
const registryPatienceMs = 8_000

/**
 * Provides a Python base image: what the engine has, else Docker Hub's, else a stand-in from Debian
 * packages.
 */
export async function ensureBaseImage(
  engine: Pick<Engine, 'environment'>,
  options: BaseImageOptions
): Promise<BaseImage> {
  const environment = { ...process.env, ...engine.environment }
  return await exclusively('base-image', options.log, async () => {
    if (await hasImage(environment, wanted)) return { reference: wanted, standIn: false }
    if (await hasImage(environment, standIn, rootFilesystemRecipe)) {
      return { reference: standIn, standIn: true }
    }
    if (await pull(environment)) {
      options.log(`pulled ${wanted} from Docker Hub`)
      return { reference: wanted, standIn: false }
    }
    options.log(
      `Docker Hub does not answer: ${wanted} is replaced by a stand-in from Debian packages`
    )
    await provideStandIn(environment, options)
    return { reference: standIn, standIn: true }
  })
}

async function hasImage(
  environment: NodeJS.ProcessEnv,
  reference: string,
  recipe?: string
): Promise<boolean> {
  const format = `{{index .Config.Labels "${recipeLabel}"}}`
  const args = ['image', 'inspect', '--format', recipe === undefined ? '' : format, reference]
  const result = await run('docker', args, { environment })
  return result.exitCode === 0 && (recipe === undefined || result.stdout.trim() === recipe)
}

/**
 * False when the registry does not answer in time; once it does, the download may take as long as
 * the line needs.
 */
async function pull(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), registryPatienceMs)
  const onStdout = (): void => clearTimeout(timer)
  const options = { environment, signal: patience.signal, onStdout }
  const result = await run('docker', ['pull', wanted], options)
  clearTimeout(timer)
  return result.exitCode === 0
}

async function provideStandIn(
  environment: NodeJS.ProcessEnv,
  { workDirectory, log }: BaseImageOptions
): Promise<void> {
  const directory = resolve(workDirectory)
  const tarPath = join(directory, 'base-image', `python3-${rootFilesystemRecipe}.tar`)
  if (!(await exists(tarPath))) {
    const archive = await openArchive(join(directory, 'apt'), log)
    await timed(log, `unpacked Debian packages into ${tarPath}`, () =>
      writeRootFilesystem(archive, tarPath)
    )
  }
  const changes = [
    `LABEL ${recipeLabel}=${rootFilesystemRecipe}`,
    'ENV PATH=/usr/local/bin:/usr/bin',
    'CMD ["python3"]',
  ]
  const args = ['import', ...changes.flatMap((change) => ['--change', change]), tarPath, standIn]
  await timed(log, `imported ${standIn}`, () =>
    runOrThrow('docker', args, { environment, hint: 'Is there room on the disk of the engine?' })
  )
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}
