import { Hono } from 'hono'
import type { Clock } from '../../clock.ts'
import { Front, type FrontOptions, type FrontTarget } from '../../machines/front.ts'
import type { MachineFactory } from '../../machines/machine.ts'
import type { GoogleEnv } from '../route.ts'
import { Balancing } from './balancing/balancing.ts'
import { balancingRoutes } from './balancing/routes.ts'
import { type Control, controlRoutes, createControl } from './control.ts'
import { isServing } from './group/status.ts'
import { plainGroupRoutes } from './groups/plain-group-routes.ts'
import { type GroupRecord, GroupRegistry } from './groups/registry.ts'
import { groupRoutes } from './groups/routes.ts'
import { listOf, numberOf } from './groups/spec.ts'
import { instanceRoutes } from './instances/routes.ts'
import { operationRoutes } from './operation-routes.ts'
import { Operations } from './operations.ts'
import { catalogueRoutes } from './resources/catalogue.ts'
import { resourceRoutes } from './resources/routes.ts'
import { Store } from './resources/store.ts'
import { Links } from './scope.ts'
import { supplyRoutes } from './supply/control.ts'
import { Supply } from './supply/supply.ts'

/** What Compute stands on. */
export interface ComputeOptions {
  readonly clock: Clock
  readonly projectId: string
  readonly projectNumber: string
  /** http://127.0.0.1:PORT, for self links; asked when needed. */
  readonly baseUrl: () => string
  readonly machines: MachineFactory
  /** Whether a member may run VMs as a service account (iam.serviceAccounts.actAs); default: yes. */
  readonly mayActAs?: (member: string, email: string) => boolean
  /** Whether a member holds a permission on a resource that a request refers to; default: yes. */
  readonly may?: (member: string, permission: string, resource: string) => boolean
  /** Decides instance names and ids; default 1. */
  readonly seed?: number
}

/** Which group a front stands before, and on which ports. */
export interface FrontRequest {
  /** Name of the instance group manager. */
  readonly group: string
  readonly host?: string
  /** Port of the front; 0 or none = any free one. */
  readonly port?: number
  /** Port on the VMs; default: metadata app-port, else the group's first named port. */
  readonly vmPort?: number
  /** Told of every answer, and of who gave it. */
  readonly onAnswer?: FrontOptions['onAnswer']
}

/** Compute Engine as the server and the tests hold it. */
export interface Compute {
  /** Paths relative to /compute/v1. */
  readonly routes: Hono<GoogleEnv>
  /** Paths relative to a control prefix of the server, without token. */
  readonly controlRoutes: Hono
  readonly control: Control
  /** Every group: configuration, model state and VMs. */
  groups(): readonly GroupRecord[]
  /** Opens a load balancer in front of a group; it is closed by stop() at the latest. */
  openFront(request: FrontRequest): Promise<Front>
  /** Ends operations, groups, fronts and machines; resolves when nothing is left running. */
  stop(): Promise<void>
}

/** Compute Engine: the API, the groups behind it and the machines behind them. */
export function createCompute(options: ComputeOptions): Compute {
  const { clock, baseUrl, machines, seed = 1 } = options
  const project = { id: options.projectId, number: options.projectNumber }
  const links = new Links(project, baseUrl)
  const store = new Store(clock, links)
  const operations = new Operations(clock, links)
  const fronts = new Set<Front>()
  const drain = (name: string, done: () => void) => drainAll([...fronts], name, done)
  const groups = new GroupRegistry({ clock, project, links, store, machines, seed, drain })
  const may = options.may ?? (() => true)
  const balancing = new Balancing({ clock, project, links, store, groups, may })
  const users = () => [...groups.users(), ...balancing.users()]
  const changed = () => groups.refresh()
  const mayActAs = options.mayActAs ?? (() => true)
  const supply = new Supply()
  const shared = { project, links, store, operations, balancing, groups, clock, supply }
  const parts = { ...shared, users, changed, mayActAs }
  const control = createControl(groups, balancing)
  return {
    routes: allRoutes(parts),
    control,
    controlRoutes: controlRoutes(control).route('/', supplyRoutes(supply)),
    groups: () => groups.list(),
    async openFront(request) {
      const { host, port, onAnswer } = request
      const targets = () => targetsOf(groups, request)
      const where = { ...(host && { host }), ...(port && { port }), ...(onAnswer && { onAnswer }) }
      const front = new Front({ clock, targets, ...where })
      await front.listen()
      fronts.add(front)
      return front
    },
    async stop() {
      groups.stop()
      operations.stop()
      await Promise.all([...fronts].map((front) => front.close()))
      await machines.stop()
    },
  }
}

function allRoutes(
  parts: Parameters<typeof groupRoutes>[0] &
    Parameters<typeof instanceRoutes>[0] &
    Parameters<typeof catalogueRoutes>[0]
): Hono<GoogleEnv> {
  const routes = new Hono<GoogleEnv>()
  routes.route('/', operationRoutes(parts))
  routes.route('/', groupRoutes(parts))
  routes.route('/', plainGroupRoutes(parts))
  routes.route('/', instanceRoutes(parts))
  routes.route('/', balancingRoutes(parts))
  routes.route('/', resourceRoutes(parts))
  routes.route('/', catalogueRoutes(parts))
  return routes
}

/** Calls `done` once no front has a request at the instance. */
function drainAll(fronts: readonly Front[], name: string, done: () => void): void {
  let open = fronts.length
  if (open === 0) done()
  for (const front of fronts) {
    front.drain(name, () => {
      open--
      if (open === 0) done()
    })
  }
}

function targetsOf(groups: GroupRegistry, { group, vmPort }: FrontRequest): readonly FrontTarget[] {
  const records = groups.list().filter((record) => record.name === group)
  return records.flatMap((record) =>
    record.runner.hosted().flatMap(({ name, machine, spec }): FrontTarget[] => {
      const address = machine.address()
      const [named] = listOf(record.config, 'namedPorts')
      const port =
        vmPort ?? (Number(spec.metadata['app-port']) || (named && numberOf(named, 'port')))
      if (!address || !port || !isServing(record.runner.group, name)) return []
      return [{ name, address, port, release: spec.metadata['app-release'] ?? '' }]
    })
  )
}
