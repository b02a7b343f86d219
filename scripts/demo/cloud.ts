import type { Emulator } from '../../emulator/start.ts'
import type { Vm } from './report.ts'

/** Name of the service and of its group. */
export const SERVICE = 'mervis'
/** Where its container listens. */
export const PORT = 8080
const GREETING = 'GREETING=Hello from the emulated cloud'
/** How a simulated VM is told that the service in it ends at once; a real one runs what was pushed. */
const PLAYED_CRASH = 'EMULATED_APP=crash'

/** Variables of the repository: what a person enters once under "Settings". */
export interface Settings {
  readonly variables: Readonly<Record<string, string>>
  playCrash(): void
}

/** Prepares the project as its owner would, and says what this repository's own workflows want to know of it. */
export function createSettings(emulator: Emulator, baseImage: string): Settings {
  // terraform/bootstrap switches it on: without prices a plan cannot say what it costs.
  emulator.cloud.services.set('cloudbilling.googleapis.com', true)
  const { projectId, workloadIdentityProvider, deployerEmail, stateBucket } = emulator.identities
  const variables: Record<string, string> = {
    GCP_PROJECT_ID: projectId,
    GCP_REGION: 'asia-northeast3',
    GCP_WORKLOAD_IDENTITY_PROVIDER: workloadIdentityProvider,
    GCP_DEPLOYER: deployerEmail,
    GCP_PLANNER: deployerEmail,
    GCP_STATE_BUCKET: stateBucket,
    DEPLOY_NAME: SERVICE,
    DEPLOY_ENVIRONMENT: 'production',
    DEPLOY_PORT: String(PORT),
    DEPLOY_SIZE: '2',
    DEPLOY_ENV: GREETING,
    DEPLOY_BUILD_ARGS: `BASE_IMAGE=${baseImage}`,
    // The emulated cloud is quicker than Google's, so there is less to wait out.
    DEPLOY_MIN_READY: '2s',
  }
  return {
    variables,
    playCrash: () => {
      variables['DEPLOY_ENV'] = `${GREETING}\n${PLAYED_CRASH}`
    },
  }
}

/** The VMs of the service that take requests, by what their instance template says. */
export function lookAtVms({ compute }: Pick<Emulator, 'compute'>): readonly Vm[] {
  const machines = compute.control.machines()
  const hosted = compute.groups().flatMap(({ runner }) => runner.hosted())
  return hosted.flatMap(({ id, name, spec, machine }) => {
    const seen = machines.find((one) => one['id'] === id)
    if (seen?.['currentAction'] !== 'NONE') return []
    return [
      {
        name,
        release: spec.metadata['app-release'] ?? '',
        image: spec.metadata['app-image'] ?? '',
        health: String(seen['health']),
        address: machine.address() ?? '',
      },
    ]
  })
}
