import { asRecord, asText } from '../../lib/json.ts'

/** Guest attribute to which the startup script writes. */
export const BOOT_REPORT_PATH = 'deploy/boot'

/**
 * What a VM says of itself. Any process on the VM may write it, so it can hold a rollout back or
 * fail it, but alone it never verifies one.
 */
export interface BootReport {
  readonly phase: string
  readonly detail: string
  readonly release: string
  readonly image: string
  /** Last log lines of a failed container. */
  readonly log: string
}

/** Undefined when the value is no boot report. */
export function readBootReport(value: unknown): BootReport | undefined {
  const report = asRecord(value)
  const phase = asText(report['phase'])
  if (phase === '') return undefined
  return {
    phase,
    detail: asText(report['detail']),
    release: asText(report['release']),
    image: asText(report['image']),
    log: asText(report['log']),
  }
}
