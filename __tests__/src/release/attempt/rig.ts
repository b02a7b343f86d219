import { GoogleClient } from '../../../../src/google/client.ts'
import { Compute } from '../../../../src/google/compute.ts'
import { resolveEndpoints } from '../../../../src/google/endpoints.ts'
import { ObjectStore } from '../../../../src/google/object-store.ts'
import { SecretManager } from '../../../../src/google/secret-manager.ts'
import { asList, asRecord, type JsonRecord, parseJson } from '../../../../src/lib/json.ts'
import type { Http, HttpRequest } from '../../../../src/ports.ts'
import { attemptRelease } from '../../../../src/release/attempt/attempt.ts'
import type { Attempted } from '../../../../src/release/attempt/attempted.ts'
import { handOver } from '../../../../src/release/attempt/hand-over.ts'
import type { Trail } from '../../../../src/release/attempt/trail.ts'
import { type CloudVm, FakeCloud } from '../../../fakes/fake-cloud.ts'
import { fixedTokens } from '../../../fakes/fixed-tokens.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { Timeline } from '../../../fakes/timeline.ts'

export const LEDGER = 'mervis/releases.json'
export const LOCK = 'mervis/deploy.lock'

const DIGESTS: Readonly<Record<string, string>> = {
  seed: 'a0',
  good1: 'a1',
  good2: 'a2',
  bad: 'bb',
  mute: 'cc',
}

/** The image of a release, by digest. */
export function imageOf(release: string): string {
  const pair = DIGESTS[release] ?? 'ff'
  return `europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis@sha256:${pair.repeat(32)}`
}

export interface RunOptions {
  readonly holder?: string
  readonly autoRollback?: boolean
  readonly cancel?: AbortController
  readonly trail?: Trail
  readonly kind?: 'deploy' | 'rollback'
  readonly commit?: string
  /** What every request of this run passes; one that never settles is one of a dead run. */
  readonly through?: (
    request: HttpRequest,
    send: () => ReturnType<Http['send']>
  ) => ReturnType<Http['send']>
}

/**
 * A group of one VM, its bucket, and runs that attempt releases on it. Releases called `bad` report
 * that they crash, those called `mute` never report; every other one is ready as soon as it is rolled.
 */
export class Rig {
  readonly clock = new Timeline()
  readonly cloud = new FakeCloud(this.clock)
  readonly bucket = this.cloud.bucket
  readonly log = new RecordingLog()

  constructor() {
    this.cloud.vms = [{ name: 'mervis-seed' }]
    this.cloud.onRoll = (release) => {
      this.cloud.vms = [vmOf(release)]
    }
    for (const release of Object.keys(DIGESTS)) {
      this.cloud.templates.set(`mervis-${release}`, {
        selfLink: `https://www.googleapis.com/compute/v1/t/mervis-${release}`,
      })
      const digest = imageOf(release).split('@')[1] ?? ''
      this.cloud.manifests.set(release, { digest, config: digest })
    }
  }

  /** The release that the group is on. */
  get groupIsOn(): string {
    return this.cloud.group.versions[0]?.name ?? ''
  }

  get entries(): readonly JsonRecord[] {
    const file = asRecord(parseJson(this.bucket.text(LEDGER) ?? '{}'))
    return asList(file['entries']).map(asRecord)
  }

  /** Release and outcome of each attempt, oldest first. */
  get history(): readonly string[] {
    return this.entries.map(({ release, outcome }) => `${String(release)} ${String(outcome)}`)
  }

  attempt(release: string, options: RunOptions = {}): Promise<Attempted> {
    return this.clock.play(this.begin(release, options))
  }

  /** The same without letting time pass: for two at once. */
  begin(release: string, options: RunOptions = {}): Promise<Attempted> {
    const { cancel = new AbortController(), holder = `run-${release}` } = options
    const { clock, log } = this
    const lasting = new AbortController()
    return attemptRelease(
      {
        ...this.#clients(options, cancel.signal),
        clock,
        log,
        lasting: this.#lasting(options, lasting),
      },
      {
        group: 'mervis',
        prefix: 'mervis',
        release: {
          id: release,
          template: { name: `mervis-${release}`, description: '', properties: {} },
        },
        policy: {
          release,
          image: imageOf(release),
          minReadyMs: 10_000,
          progressDeadlineMs: 120_000,
        },
        kind: options.kind ?? 'deploy',
        provenance: {
          commit: options.commit ?? 'c0ffee',
          ref: 'refs/heads/main',
          runUrl: `https://github.com/mervis/mervis/actions/runs/${holder}`,
          actor: 'ada',
        },
        holder,
        autoRollback: options.autoRollback ?? true,
        signal: cancel.signal,
        trail: options.trail,
      }
    )
  }

  /** What the post step does for a run that was killed. */
  finish(holder: string, options: RunOptions = {}): Promise<void> {
    const signal = new AbortController().signal
    const { clock, log } = this
    return clock.play(
      handOver(
        { ...this.#clients(options, signal), clock, log },
        {
          group: 'mervis',
          prefix: 'mervis',
          holder,
          signal,
        }
      )
    )
  }

  #lasting(options: RunOptions, controller: AbortController) {
    const { compute, store } = this.#clients(options, controller.signal)
    return { compute, store, signal: controller.signal }
  }

  #clients({ through }: RunOptions, signal: AbortSignal) {
    const http: Http = through
      ? { send: (request) => through(request, () => this.cloud.send(request)) }
      : this.cloud
    const google = new GoogleClient(
      { http, tokens: fixedTokens, clock: this.clock, log: this.log },
      {
        endpoints: resolveEndpoints('europe-west1', {}),
        projectId: 'mervis-demo',
        signal,
        random: () => 0.5,
      }
    )
    return {
      google,
      compute: new Compute(google, { projectId: 'mervis-demo', region: 'europe-west1' }),
      secretManager: new SecretManager(google, 'mervis-demo'),
      store: new ObjectStore(google, 'mervis-demo-tfstate'),
    }
  }
}

function vmOf(release: string): CloudVm {
  const vm = { name: `vm-${release}`, version: release, health: 'HEALTHY' }
  if (release === 'mute') return { ...vm, health: 'TIMEOUT' }
  const said = { release, image: imageOf(release) }
  if (release !== 'bad') return { ...vm, report: { phase: 'ready', detail: '', ...said } }
  const failed = { phase: 'failed', detail: 'container exited with code 3', log: 'no settings' }
  return { ...vm, health: 'UNHEALTHY', report: { ...failed, ...said } }
}
