import { planFromProvider } from '../../plan/customize.ts'
import { lastSegment } from '../../plan/sameness.ts'
import type { ResourceType } from '../../resource-type.ts'
import { perform } from '../../rest/calls.ts'
import { type CodecRules, encodeFields } from '../../rest/codec.ts'
import type { ResourceBasis } from '../../rest/rest-resource.ts'
import { readFields } from '../../rest/state.ts'
import { parseId, resolve } from '../../rest/template.ts'
import { Turns } from '../../rest/turns.ts'
import { isNotFound } from '../../session/api-error.ts'
import type { Session } from '../../session/session.ts'
import { ProviderError } from '../../wire/diagnostics.ts'
import { type Fields, isFields, isList, type Value } from '../../wire/values.ts'

const CODEC: CodecRules = {
  names: { subnetwork: 'subnetworks', nat64_subnetwork: 'nat64Subnetworks' },
  local: new Set(['router', 'region', 'initial_nat_ips']),
}

const TIMEOUT_MS = 20 * 60_000

// All gateways of a router are one field of it: two of them must take turns.
const turns = new Turns()

/** google_compute_router_nat: an element of its router's `nats`. */
export class RouterNat implements ResourceType {
  readonly block
  readonly rules
  readonly validate
  readonly schemaVersion = 0
  readonly customize = planFromProvider

  constructor(basis: ResourceBasis) {
    this.block = basis.block
    this.rules = basis.rules
    this.validate = basis.validate
  }

  async create(planned: Fields, session: Session): Promise<Fields> {
    await this.#change(planned, session, 'creat', (nats) => {
      if (nats.some((nat) => nat['name'] === planned['name'])) {
        throw new ProviderError(
          `Error creating RouterNat: "${String(planned['name'])}" already exists`
        )
      }
      return [...nats, encodeFields(this.block, CODEC, planned)]
    })
    return this.#require(planned, session)
  }

  async read(state: Fields, session: Session): Promise<Fields | null> {
    const path = routerPath(state, session)
    try {
      const router = await session.client.request({ api: 'compute', method: 'GET', path })
      const nat = natsOf(router).find((item) => item['name'] === state['name'])
      return nat ? this.#toState(nat, state, session) : null
    } catch (error) {
      if (isNotFound(error)) return null
      throw error
    }
  }

  async update(planned: Fields, prior: Fields, session: Session): Promise<Fields> {
    await this.#change(prior, session, 'updat', (nats) => {
      return nats.map((nat) => {
        return nat['name'] === prior['name'] ? encodeFields(this.block, CODEC, planned) : nat
      })
    })
    return this.#require(planned, session)
  }

  async delete(state: Fields, session: Session): Promise<void> {
    try {
      await this.#change(state, session, 'delet', (nats) => {
        return nats.filter((nat) => nat['name'] !== state['name'])
      })
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }

  import(id: string, session: Session): Fields {
    const found = parseId(
      [
        'projects/{{project}}/regions/{{region}}/routers/{{router}}/{{name}}',
        '{{project}}/{{region}}/{{router}}/{{name}}',
        '{{region}}/{{router}}/{{name}}',
        '{{router}}/{{name}}',
      ],
      id
    )
    if (!found)
      throw new ProviderError(`Import id "${id}" doesn't match any of the accepted formats`)
    return { ...found, ...scopeOf(found, session) }
  }

  async #change(
    fields: Fields,
    session: Session,
    verb: 'creat' | 'updat' | 'delet',
    edit: (nats: readonly Fields[]) => readonly Fields[]
  ): Promise<void> {
    const path = routerPath(fields, session)
    await turns.take(session.client.base('compute') + path, async () => {
      const router = await session.client.request({ api: 'compute', method: 'GET', path })
      const body = { nats: edit(natsOf(router)) }
      const words = {
        failure: `Error ${verb}ing RouterNat`,
        activity: `${verb.replace(/^./, upper)}ing RouterNat`,
      }
      await perform(
        session,
        { api: 'compute', method: 'PATCH', path, body },
        { ...words, timeoutMs: TIMEOUT_MS }
      )
    })
  }

  async #require(fields: Fields, session: Session): Promise<Fields> {
    const state = await this.read(fields, session)
    if (!state)
      throw new ProviderError(`RouterNat "${String(fields['name'])}" vanished from its router.`)
    return state
  }

  #toState(nat: Fields, state: Fields, session: Session): Fields {
    const scope = scopeOf(state, session)
    const id = `${scope.project}/${scope.region}/${lastSegment(String(state['router']))}/${String(state['name'])}`
    return { ...readFields(this.block, CODEC, nat, state), ...scope, id }
  }
}

function upper(letter: string): string {
  return letter.toUpperCase()
}

function routerPath(fields: Fields, session: Session): string {
  const { project, region } = scopeOf(fields, session)
  return `projects/${project}/regions/${region}/routers/${lastSegment(String(fields['router']))}`
}

function scopeOf(fields: Fields, session: Session): { project: string; region: string } {
  return {
    project: resolve('project', fields, session),
    region: resolve('region', fields, session),
  }
}

function natsOf(router: Fields): readonly Fields[] {
  const nats: Value | undefined = router['nats']
  return isList(nats) ? nats.filter(isFields) : []
}
