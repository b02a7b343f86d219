import type { Clock } from '../clock.ts'

export interface NewDeployment {
  /** As it was asked for: a branch, a tag, a commit. */
  readonly ref: string
  readonly sha: string
  readonly task: string
  readonly environment: string
  readonly description: string
  readonly payload: unknown
  /** Login. */
  readonly creator: string
  readonly isTransient: boolean
  readonly isProduction: boolean
}

export const DEPLOYMENT_STATES = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
] as const
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number]

export interface DeploymentStatus {
  readonly id: number
  readonly state: DeploymentState
  readonly description: string
  readonly logUrl: string
  readonly environmentUrl: string
  readonly creator: string
  readonly createdAt: string
}

export interface NewDeploymentStatus extends Omit<DeploymentStatus, 'id' | 'createdAt'> {
  /** Whether a success ends those before it in the same environment; GitHub's default is that it does. */
  readonly autoInactive?: boolean
}

export interface EmulatedDeployment extends NewDeployment {
  readonly id: number
  readonly createdAt: string
  /** Oldest first. */
  readonly statuses: readonly DeploymentStatus[]
}

export interface DeploymentFilter {
  readonly environment?: string | undefined
  readonly sha?: string | undefined
  readonly ref?: string | undefined
  readonly task?: string | undefined
}

const FIRST_ID = 1_900_000_001
const FIRST_STATUS_ID = 3_300_000_001

/** The deployments of one repository, and what became of each. */
export class Deployments {
  readonly #clock: Clock
  readonly #deployments = new Map<number, EmulatedDeployment>()
  #statusCount = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  create(deployment: NewDeployment): EmulatedDeployment {
    const id = FIRST_ID + this.#deployments.size
    return this.#keep({ ...deployment, id, createdAt: this.#at(), statuses: [] })
  }

  find(id: number): EmulatedDeployment | undefined {
    return this.#deployments.get(id)
  }

  /** @throws Error for a deployment that there is not */
  addStatus(id: number, { autoInactive = true, ...status }: NewDeploymentStatus): DeploymentStatus {
    const deployment = this.find(id)
    if (!deployment) throw new Error(`There is no deployment ${id}.`)
    if (status.state === 'success' && autoInactive) this.#endThoseBefore(deployment, status)
    return this.#append(deployment, status)
  }

  /** Newest first. */
  list(filter: DeploymentFilter = {}): readonly EmulatedDeployment[] {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined)
    const matches = (deployment: EmulatedDeployment): boolean =>
      wanted.every(([key, value]) => deployment[key as keyof DeploymentFilter] === value)
    return [...this.#deployments.values()].filter(matches).reverse()
  }

  // As documented: transient environments and production ones keep what they had.
  #endThoseBefore(
    latest: EmulatedDeployment,
    { creator }: Pick<DeploymentStatus, 'creator'>
  ): void {
    const { environment, id } = latest
    for (const earlier of this.list({ environment })) {
      const last = earlier.statuses.at(-1)
      if (earlier.id === id || earlier.isTransient || earlier.isProduction) continue
      if (last?.state !== 'success') continue
      const { logUrl, environmentUrl } = last
      this.#append(earlier, { state: 'inactive', description: '', logUrl, environmentUrl, creator })
    }
  }

  #append(
    deployment: EmulatedDeployment,
    { state, description, logUrl, environmentUrl, creator }: NewDeploymentStatus
  ): DeploymentStatus {
    const id = FIRST_STATUS_ID + this.#statusCount++
    const said = { state, description, logUrl, environmentUrl, creator }
    const status = { ...said, id, createdAt: this.#at() }
    this.#keep({ ...deployment, statuses: [...deployment.statuses, status] })
    return status
  }

  #keep(deployment: EmulatedDeployment): EmulatedDeployment {
    this.#deployments.set(deployment.id, deployment)
    return deployment
  }

  // GitHub's times have no fractions of a second.
  #at(): string {
    return new Date(this.#clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  }
}
