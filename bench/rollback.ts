import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RecordedRequest } from '../emulator/recording.ts'
import { type ActionRun, runAction } from '../emulator/runner/action.ts'
import { type Emulator, startEmulator } from '../emulator/start.ts'
import { median } from './interleave.ts'
import { countServing, furnish, PROJECT, REGION, RELEASES, SERVICE } from './rollback/service.ts'

export interface RollbackFigures {
  readonly vms: number
  readonly rounds: number
  /** From the start of the action's process to the arrival of the PATCH that moves the group. */
  readonly minMs: number
  readonly medianMs: number
  readonly maxMs: number
  /** From the start of the process to the first request, of the same rounds. */
  readonly medianStartMs: number
  /** The PATCH and the token's own ones included. */
  readonly requests: number
}

const ROUNDS = 10
const WARM_UPS = 1
const VMS = 3
/** Waiting for VMs is not what is measured. */
const SPEED = 20
const LOOK_EVERY_MS = 50

/** How soon a rollback is on its way: the bundle that ships, a process of its own, loopback. */
export async function measureRollback(repository: string): Promise<RollbackFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-rollback-'))
  const emulator = await startEmulator({
    speed: SPEED,
    dataDirectory: join(directory, 'cloud'),
    machines: 'simulated',
    provider: 'stand-in',
  })
  try {
    await furnish(emulator, VMS)
    await allServe(emulator, RELEASES[1])
    const rounds: Round[] = []
    for (let round = -WARM_UPS; round < ROUNDS; round++) {
      const to = RELEASES[Math.abs(round) % 2 === 1 ? 0 : 1]
      const measured = await rollBack(emulator, { repository, directory, to })
      if (round >= 0) rounds.push(measured)
    }
    return summarize(rounds)
  } finally {
    await emulator.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

interface Round {
  readonly patchMs: number
  readonly startMs: number
  readonly requests: number
}

interface Rollback {
  readonly repository: string
  readonly directory: string
  readonly to: string
}

async function rollBack(
  emulator: Emulator,
  { repository, directory, to }: Rollback
): Promise<Round> {
  const from = emulator.requests.length
  const startedAtMs = Date.now()
  const run = await runAction({
    actionDirectory: repository,
    workspace: directory,
    tempDirectory: join(directory, 'runner-temp'),
    inputs: inputsOf(emulator, to),
    environment: {
      ...emulator.environment,
      GITHUB_REPOSITORY: 'mervis/mervis',
      GITHUB_SHA: 'f'.repeat(40),
      GITHUB_REF: 'refs/heads/main',
      GITHUB_RUN_ID: '1',
      GITHUB_ACTOR: 'mervis',
    },
  })
  expectDeployed(run)
  await allServe(emulator, to)
  return roundOf(emulator.requests.slice(from), startedAtMs)
}

function inputsOf({ identities }: Emulator, release: string): Readonly<Record<string, string>> {
  return {
    command: 'rollback',
    release,
    name: SERVICE,
    project_id: PROJECT,
    region: REGION,
    workload_identity_provider: identities.workloadIdentityProvider,
    service_account: identities.deployerEmail,
    state_bucket: identities.stateBucket,
    min_ready: '0s',
  }
}

function expectDeployed({ outputs, annotations }: ActionRun): void {
  if (outputs.get('outcome') === 'deployed') return
  throw new Error(`the rollback failed: ${annotations.map(({ text }) => text).join('\n')}`)
}

/** VMs of the emulator ask, too: only what the action asks counts. */
function roundOf(requests: readonly RecordedRequest[], startedAtMs: number): Round {
  const sent = requests
    .filter(({ path }) => !path.startsWith('/v2/token'))
    .map(({ method, at }) => ({ method, afterMs: Date.parse(at) - startedAtMs }))
    .sort((one, other) => one.afterMs - other.afterMs)
  const patch = sent.findIndex(({ method }) => method === 'PATCH')
  return {
    patchMs: sent[patch]?.afterMs ?? Number.NaN,
    startMs: sent[0]?.afterMs ?? Number.NaN,
    requests: patch + 1,
  }
}

async function allServe(emulator: Emulator, release: string): Promise<void> {
  while (countServing(emulator, release) < VMS) await sleep(LOOK_EVERY_MS)
}

function summarize(rounds: readonly Round[]): RollbackFigures {
  const patchMs = rounds.map((round) => round.patchMs)
  return {
    vms: VMS,
    rounds: rounds.length,
    minMs: Math.min(...patchMs),
    medianMs: median(patchMs),
    maxMs: Math.max(...patchMs),
    medianStartMs: median(rounds.map(({ startMs }) => startMs)),
    requests: Math.max(...rounds.map(({ requests }) => requests)),
  }
}
