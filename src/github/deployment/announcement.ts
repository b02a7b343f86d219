import { ActionError, describeError } from '../../errors.ts'
import type { JsonRecord } from '../../lib/json.ts'
import type { Clock, Log } from '../../ports.ts'
import type { GitHubClient } from '../api/client.ts'
import { addStatus, createDeployment, type DeploymentState } from './deployments.ts'
import { findEarlier, hasJobItsOwn, type ServiceIdentity } from './neighbours.ts'

export interface AnnouncementPorts {
  /** GitHub until the signal aborts; undefined where the job has no token for it. */
  readonly client: (signal: AbortSignal) => GitHubClient | undefined
  readonly clock: Clock
  readonly log: Log
  /** Takes secrets out of what is shown. */
  readonly redact: (text: string) => string
  /** Told which deployment somebody else must end should this run be killed; 0: none any more. */
  readonly keep: (deployment: number) => void
}

export interface AnnouncementOptions extends ServiceIdentity {
  /** Name of the GitHub environment; undefined: nothing is announced. */
  readonly environment: string | undefined
  readonly commit: string
  readonly runUrl: string
  /** Random id of this run. */
  readonly holder: string
  /** Ends all of it; it should outlive a cancel for some seconds. */
  readonly signal: AbortSignal
}

/** What is rolled out, as far as it is known. */
export interface Announced {
  readonly release?: string
  readonly image?: string
  /** Of which it is made, if not of the run's own. */
  readonly commit?: string
}

/** Tells GitHub of one rollout. Nothing of it throws or costs the rollout anything but its end a moment. */
export interface Announcement {
  /** To be said once release and image are known: GitHub takes no word about them later. */
  begun(what: Announced): void
  /** Resolves when GitHub knows, or has been given up. */
  succeeded(said: { readonly description: string; readonly url: string }): Promise<void>
  /** The same for a failure, also before anything was begun, and after a cancel. */
  failed(said: { readonly description: string; readonly isCancelled: boolean }): Promise<void>
}

/** How long the end of a run may wait for GitHub. */
const PATIENCE_MS = 20_000

const SILENT: Announcement = {
  begun: () => undefined,
  succeeded: async () => undefined,
  failed: async () => undefined,
}

/**
 * Shows a rollout as a deployment of the environment, unless the job itself has that environment,
 * whose deployment GitHub then shows anyway. What GitHub refuses is one warning.
 */
export function announce(ports: AnnouncementPorts, options: AnnouncementOptions): Announcement {
  const { environment, signal } = options
  if (environment === undefined) return SILENT
  const stop = new AbortController()
  const client = ports.client(AbortSignal.any([signal, stop.signal]))
  if (client === undefined) {
    ports.log.warning(
      `No deployment to ${environment} is shown: the input \`github_token\` is empty.`
    )
    return SILENT
  }
  return new DeploymentAnnouncement({ ports, options: { ...options, environment }, client, stop })
}

interface Parts {
  readonly ports: AnnouncementPorts
  readonly options: AnnouncementOptions & { readonly environment: string }
  readonly client: GitHubClient
  readonly stop: AbortController
}

class DeploymentAnnouncement implements Announcement {
  readonly #parts: Parts
  /** Asked at once: while everything else is made ready there is time for it. */
  readonly #isShownAnyway: Promise<boolean>
  #deployment: Promise<number | undefined> | undefined
  /** Of the same service, still shown as active. */
  #earlier: Promise<readonly number[] | undefined> = Promise.resolve([])
  /** Why what is still asked for at the end need not be answered. */
  readonly #done = new Error('nobody waits for it any more')
  #isOver = false
  #hasWarned = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#isShownAnyway = hasJobItsOwn(parts.client, parts.options)
    // Asked for once there is something to announce.
    this.#isShownAnyway.catch(() => undefined)
  }

  begun(what: Announced): void {
    this.#deployment ??= this.#guarded(() => this.#create(what))
  }

  succeeded({ description, url }: { readonly description: string; readonly url: string }) {
    return this.#end(async (id) => {
      const earlier = (await this.#earlier) ?? []
      await Promise.all([
        this.#say(id, 'success', { description, url }),
        ...earlier.map((other) => this.#say(other, 'inactive', { description: '', url: '' })),
      ])
    })
  }

  failed({ description, isCancelled }: { description: string; isCancelled: boolean }) {
    // A cancel leaves no time to begin with something.
    if (isCancelled && this.#deployment === undefined) return Promise.resolve()
    return this.#end((id) => this.#say(id, 'failure', { description, url: '' }))
  }

  async #create({ release, image, commit }: Announced): Promise<number | undefined> {
    const { ports, options, client } = this.#parts
    const { environment, name, projectId, region, holder } = options
    if (await this.#isShownAnyway) {
      ports.log.debug(`GitHub shows the deployment to ${environment} that the job itself has.`)
      return undefined
    }
    const payload: JsonRecord = {
      ...(release !== undefined && { release }),
      ...(image !== undefined && { image }),
      name,
      project: projectId,
      region,
      holder,
    }
    const description = release === undefined ? name : `Release ${release} of ${name}`
    const sha = commit ?? options.commit
    const wanted = { environment, sha, description, payload, key: 'holder' }
    const id = await createDeployment(client, wanted)
    ports.keep(id)
    this.#earlier = this.#guarded(() => findEarlier(client, options, id))
    await this.#say(id, 'in_progress', { description, url: '' })
    return id
  }

  async #end(work: (id: number) => Promise<void>): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    const { ports, stop } = this.#parts
    const enough = new AbortController()
    ports.clock
      .sleep(PATIENCE_MS, enough.signal)
      .then(() => stop.abort(tooLate()))
      // Nothing to give up any more.
      .catch(() => undefined)
    this.begun({})
    const id = await this.#deployment
    if (id !== undefined) {
      const isDone = await this.#guarded(() => work(id).then(() => true))
      if (isDone) ports.keep(0)
    }
    enough.abort(this.#done)
    stop.abort(this.#done)
  }

  #say(id: number, state: DeploymentState, said: { description: string; url: string }) {
    const { ports, options, client } = this.#parts
    return addStatus(client, id, {
      state,
      description: ports.redact(said.description),
      logUrl: options.runUrl,
      environmentUrl: said.url,
    })
  }

  /** Undefined after a failure, which is told once: it is the same for whatever comes after it. */
  async #guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { ports, options } = this.#parts
    try {
      return await work()
    } catch (error) {
      const text = `No deployment to ${options.environment} is shown. ${describeError(error)}`
      // After a cancel there is nothing that anybody should mend.
      const isEnded = options.signal.aborted || error === this.#done
      if (this.#hasWarned || isEnded) ports.log.debug(text)
      else ports.log.warning(text)
      this.#hasWarned ||= !isEnded
      return undefined
    }
  }
}

function tooLate(): ActionError {
  const text = `GitHub took longer than ${PATIENCE_MS / 1000} s.`
  return new ActionError('GITHUB_UNREACHABLE', text, { isPassing: true })
}
