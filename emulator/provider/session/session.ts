import type { LabelPolicy } from '../plan/labels.ts'
import { ProviderError } from '../wire/diagnostics.ts'
import { type Fields, isFields } from '../wire/values.ts'
import { GoogleClient } from './client.ts'
import { resolveCredentials } from './credentials.ts'
import { Endpoints } from './endpoints.ts'
import type { Environment } from './environment.ts'

/** One configured provider block: identity, endpoints and defaults of everything it manages. */
export interface Session {
  readonly client: GoogleClient
  readonly labels: LabelPolicy
  readonly project: string | undefined
  readonly region: string | undefined
  readonly zone: string | undefined
}

/** What a provider block is configured from. */
export interface SessionSources {
  readonly config: Fields
  readonly terraformVersion: string
  /** Of the terraform process where it can be read, else of the emulator. */
  readonly environment: Environment
  /** Of the emulator: tells only where the APIs are. */
  readonly fallback: Environment
}

/** @throws ProviderError when there are no credentials, in the real provider's words. */
export async function openSession(sources: SessionSources): Promise<Session> {
  const { config, environment, fallback, terraformVersion } = sources
  const endpoints = new Endpoints(config, [environment, fallback])
  const tokens = await resolveCredentials(config, environment)
  const find = (argument: string, variables: readonly string[]): string | undefined => {
    const configured = config[argument]
    if (typeof configured === 'string' && configured !== '') return configured
    return variables.map((name) => environment[name]).find(Boolean)
  }
  return {
    client: new GoogleClient(endpoints, tokens, terraformVersion),
    labels: labelPolicy(config),
    project: find('project', PROJECT_VARIABLES),
    region: find('region', REGION_VARIABLES),
    zone: find('zone', ZONE_VARIABLES),
  }
}

const PROJECT_VARIABLES = [
  'GOOGLE_PROJECT',
  'GOOGLE_CLOUD_PROJECT',
  'GCLOUD_PROJECT',
  'CLOUDSDK_CORE_PROJECT',
]
const REGION_VARIABLES = ['GOOGLE_REGION', 'GCLOUD_REGION', 'CLOUDSDK_COMPUTE_REGION']
const ZONE_VARIABLES = ['GOOGLE_ZONE', 'GCLOUD_ZONE', 'CLOUDSDK_COMPUTE_ZONE']

function labelPolicy(config: Fields): LabelPolicy {
  const labels = config['default_labels']
  const defaultLabels = isFields(labels)
    ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]))
    : {}
  return { defaultLabels, attribution: attributionOf(config) }
}

function attributionOf(config: Fields): LabelPolicy['attribution'] {
  if (config['add_terraform_attribution_label'] === false) return 'none'
  const strategy = config['terraform_attribution_label_addition_strategy'] ?? 'CREATION_ONLY'
  if (strategy === 'CREATION_ONLY') return 'creation'
  if (strategy === 'PROACTIVE') return 'proactive'
  throw new ProviderError(
    `expected terraform_attribution_label_addition_strategy to be one of ["CREATION_ONLY" "PROACTIVE"], got ${String(strategy)}`,
    { path: ['terraform_attribution_label_addition_strategy'] }
  )
}
