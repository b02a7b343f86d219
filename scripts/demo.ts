import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Workflows } from '../emulator/runner/workflows.ts'
import { type Emulator, startEmulator } from '../emulator/start.ts'
import { createSettings, lookAtVms, PORT, SERVICE, type Settings } from './demo/cloud.ts'
import { Developer } from './demo/developer.ts'
import { Narrator } from './demo/narrator.ts'
import { type DemoOptions, explained, parseOptions, USAGE } from './demo/options.ts'
import { type ActReport, findDisappointments, renderReport, renderVms } from './demo/report.ts'
import { DemoRepository } from './demo/repository.ts'
import { breakService } from './demo/service.ts'
import { play } from './demo/story.ts'
import { fetchText, NO_VISITS, Visitor } from './demo/visitor.ts'
import { ensureBaseImage } from './setup/base-image.ts'
import { type Engine, ensureEngine } from './setup/engine.ts'
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
  const error = interrupt.signal.aborted ? INTERRUPTED : explained(failure)
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
  await using cleanUp = new AsyncDisposableStack()
  cleanUp.defer(() => engine.stop())
  cleanUp.defer(() => rm(directory, { recursive: true, force: true }))
  interrupt.signal.throwIfAborted()
  await mkdir(directory, { recursive: true })
  const [repository, baseImage] = await Promise.all([
    DemoRepository.create(REPOSITORY, join(directory, 'repository')),
    ensureBaseImage(engine, setup),
  ])
  interrupt.signal.throwIfAborted()

  const emulator = await startEmulator({
    port: options.port,
    machines: options.machines,
    speed: SPEED,
    dataDirectory: join(directory, 'cloud'),
    dockerHost: engine.dockerHost,
    // The docker that was fetched is on the engine's PATH, not on that of this process.
    path: engine.environment['PATH'] ?? process.env['PATH'] ?? '',
  })
  cleanUp.defer(() => emulator.stop())
  log(`an emulated Google Cloud and GitHub answer at ${emulator.url}`)
  log(`watch it in a browser: ${emulator.url}/console`)
  const settings = createSettings(emulator, baseImage.reference)
  const acts = await perform({ options, directory, repository, engine, emulator, settings })
  await conclude({ options, emulator, acts, totalMs: performance.now() - startedAt })
  if (options.keep && !interrupt.signal.aborted) await untilInterrupted(emulator)
}

interface Scenery {
  readonly options: DemoOptions
  readonly directory: string
  readonly repository: DemoRepository
  readonly engine: Engine
  readonly emulator: Emulator
  readonly settings: Settings
}

/** Runs the story through this repository's own workflow files, with a visitor who counts. */
async function perform(scenery: Scenery): Promise<readonly ActReport[]> {
  const { options, repository, emulator, settings } = scenery
  const workflows = openWorkflows(scenery)
  const { traffic } = emulator.console
  const front = await emulator.compute.openFront({ group: SERVICE })
  let visitor: Visitor | undefined
  try {
    return await play({
      developer: new Developer({ repository, workflows, github: emulator.github }),
      github: emulator.github,
      narrator,
      signal: interrupt.signal,
      lookAtVms: () => lookAtVms(emulator),
      takeVisits: () => visitor?.take() ?? NO_VISITS,
      startVisitor: () => {
        visitor = new Visitor(`${front.url}/`, (answer) =>
          traffic.count('visitor', answer ?? { release: undefined })
        )
      },
      breakNext: (folder) => {
        if (options.machines === 'simulated') settings.playCrash()
        return breakService(folder)
      },
    })
  } finally {
    await visitor?.stop()
  }
}

function openWorkflows({ directory, repository, engine, emulator, settings }: Scenery): Workflows {
  return new Workflows({
    repositoryDirectory: repository.directory,
    directory: join(directory, 'runner'),
    github: emulator.github,
    oidc: emulator.oidc,
    environment: { ...emulator.environment, ...engine.environment },
    vars: settings.variables,
    secrets: {},
    onLine: (line, place) => narrator.runLine(line, place),
    signal: interrupt.signal,
  })
}

interface Ending {
  readonly options: DemoOptions
  readonly emulator: Emulator
  readonly acts: readonly ActReport[]
  readonly totalMs: number
}

async function conclude({ options, emulator, acts, totalMs }: Ending): Promise<void> {
  const vms = acts.at(-1)?.vms ?? []
  const url = vms[0] ? `http://${vms[0].address}:${PORT}/` : ''
  narrator.heading('What happened')
  narrator.line(renderReport(acts))
  if (vms.length > 0) {
    narrator.heading('What runs where')
    narrator.line(renderVms(vms, PORT))
  }
  if (url !== '') narrator.line(`  ${url} answers: ${(await fetchText(url)).trim()}`)
  const disappointments = findDisappointments(acts)
  if (options.jsonPath !== undefined) {
    const data = {
      machines: options.machines,
      url,
      totalMs: Math.round(totalMs),
      acts,
      disappointments,
    }
    await writeFile(options.jsonPath, `${JSON.stringify(data, null, 2)}\n`)
  }
  const page = options.keep ? '' : ' (--keep leaves it open)'
  narrator.line(`\nThe console: ${emulator.url}/console${page}`)
  if (disappointments.length === 0) {
    narrator.line(`Done in ${(totalMs / 1000).toFixed(1)} s.`)
    return
  }
  narrator.heading('This is not what the demo promises')
  for (const disappointment of disappointments) narrator.line(`- ${disappointment}`)
  process.exitCode = 1
}

async function untilInterrupted({ url }: Emulator): Promise<void> {
  narrator.line(`The cloud stays as it is, ${url}/console too; Ctrl-C ends it.`)
  const { promise, resolve: end } = Promise.withResolvers<void>()
  // A signal alone does not keep a process alive.
  const alive = setInterval(() => undefined, 60_000)
  interrupt.signal.addEventListener('abort', () => end(), { once: true })
  await promise
  clearInterval(alive)
}
