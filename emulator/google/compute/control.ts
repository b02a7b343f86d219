import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import { type JsonObject, readJson, textOf } from '../route.ts'
import type { Balancing } from './balancing/balancing.ts'
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
  /** The average CPU utilisation (0.8 = 80 %) of a group's VMs now. @throws GoogleError 404 */
  load(group: string, cpuUtilization: number): void
  /** Whether a domain's name leads to the load balancers, as managed certificates want it. */
  domainVisible(domain: string, visible: boolean): void
  /** Every VM with its group, address, status and health. */
  machines(): readonly JsonObject[]
}

/** The control of all groups in the registry. */
export function createControl(groups: GroupRegistry, { certificates }: Balancing): Control {
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
    load(name, cpuUtilization) {
      const records = groups.list().filter((record) => record.name === name)
      if (records.length === 0) throw new GoogleError(404, `There is no group '${name}'.`)
      for (const { runner } of records) runner.send({ kind: 'load', cpuUtilization })
    },
    domainVisible(domain, visible) {
      certificates.setVisible(domain, visible)
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

/** POST /preempt, /stockout, /quota, /load, /domain; GET /machines. */
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
  routes.post('/load', async (c) => {
    const body = await readJson(c)
    const cpuUtilization = body['cpuUtilization']
    if (typeof cpuUtilization !== 'number' || cpuUtilization < 0) {
      throw new GoogleError(400, "The field 'cpuUtilization' must be a number, such as 0.8.")
    }
    control.load(required(body, 'group'), cpuUtilization)
    return c.json({})
  })
  routes.post('/domain', async (c) => {
    const body = await readJson(c)
    control.domainVisible(required(body, 'domain'), body['visible'] !== false)
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
