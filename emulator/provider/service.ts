import { planBlock } from './plan/planner.ts'
import { findReplacements } from './plan/replacement.ts'
import { type DataSourceType, IncompleteError, type ResourceType } from './resource-type.ts'
import { conform, settle } from './rest/state.ts'
import type { ProviderSchema } from './schema.ts'
import type { Session } from './session/session.ts'
import { ProviderError, toDiagnostic, wireDiagnostic, wirePath } from './wire/diagnostics.ts'
import type { Call, Calls } from './wire/server.ts'
import {
  decodeValue,
  encodeValue,
  type Fields,
  isFields,
  parseJson,
  type WireValue,
} from './wire/values.ts'
import { wireBlock } from './wire/wire-schema.ts'

/** What the provider's side of the protocol is made of. */
export interface Provider {
  readonly schema: ProviderSchema
  readonly resources: ReadonlyMap<string, ResourceType>
  readonly dataSources: ReadonlyMap<string, DataSourceType>
  /** Opens a session for one provider block; `peer` names terraform's connection. */
  configure(config: Fields, terraformVersion: string, peer: string): Promise<Session>
}

/** The calls of plugin protocol 5, each answered as Terraform's provider SDK (version 2) would. */
export class ProviderService {
  readonly #provider: Provider
  // Terraform opens one connection per provider block (alias); each has its own configuration.
  readonly #sessions = new Map<string, Session>()

  constructor(provider: Provider) {
    this.#provider = provider
  }

  /** One function per call of the protocol, by its name. */
  calls(): Calls {
    return {
      GetSchema: () => this.#getSchema(),
      PrepareProviderConfig: ({ request }) => ({ prepared_config: request['config'] }),
      ValidateResourceTypeConfig: (call) => this.#validate(call),
      ValidateDataSourceConfig: () => ({}),
      UpgradeResourceState: (call) => this.#upgrade(call),
      Configure: (call) => this.#configure(call),
      ReadResource: (call) => this.#read(call),
      PlanResourceChange: (call) => this.#plan(call),
      ApplyResourceChange: (call) => this.#apply(call),
      ImportResourceState: (call) => this.#import(call),
      ReadDataSource: (call) => this.#readDataSource(call),
      // What is under way is finished and reported, so that the state matches Google; terraform
      // itself starts nothing new. The real provider does not interrupt its operations either.
      Stop: () => ({}),
    }
  }

  #getSchema(): object {
    const schemas = (types: ReadonlyMap<string, ResourceType>): object => {
      return Object.fromEntries(
        [...types].map(([name, { block, rules, schemaVersion }]) => [
          name,
          { version: schemaVersion, block: wireBlock(block, rules.sensitive) },
        ])
      )
    }
    const sources = [...this.#provider.dataSources].map(([name, { block }]) => {
      return [name, { version: 0, block: wireBlock(block, new Set()) }]
    })
    return {
      provider: { version: 0, block: wireBlock(this.#provider.schema.provider, SECRETS) },
      resource_schemas: schemas(this.#provider.resources),
      data_source_schemas: Object.fromEntries(sources),
    }
  }

  #validate(call: Call): object {
    const diagnostics = this.#resource(call).validate(fieldsOf(call, 'config') ?? {})
    return { diagnostics: diagnostics.map(wireDiagnostic) }
  }

  #upgrade(call: Call): object {
    const raw = call.request['raw_state'] as { readonly json?: Uint8Array } | undefined
    const state = parseJson(Buffer.from(raw?.json ?? []).toString('utf8') || '{}')
    const conformed = conform(this.#resource(call).block, isFields(state) ? state : {})
    return { upgraded_state: encodeValue(conformed) }
  }

  async #configure(call: Call): Promise<object> {
    const version = String(call.request['terraform_version'] ?? '')
    const config = fieldsOf(call, 'config') ?? {}
    this.#sessions.set(call.peer, await this.#provider.configure(config, version, call.peer))
    return {}
  }

  async #read(call: Call): Promise<object> {
    const state = fieldsOf(call, 'current_state')
    const answer = state && (await this.#resource(call).read(state, this.#session(call)))
    return {
      new_state: encodeValue(answer ? settle(answer) : null),
      private: call.request['private'],
    }
  }

  #plan(call: Call): object {
    const resource = this.#resource(call)
    const proposed = fieldsOf(call, 'proposed_new_state')
    const planned_private = call.request['prior_private']
    if (!proposed) return { planned_state: encodeValue(null), planned_private }
    const prior = fieldsOf(call, 'prior_state')
    const config = fieldsOf(call, 'config') ?? {}
    const drawn = planBlock(resource.block, resource.rules, { prior, proposed, config })
    const planned = resource.customize(drawn, prior, this.#session(call))
    const replacements = prior
      ? findReplacements(resource.block, resource.rules, { prior, planned })
      : []
    return {
      planned_state: encodeValue(planned),
      planned_private,
      requires_replace: replacements.map(wirePath),
      legacy_type_system: true,
    }
  }

  async #apply(call: Call): Promise<object> {
    const prior = fieldsOf(call, 'prior_state')
    try {
      const state = await this.#carryOut(call, prior)
      return this.#applied(call, state && settle(state), [])
    } catch (error) {
      const partial = error instanceof IncompleteError ? settle(error.state) : (prior ?? null)
      return this.#applied(call, partial, [wireDiagnostic(toDiagnostic(error))])
    }
  }

  async #carryOut(call: Call, prior: Fields | undefined): Promise<Fields | null> {
    const resource = this.#resource(call)
    const session = this.#session(call)
    const planned = fieldsOf(call, 'planned_state')
    if (planned) {
      return prior ? resource.update(planned, prior, session) : resource.create(planned, session)
    }
    if (prior) await resource.delete(prior, session)
    return null
  }

  #applied(call: Call, state: Fields | null, diagnostics: readonly object[]): object {
    const kept = call.request['planned_private']
    return { new_state: encodeValue(state), private: kept, diagnostics, legacy_type_system: true }
  }

  #import(call: Call): object {
    const resource = this.#resource(call)
    const fields = resource.import(String(call.request['id']), this.#session(call))
    const state = conform(resource.block, withLocalDefaults(resource, fields))
    const type_name = call.request['type_name']
    return { imported_resources: [{ type_name, state: encodeValue(state) }] }
  }

  async #readDataSource(call: Call): Promise<object> {
    const name = String(call.request['type_name'])
    const source = this.#provider.dataSources.get(name)
    if (!source) throw new ProviderError(`The stand-in google provider has no data source ${name}.`)
    const state = await source.read(fieldsOf(call, 'config') ?? {}, this.#session(call))
    return { state: encodeValue(conform(source.block, state)) }
  }

  #resource(call: Call): ResourceType {
    const name = String(call.request['type_name'])
    const resource = this.#provider.resources.get(name)
    if (!resource) throw new ProviderError(`The stand-in google provider has no ${name}.`)
    return resource
  }

  #session(call: Call): Session {
    const session = this.#sessions.get(call.peer)
    if (!session) throw new ProviderError('The provider was called before it was configured.')
    return session
  }
}

const SECRETS: ReadonlySet<string> = new Set(['access_token', 'credentials'])

// What no API knows starts out at its default, or the first plan would show a change.
function withLocalDefaults({ block, rules }: ResourceType, fields: Fields): Fields {
  const defaults = Object.entries(rules.defaults).filter(([path]) => path in block.attributes)
  return { ...Object.fromEntries(defaults), ...fields }
}

function fieldsOf(call: Call, name: string): Fields | undefined {
  const value = decodeValue(call.request[name] as WireValue | undefined)
  return isFields(value) ? value : undefined
}
