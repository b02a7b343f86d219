import { type GoogleStub, type GoogleStubOptions, startGoogleStub } from './google-stub.ts'
import { createMachine, type DockerScript, type Machine, type Run } from './machine.ts'

export const IMAGE = `europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis@sha256:${'5e'.repeat(32)}`
export const RELEASE = 'a1b2c3d4e5f6'

/** A docker whose container has a HEALTHCHECK that passes at once. */
export const HEALTHY: DockerScript = { run: 'echo c0ffee', inspect: 'echo health_status: healthy' }

/** A docker whose container has no HEALTHCHECK, and goes on running. */
export const RUNNING: DockerScript = {
  inspect: 'echo health_status: none',
  events: 'exec sleep 20',
}

/** A docker whose container exits, and is started again as often as that. */
export const CRASHING: DockerScript = {
  inspect: 'echo health_status: none',
  events: 'echo die 3; echo die 0; exec sleep 20',
}

export interface Boot extends Run {
  readonly google: GoogleStub
  readonly machine: Machine
  readonly phases: readonly string[]
}

export interface BootOptions extends GoogleStubOptions {
  readonly docker?: DockerScript
}

/** Calls `then` with one booted VM, and takes the VM away afterwards. */
export async function withBoot(
  options: BootOptions,
  then: (boot: Boot) => Promise<void> | void
): Promise<void> {
  await withMachine(options, async (google, machine) => {
    const run = await machine.run('startup.sh')
    await then({ ...run, google, machine, phases: google.reports.map((report) => report.phase) })
  })
}

/** The same before anything has run on it. */
export async function withMachine(
  options: BootOptions,
  then: (google: GoogleStub, machine: Machine) => Promise<void>
): Promise<void> {
  const google = await startGoogleStub({
    ...options,
    attributes: { 'app-image': IMAGE, 'app-release': RELEASE, ...options.attributes },
  })
  const machine = await createMachine(google, { ...HEALTHY, ...options.docker })
  try {
    await then(google, machine)
  } finally {
    await machine.dispose()
    await google.close()
  }
}
