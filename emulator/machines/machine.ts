/** What a VM is made of; the group behind it knows no more about machines than this file. */
export interface MachineSpec {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly machineType: string
  readonly metadata: Readonly<Record<string, string>>
  readonly serviceAccount: ServiceAccount | undefined
  readonly tags: readonly string[]
  readonly spot: boolean
  /** What is left of a preempted VM: a stopped one, or nothing. */
  readonly terminationAction: 'STOP' | 'DELETE'
  /** How long before a preemption the VM is told of it; 0 = only when it begins. */
  readonly preemptionNoticeMs: number
}

/** Who the VM is, towards Google APIs. */
export interface ServiceAccount {
  readonly email: string
  readonly scopes: readonly string[]
}

/** Google's statuses of a VM that exists. */
export type MachineStatus = 'PROVISIONING' | 'STAGING' | 'RUNNING' | 'STOPPING' | 'TERMINATED'

/**
 * Told of every change of a machine's status; 'GONE' is the last word, with the reason if the machine
 * could not be made. Never called during start().
 */
export type MachineObserver = (status: MachineStatus | 'GONE', problem?: string) => void

/** One question of a health check. */
export interface HealthProbe {
  readonly type: 'HTTP' | 'TCP'
  readonly port: number
  readonly path: string
  readonly timeoutMs: number
}

/** 'timeout' covers everything that never got an answer, also a refused connection. */
export type ProbeResult = 'healthy' | 'unhealthy' | 'timeout'

/** A note of the VM about itself. */
export interface GuestAttribute {
  readonly namespace: string
  readonly key: string
  readonly value: string
}

/** A VM from outside; nothing here throws or waits. */
export interface Machine {
  /** Primary internal address; undefined until the VM has one. */
  address(): string | undefined
  guestAttributes(): readonly GuestAttribute[]
  /** Everything the VM wrote to its first serial port. */
  serialOutput(): string
  /** Asks once, as Google's probers do; `report` is called exactly once. */
  probe(check: HealthProbe, report: (result: ProbeResult) => void): void
  /** Spot preemption: the notice, if there is one; a soft power-off, at most 30 s, then a hard one. */
  preempt(): void
  /** Orderly shutdown, then the VM is gone with everything it left behind. */
  delete(): void
}

/** The port behind which VMs are simulated, remembered or real. */
export interface MachineFactory {
  start(spec: MachineSpec, observe: MachineObserver): Machine
  /** Cuts the power of every machine and resolves when nothing of them is left. */
  stop(): Promise<void>
}
