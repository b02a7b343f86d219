import type { GoogleClient } from '../../../google/client.ts'
import type { Surroundings } from '../../../google/diagnosis/surroundings.ts'
import type { ObjectStore } from '../../../google/object-store.ts'
import type { Config } from '../../../inputs.ts'
import { asNumber, asRecord, asText, parseJson } from '../../../lib/json.ts'
import type { Clock } from '../../../ports.ts'
import type { Readings } from './readings/readings.ts'

/** What the checks of Google look through. */
export interface GoogleCheckPorts {
  readonly google: GoogleClient
  /** The state bucket. */
  readonly store: ObjectStore
  readonly clock: Clock
  /** Who the job is for Google, as IAM writes members. */
  readonly member: NonNullable<Surroundings['member']>
}

/** One look at one service: its inputs, and what Google said so far. */
export interface CheckContext {
  readonly ports: GoogleCheckPorts
  readonly config: Config
  readonly readings: Readings
}

/** Without the identity there is nobody to ask as. */
export const AFTER_IDENTITY = ['google-identity']
/** What lies in the project is out of reach as long as the project is. */
export const AFTER_PROJECT = ['google-identity', 'project']

/** The zones that VMs may be in: those of the input, else the first three as terraform/main.tf takes them. */
export function zonesOf({ zones, region }: Pick<Config, 'zones' | 'region'>): readonly string[] {
  if (zones.length > 0) return zones
  const letters = ['europe-west1', 'us-east1'].includes(region) ? 'bcd' : 'abc'
  return [...letters].map((letter) => `${region}-${letter}`)
}

/** A variable of the bundled configuration that has no input of its own; undefined where it is not set. */
export function variableOf({ terraformVariables }: Config, name: string): unknown {
  // As src/terraform/variables.ts hands them over: JSON where it is JSON, else the text itself.
  const text = terraformVariables.get(name)
  if (text === undefined) return undefined
  return parseJson(text) ?? text
}

/** Whether each VM gets an address of its own, which it does unless somebody said otherwise. */
export function hasExternalAddresses(config: Config): boolean {
  return String(variableOf(config, 'external_ip') ?? true) !== 'false'
}

/** How many VMs the group may grow to: an autoscaler has a word of its own. */
export function largestSize(config: Config): number {
  return asNumber(asRecord(variableOf(config, 'autoscaling'))['max']) ?? config.size
}

/** Size and type of a VM's disk, with the defaults of terraform/variables-vms.tf. */
export function bootDiskOf(config: Config): { readonly sizeGb: number; readonly type: string } {
  const disk = asRecord(variableOf(config, 'boot_disk'))
  return { sizeGb: asNumber(disk['size_gb']) ?? 10, type: asText(disk['type']) || 'pd-balanced' }
}
