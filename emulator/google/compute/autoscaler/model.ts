import type { Peak } from './peak.ts'
import type { ScheduleState } from './schedule.ts'

/** Replicas that are wanted at certain times. */
export interface ScheduleSpec {
  readonly name: string
  /** Five fields of cron. */
  readonly schedule: string
  readonly timeZone: string
  /** Of the calendar, hence never scaled. */
  readonly durationMs: number
  readonly minRequired: number
}

/** What an autoscaler is asked for. */
export interface AutoscalerSpec {
  readonly mode: 'ON' | 'OFF' | 'ONLY_SCALE_OUT'
  readonly min: number
  readonly max: number
  /** A group does not shrink while one of its VMs is younger than this. */
  readonly coolDownMs: number
  /** The CPU utilisation, 0 to 1, that it keeps the VMs at; undefined where CPU is no signal. */
  readonly cpuTarget: number | undefined
  readonly schedules: readonly ScheduleSpec[]
  /** How far the size may fall below its peak of the last `windowMs`. */
  readonly scaleIn: ScaleInLimit | undefined
}

/** A brake on shrinking. */
export interface ScaleInLimit {
  readonly windowMs: number
  readonly replicas: { readonly fixed: number } | { readonly percent: number }
}

/** What an autoscaler knows; plain data. */
export interface Autoscaling {
  /** CPU that all members use together, counted in fully used VMs. */
  readonly demand: number
  /** What it takes for the right size, and took lately: a group shrinks to the highest only. */
  readonly recommended: Peak
  readonly sizes: Peak
  readonly schedules: readonly ScheduleState[]
}
