import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startEmulator } from '../emulator/start.ts'
import { demoFolders, type Job, PORT, pushToMain, SERVICE } from './demo/deploys.ts'
import { Narrator } from './demo/narrator.ts'
import { type DemoOptions, parseOptions, USAGE } from './demo/options.ts'
import {
  type DeployReport,
  findDisappointments,
  readDeploy,
  renderReport,
  renderVms,
} from './demo/report.ts'
import { fetchText, Visitor } from './demo/visitor.ts'
import { createWorkspace, raiseVersion } from './demo/workspace.ts'
import { ensureBaseImage } from './setup/base-image.ts'
import { ensureEngine } from './setup/engine.ts'
import { ensureStartupPrograms } from './setup/programs.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')
const CACHE = join(REPOSITORY, '.work', 'setup')
/** Google needs a quarter of a minute for a VM; here the same course of events passes faster. */
const SPEED = 10

const narrator = new Narrator(
  (text) => process.stdout.write(`${text}\n`),
  process.stdout.isTTY && !process.env['NO_COLOR']
)
const interrupt = new AbortController()
const INTERRUPTED = new Error('What had been started is stopped.')
process.once('SIGINT', () => interrupt.abort(INTERRUPTED))
process.once('SIGTERM', () => interrupt.abort(INTERRUPTED))

await main().catch((failure: unknown) => {
  // A terminal's Ctrl-C ends child processes as well, and what they say then is of no use.
  const error = interrupt.signal.aborted ? INTERRUPTED : failure
  narrator.heading(error === INTERRUPTED ? 'Interrupted' : 'The demo could not go on')
  narrator.line(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) narrator.line(USAGE)
  else await demonstrate(options)
}

async function demonstrate(options: DemoOptions): Promise<void> {
  const startedAt = performance.now()
  narrator.heading('Preparing this machine')
  const log = (text: string): void => narrator.step(text)
  const setup = { workDirectory: CACHE, log }
  if (options.machines === 'real') await ensureStartupPrograms({ log })
  const engine = await ensureEngine(setup)
  const directory = join(REPOSITORY, '.work', `demo-${process.pid}`)
  const folders = demoFolders(directory)
  await using cleanUp = new AsyncDisposableStack()
  cleanUp.defer(() => engine.stop())
  cleanUp.defer(() => rm(directory, { recursive: true, force: true }))
  interrupt.signal.throwIfAborted()
  await Promise.all([
    mkdir(directory, { recursive: true }),
    createWorkspace(REPOSITORY, folders.workspace),
  ])
  const baseImage = await ensureBaseImage(engine, setup)
  interrupt.signal.throwIfAborted()

  const emulator = await startEmulator({
    machines: options.machines,
    speed: SPEED,
    dataDirectory: folders.dataDirectory,
    dockerHost: engine.dockerHost,
    // The docker that was fetched is on the engine's PATH, not on that of this process.
    path: engine.environment['PATH'] ?? process.env['PATH'] ?? '',
  })
  cleanUp.defer(() => emulator.stop())
  log(`an emulated Google Cloud and GitHub answer at ${emulator.url}`)
  const job: Job = {
    actionDirectory: REPOSITORY,
    ...folders,
    cloud: { ...emulator.identities, environment: emulator.environment },
    baseImage: baseImage.reference,
    engineEnvironment: engine.environment,
    signal: interrupt.signal,
  }
  const front = await emulator.compute.openFront({ group: SERVICE })
  const deploys = await deployThrice(job, front.url)
  await conclude(options, deploys, performance.now() - startedAt)
  if (options.keep && !interrupt.signal.aborted) await untilInterrupted()
}

/** The three pushes; stops after one that failed, since the next ones would only repeat it. */
async function deployThrice(job: Job, frontUrl: string): Promise<readonly DeployReport[]> {
  const deploys: DeployReport[] = []
  const push = async (title: string, visitor?: Visitor): Promise<boolean> => {
    narrator.heading(title)
    visitor?.take()
    const run = await pushToMain(job, narrator)
    const requests = visitor?.take() ?? { total: 0, failed: 0, failures: [], versions: {} }
    interrupt.signal.throwIfAborted()
    deploys.push(readDeploy(run, requests))
    return run.exitCode === 0
  }
  if (!(await push('First deploy: nothing is there yet'))) return deploys
  const visitor = new Visitor(`${frontUrl}/`)
  try {
    const version = await raiseVersion(job.workspace)
    if (
      await push(
        `Second deploy: app/ changed to version ${version}, a visitor keeps asking`,
        visitor
      )
    ) {
      await push('Third deploy: nothing changed', visitor)
    }
  } finally {
    await visitor.stop()
  }
  return deploys
}

async function conclude(
  options: DemoOptions,
  deploys: readonly DeployReport[],
  totalMs: number
): Promise<void> {
  const vms = deploys.at(-1)?.vms ?? []
  const url = vms[0] ? `http://${vms[0].address}:${PORT}/` : ''
  narrator.heading('What happened')
  narrator.line(renderReport(deploys))
  if (vms.length > 0) {
    narrator.heading('What runs where')
    narrator.line(renderVms(vms, PORT))
  }
  if (url !== '') narrator.line(`  ${url} answers: ${(await fetchText(url)).trim()}`)
  const disappointments = findDisappointments(deploys)
  if (options.jsonPath !== undefined) {
    const data = {
      machines: options.machines,
      url,
      totalMs: Math.round(totalMs),
      deploys,
      disappointments,
    }
    await writeFile(options.jsonPath, `${JSON.stringify(data, null, 2)}\n`)
  }
  if (disappointments.length === 0) {
    narrator.line(`\nDone in ${(totalMs / 1000).toFixed(1)} s.`)
    return
  }
  narrator.heading('This is not what the demo promises')
  for (const disappointment of disappointments) narrator.line(`- ${disappointment}`)
  process.exitCode = 1
}

async function untilInterrupted(): Promise<void> {
  narrator.line('The cloud stays as it is; Ctrl-C ends it.')
  const { promise, resolve: end } = Promise.withResolvers<void>()
  // A signal alone does not keep a process alive.
  const alive = setInterval(() => undefined, 60_000)
  interrupt.signal.addEventListener('abort', () => end(), { once: true })
  await promise
  clearInterval(alive)
}
