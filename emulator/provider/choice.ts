import { resolve } from 'node:path'
import type { Environment } from './session/environment.ts'
import { startProvider } from './start.ts'

/** Which hashicorp/google terraform works with: the one in this folder, or the one that it installs. */
export type ProviderChoice = 'stand-in' | 'real'

/** A provider that terraform finds by these variables. */
export interface OfferedProvider {
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** The choice that the variable PROVIDER makes. @throws Error when it is neither */
export function chooseProvider(environment: Environment): ProviderChoice {
  const choice = environment['PROVIDER'] || 'stand-in'
  if (choice === 'stand-in' || choice === 'real') return choice
  throw new Error(`PROVIDER is "${choice}": write real, or leave it out for the stand-in.`)
}

/**
 * Starts the stand-in; or nothing, for then terraform installs and starts the real one itself. The
 * machine's own settings for installing are passed on, since terraform runs with a bare environment.
 */
export async function offerProvider(
  choice: ProviderChoice,
  endpoints: Readonly<Record<string, string>>
): Promise<OfferedProvider> {
  if (choice === 'real') {
    return { environment: installationOf(process.env), stop: () => Promise.resolve() }
  }
  const provider = await startProvider({ fallbackEnvironment: endpoints })
  return {
    environment: { TF_REATTACH_PROVIDERS: provider.reattach },
    stop: () => provider.stop(),
  }
}

const PATHS = ['TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR']
const SWITCHES = ['TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE', 'TF_CLI_ARGS_init']

function installationOf(environment: Environment): Readonly<Record<string, string>> {
  const given = (names: readonly string[]): [string, string][] =>
    names.flatMap((name) => {
      const value = environment[name]
      return value ? [[name, value]] : []
    })
  // Terraform runs in other folders than the person who wrote the path.
  const paths = given(PATHS).map(([name, path]) => [name, resolve(path)] as const)
  return Object.fromEntries([...paths, ...given(SWITCHES)])
}
