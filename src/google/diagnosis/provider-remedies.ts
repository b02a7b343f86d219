import { command } from './remedies.ts'

/** The parts of `projects/N/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`. */
interface ProviderName {
  readonly project: string
  readonly pool: string
  readonly provider: string
}

/** What the input `workload_identity_provider` names; it was checked when it was read. */
function parseProviderName(name: string): ProviderName {
  const [, project = 'PROJECT_NUMBER', , , , pool = 'POOL', , provider = 'PROVIDER'] =
    name.split('/')
  return { project, pool, provider }
}

/** Shows the provider: condition, mapping, issuer, and whether it is enabled. */
export function describeProvider(name: string): string {
  return onProvider('describe', name)
}

/** Says whom the provider lets in. */
export function setCondition(name: string, condition: string): string {
  return onProvider('update-oidc', name, { 'attribute-condition': condition })
}

/** The whole mapping: what is left out of it is taken away. */
export function setMapping(name: string, mapping: Readonly<Record<string, string>>): string {
  const entries = Object.entries(mapping).map(([target, source]) => `${target}=${source}`)
  // gcloud takes another separator where a comma is part of a value.
  const isPlain = !Object.values(mapping).some((source) => source.includes(','))
  const list = isPlain ? entries.join(',') : `^;^${entries.join(';')}`
  return onProvider('update-oidc', name, { 'attribute-mapping': list })
}

/** Which issuer's tokens the provider takes. */
export function setIssuer(name: string, issuer: string): string {
  return onProvider('update-oidc', name, { 'issuer-uri': issuer })
}

/** The one audience that tokens must be made for. */
export function setAudience(name: string, audience: string): string {
  return onProvider('update-oidc', name, { 'allowed-audiences': audience })
}

/** Undoes `--disabled`. */
export function enableProvider(name: string): string {
  return `${onProvider('update-oidc', name)} --no-disabled`
}

/** Within 30 days of the deletion. */
export function undeleteProvider(name: string): string {
  return onProvider('undelete', name)
}

/** The providers that there are in the pool that the name says. */
export function listProviders(name: string): string {
  const { pool, project } = parseProviderName(name)
  return command(['gcloud iam workload-identity-pools providers list'], {
    'workload-identity-pool': pool,
    location: 'global',
    project,
  })
}

/** Undoes `--disabled` of the pool. */
export function enablePool(name: string): string {
  const { pool, project } = parseProviderName(name)
  const words = ['gcloud iam workload-identity-pools update', pool, '--no-disabled']
  return command(words, { location: 'global', project })
}

function onProvider(
  verb: string,
  name: string,
  flags: Readonly<Record<string, string>> = {}
): string {
  const { project, pool, provider } = parseProviderName(name)
  return command(['gcloud iam workload-identity-pools providers', verb, provider], {
    'workload-identity-pool': pool,
    location: 'global',
    project,
    ...flags,
  })
}
