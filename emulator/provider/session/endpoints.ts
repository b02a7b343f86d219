import { ProviderError } from '../wire/diagnostics.ts'
import { type Fields, isUnknown } from '../wire/values.ts'
import type { Environment } from './environment.ts'

/** The Google APIs that this provider calls. */
export type Api =
  | 'artifactRegistry'
  | 'compute'
  | 'iam'
  | 'iamBeta'
  | 'resourceManager'
  | 'secretManager'
  | 'serviceUsage'
  | 'storage'

// The provider's argument; its environment variable is the same in capitals after GOOGLE_.
const ARGUMENTS: Readonly<Record<Api, string>> = {
  artifactRegistry: 'artifact_registry_custom_endpoint',
  compute: 'compute_custom_endpoint',
  iam: 'iam_custom_endpoint',
  iamBeta: 'iam_beta_custom_endpoint',
  resourceManager: 'resource_manager_custom_endpoint',
  secretManager: 'secret_manager_custom_endpoint',
  serviceUsage: 'service_usage_custom_endpoint',
  storage: 'storage_custom_endpoint',
}

/** Where each API is, ending in a slash. */
export class Endpoints {
  readonly #config: Fields
  readonly #environments: readonly Environment[]

  /** An argument of the provider block wins; then the first environment that has the variable. */
  constructor(config: Fields, environments: readonly Environment[]) {
    this.#config = config
    this.#environments = environments
  }

  /** @throws ProviderError when nothing says where the API is: this provider never calls Google itself. */
  base(api: Api): string {
    const argument = ARGUMENTS[api]
    const url = this.#find(argument) ?? (api === 'iamBeta' ? this.#find(ARGUMENTS.iam) : undefined)
    if (!url) {
      throw new ProviderError(
        `The stand-in google provider needs ${argument} or ${variableOf(argument)}: it does not call Google.`
      )
    }
    if (!/^https?:\/\/.*[^/]+\/$/.test(url)) {
      throw new ProviderError(`expected the value of ${argument} to match .*/[^/]+/$, got ${url}`, {
        path: [argument],
      })
    }
    return url
  }

  #find(argument: string): string | undefined {
    const configured = this.#config[argument]
    if (typeof configured === 'string' && !isUnknown(configured)) return configured
    const variable = variableOf(argument)
    return this.#environments.map((environment) => environment[variable]).find(Boolean)
  }
}

function variableOf(argument: string): string {
  return `GOOGLE_${argument.toUpperCase()}`
}
