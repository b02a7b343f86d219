import { Hono } from 'hono'
import { GoogleError } from '../errors.ts'
import type { Project } from '../project.ts'
import {
  camelCase,
  type GoogleEnv,
  type JsonObject,
  objectOf,
  pageOf,
  readJson,
  splitVerb,
  textOf,
  textsOf,
  unknownUrl,
} from '../route.ts'
import type { Access } from './access.ts'

/** Roles of the project's own. Deleted ones grant nothing but keep their id for a while. */
class CustomRoles {
  readonly #project: Project
  readonly #access: Access
  readonly #roles = new Map<string, JsonObject>()

  constructor(project: Project, access: Access) {
    this.#project = project
    this.#access = access
  }

  list(): readonly JsonObject[] {
    return [...this.#roles.values()].filter((role) => role['deleted'] !== true)
  }

  get(id: string): JsonObject {
    const role = this.#roles.get(id)
    if (role) return role
    throw new GoogleError(404, `The role named ${this.#nameOf(id)} was not found.`)
  }

  create(id: string, fields: JsonObject): JsonObject {
    if (!/^[a-zA-Z0-9_.]{3,64}$/.test(id)) {
      throw new GoogleError(400, `The role id "${id}" must be 3 to 64 of [a-zA-Z0-9_.].`)
    }
    if (this.#roles.has(id)) {
      throw new GoogleError(409, `A role named ${id} in ${this.#nameOf('')} already exists.`)
    }
    return this.save(id, { stage: 'GA', ...fields })
  }

  save(id: string, fields: JsonObject): JsonObject {
    const name = this.#nameOf(id)
    const role = { ...fields, name, etag: 'BwZXYZabc/0=' }
    this.#roles.set(id, role)
    const deleted = textOf(fields, 'stage') === 'DISABLED' || fields['deleted'] === true
    this.#access.defineRole(name, deleted ? undefined : textsOf(fields, 'includedPermissions'))
    return role
  }

  #nameOf(id: string): string {
    return `projects/${this.#project.id}/roles/${id}`
  }
}

/** IAM v1, the part about custom roles. */
export function createCustomRoles(project: Project, access: Access): Hono<GoogleEnv> {
  const roles = new CustomRoles(project, access)
  const routes = new Hono<GoogleEnv>()
  routes.get('/projects/:project/roles', (c) => {
    const { items, nextPageToken } = pageOf(c, roles.list(), 300)
    return c.json({ roles: items, ...(nextPageToken && { nextPageToken }) })
  })
  routes.post('/projects/:project/roles', async (c) => {
    const body = await readJson(c)
    return c.json(roles.create(textOf(body, 'roleId') ?? '', objectOf(body, 'role')))
  })
  routes.get('/projects/:project/roles/:role', (c) => c.json(roles.get(c.req.param('role'))))
  routes.patch('/projects/:project/roles/:role', async (c) => {
    const id = c.req.param('role')
    const body = await readJson(c)
    const mask = c.req.query('updateMask')?.split(',').map(camelCase) ?? Object.keys(body)
    const changes = Object.fromEntries(mask.map((field) => [field, body[field]]))
    return c.json(roles.save(id, { ...roles.get(id), ...changes }))
  })
  routes.delete('/projects/:project/roles/:role', (c) => {
    const id = c.req.param('role')
    return c.json(roles.save(id, { ...roles.get(id), deleted: true }))
  })
  routes.post('/projects/:project/roles/:role', (c) => {
    const { name: id, verb } = splitVerb(c.req.param('role'))
    if (verb !== 'undelete') throw unknownUrl(c.req.path)
    const { deleted: _, ...kept } = roles.get(id)
    return c.json(roles.save(id, kept))
  })
  return routes
}
