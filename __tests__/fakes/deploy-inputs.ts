import { type Config, type ParsedInputs, parseInputs } from '../../src/inputs.ts'

export const PROVIDER =
  'projects/123456789012/locations/global/workloadIdentityPools/github/providers/github'

/** The quick start: what every job must give. */
export const REQUIRED: Readonly<Record<string, string>> = {
  project_id: 'mervis-demo',
  region: 'europe-west1',
  workload_identity_provider: PROVIDER,
  state_bucket: 'mervis-demo-tfstate',
}

/** What comes of the quick start plus `more`. */
export function parse(
  more: Readonly<Record<string, string>> = {},
  repository = 'mervis/mervis'
): ParsedInputs {
  const given = { ...REQUIRED, ...more }
  const read = (input: string): string =>
    Object.entries(given).find(([name]) => name === input)?.[1] ?? ''
  return parseInputs(read, { repository })
}

/** The configuration of a deploy, made from inputs so that it is one that people can have. */
export function aConfig(more: Readonly<Record<string, string>> = {}): Config {
  const { config, problems } = parse(more)
  if (config) return config
  throw new Error(problems.map(({ message }) => message).join('\n'))
}
