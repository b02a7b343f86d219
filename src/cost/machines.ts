import { asList, asNumber, asRecord, type JsonRecord } from '../lib/json.ts'
import { blockOf, lastSegment } from './plan-resources.ts'
import { shapeOf } from './shapes.ts'
import { ADDRESS, DISKS, machineTariffs, type Tariff } from './tariff.ts'

/** How a month is counted wherever cloud prices are compared: 365 days of 24 hours, by 12. */
export const HOURS_A_MONTH = 730

/** From, and at most: the same number unless an autoscaler decides. */
export interface Count {
  readonly least: number
  readonly most: number
}

/** So many units of one price. */
export interface Charge {
  readonly tariff: Tariff
  readonly region: string
  /** Units a month. */
  readonly units: Count
}

/** One line of the estimate. */
export interface Part {
  readonly name: string
  readonly charges: readonly Charge[]
}

/** What a resource costs: lines with a price each, and what nobody can put a price on. */
export interface Bill {
  readonly parts: readonly Part[]
  /** Of a known size, but without a price that we could find: the sum lacks them. */
  readonly unpriced: readonly string[]
  /** By usage, which no plan knows: traffic, what is stored. */
  readonly usage: readonly string[]
}

export const NOTHING: Bill = { parts: [], unpriced: [], usage: [] }

export function joinBills(bills: readonly Bill[]): Bill {
  return {
    parts: bills.flatMap(({ parts }) => parts),
    unpriced: bills.flatMap(({ unpriced }) => unpriced),
    usage: bills.flatMap(({ usage }) => usage),
  }
}

/** VMs of one kind. */
export interface Machines {
  readonly count: Count
  readonly region: string
  readonly machineType: string
  readonly isSpot: boolean
  readonly disks: readonly Disk[]
  readonly addresses: number
  readonly hasAccelerator: boolean
}

interface Disk {
  readonly type: string
  /** Undefined where the image decides. */
  readonly sizeGib: number | undefined
}

/** What an instance template, or the part of an instance that is like one, says of its VMs. */
export function readMachines(values: JsonRecord, disks: readonly Disk[]): Omit<Machines, 'count'> {
  const scheduling = blockOf(values, 'scheduling')
  const interfaces = asList(values['network_interface']).map(asRecord)
  return {
    region: '',
    machineType: lastSegment(values['machine_type']),
    isSpot: scheduling['provisioning_model'] === 'SPOT' || scheduling['preemptible'] === true,
    disks,
    addresses: interfaces.flatMap((nic) => asList(nic['access_config'])).length,
    hasAccelerator: asList(values['guest_accelerator']).length > 0,
  }
}

/** A disk whose type is left open is a pd-standard one: Compute Engine's default. */
export function readDisk(type: unknown, sizeGib: unknown): Disk {
  const size = asNumber(sizeGib) ?? 0
  return { type: lastSegment(type) || 'pd-standard', sizeGib: size > 0 ? size : undefined }
}

/** Cores, memory, disks and addresses of VMs that run all month. */
export function billMachines(machines: Machines): Bill {
  const { count, region, machineType, isSpot, hasAccelerator } = machines
  if (count.most === 0) return NOTHING
  const name = `${plural(count, 'VM')} ${machineType}${isSpot ? ' (Spot)' : ''}`
  const shape = shapeOf(machineType)
  if (!shape) return joinBills([withoutPrice(name), ...aroundThem(machines)])
  const tariffs = machineTariffs(shape.series, isSpot)
  const hours = times(count, HOURS_A_MONTH)
  const cores = { tariff: tariffs.core, region, units: times(hours, shape.cores) }
  const memory = { tariff: tariffs.memory, region, units: times(hours, shape.memoryGib) }
  const hasDiscount = shape.hasSustainedUseDiscount && !isSpot
  return joinBills([
    { ...NOTHING, parts: [{ name, charges: [cores, memory] }] },
    ...aroundThem(machines),
    hasAccelerator ? withoutPrice(`GPUs of ${machineType}`) : NOTHING,
    hasDiscount ? { ...NOTHING, usage: [`the sustained use discount on ${machineType}`] } : NOTHING,
  ])
}

function aroundThem(machines: Machines): readonly Bill[] {
  const { count, region, isSpot, disks, addresses } = machines
  const perVm = times(count, addresses)
  const charge: Charge = {
    tariff: isSpot ? ADDRESS.spot : ADDRESS.standard,
    region,
    units: times(perVm, HOURS_A_MONTH),
  }
  const name = plural(perVm, 'external address', 'external addresses')
  return [
    ...disks.map((disk) => billDisk(disk, count, region)),
    addresses === 0 ? NOTHING : { ...NOTHING, parts: [{ name, charges: [charge] }] },
    { ...NOTHING, usage: ['network traffic'] },
  ]
}

/** Persistent disks, which are billed by size whether they are full or not. */
export function billDisk(disk: Disk, count: Count, region: string): Bill {
  const { type, sizeGib } = disk
  const tariff = DISKS.get(type)
  const size = sizeGib === undefined ? '' : ` of ${sizeGib} GB`
  const name = `${plural(count, 'disk')}${size} (${type})`
  if (tariff === undefined || sizeGib === undefined) return withoutPrice(name)
  return {
    ...NOTHING,
    parts: [{ name, charges: [{ tariff, region, units: times(count, sizeGib) }] }],
  }
}

export function withoutPrice(name: string): Bill {
  return { ...NOTHING, unpriced: [name] }
}

export function times({ least, most }: Count, factor: number): Count {
  return { least: least * factor, most: most * factor }
}

export function exactly(number: number): Count {
  return { least: number, most: number }
}

/** `1 VM`, `3 VMs`, `1 to 4 VMs`. */
export function plural({ least, most }: Count, one: string, many = `${one}s`): string {
  const number = least === most ? `${most}` : `${least} to ${most}`
  return `${number} ${most === 1 ? one : many}`
}
