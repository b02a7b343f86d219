import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import { type JsonObject, readJson, textOf } from '../route.ts'
import type { GroupRegistry } from './groups/registry.ts'
import { isZone } from './locations.ts'

/** What an operator of the emulator can do to the cloud that no customer can. */
export interface Control {
  /** Takes a Spot VM away. @throws GoogleError 404 */
  preempt(instance: string): void
  /** No capacity for new VMs in a zone, until switched off. */
  stockout(zone: string, on: boolean): void
  /** No quota for new VMs anywhere, until switched off. */
  quotaExceeded(on: boolean): void
  /** Every VM with its group, address, status and health. */
  machines(): readonly JsonObject[]
}

/** The control of all groups in the registry. */
export function createControl(groups: GroupRegistry): Control {
  return {
    preempt(name) {
      groups.find(name).record.runner.send({ kind: 'preempt', name })
    },
    stockout(zone, on) {
      groups.strike(`stockout ${zone}`, { kind: 'stockout', zone, on })
    },
    quotaExceeded(on) {
      groups.strike('quota', { kind: 'quota', on })
    },
    machines() {
      return groups.list().flatMap((record) =>
        record.runner.hosted().map(({ id, name, zone, machine, version }) => {
          const member = record.runner.group.instances.find((one) => one.vm?.id === id)
          return {
            name,
            id,
            zone,
            group: record.name,
            version: version.name,
            address: machine.address() ?? null,
            status: member?.vm?.status ?? 'STOPPING',
            health: member?.vm?.health ?? 'UNKNOWN',
            currentAction: member?.action ?? 'DELETING',
          }
        })
      )
    },
  }
}

/** POST /preempt {instance}, POST /stockout {zone, on}, POST /quota {on}, GET /machines. */
export function controlRoutes(control: Control): Hono {
  const routes = new Hono()
  routes.post('/preempt', async (c) => {
    control.preempt(required(await readJson(c), 'instance'))
    return c.json({})
  })
  routes.post('/stockout', async (c) => {
    const body = await readJson(c)
    const zone = required(body, 'zone')
    if (!isZone(zone)) throw new GoogleError(400, `There is no zone '${zone}'.`)
    control.stockout(zone, body['on'] !== false)
    return c.json({})
  })
  routes.post('/quota', async (c) => {
    control.quotaExceeded((await readJson(c))['on'] !== false)
    return c.json({})
  })
  routes.get('/machines', (c) => c.json({ machines: control.machines() }))
  return routes
}

function required(body: JsonObject, field: string): string {
  const value = textOf(body, field)
  if (value) return value
  throw new GoogleError(400, `The field '${field}' is missing.`)
}
