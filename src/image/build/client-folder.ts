import { asRecord, asText, parseJson } from '../../lib/json.ts'
import type { Files, Log } from '../../ports.ts'

/** The folder of Docker's client that the user has: DOCKER_CONFIG, or .docker in their home. */
export interface ClientFolder {
  /** The text of config.json; undefined where there is none. */
  readConfig(): Promise<string | undefined>
  /**
   * Makes a private folder with links to everything but config.json. Answers what else the
   * environment has to say, so that builders, contexts and plugins stay where they are.
   */
  mirror(directory: string): Promise<Readonly<Record<string, string>>>
}

export interface Login {
  readonly host: string
  /** A Google access token. */
  readonly token: string
}

export interface ClientFolderPorts {
  readonly clientFolder: ClientFolder
  readonly files: Files
  readonly log: Log
}

/**
 * Works with the user's own client configuration and one login more. It stands in a private folder
 * that is gone afterwards: the user's files never have the token.
 */
export async function withLogin<T>(
  { clientFolder, files, log }: ClientFolderPorts,
  { directory, ...login }: Login & { readonly directory: string },
  work: (env: Readonly<Record<string, string>>) => Promise<T>
): Promise<T> {
  try {
    const env = await clientFolder.mirror(directory)
    const { text, secret } = addLogin(await clientFolder.readConfig(), login)
    log.mask(secret)
    await files.writePrivate(`${directory}/config.json`, text)
    return await work({ ...env, DOCKER_CONFIG: directory })
  } finally {
    await files.remove(directory)
  }
}

/** The configuration with a login; `secret` is how the token stands in it. */
export function addLogin(
  config: string | undefined,
  { host, token }: Login
): { readonly text: string; readonly secret: string } {
  const settings = asRecord(parseJson(config ?? ''))
  const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64')
  const auths = { ...asRecord(settings['auths']), [host]: { auth } }
  // A helper for the host, or for all of them, would win over the login: "" means this file.
  const hasHelper =
    asText(settings['credsStore']) !== '' || asRecord(settings['credHelpers'])[host] !== undefined
  const credHelpers = { ...asRecord(settings['credHelpers']), [host]: '' }
  const text = JSON.stringify({ ...settings, auths, ...(hasHelper && { credHelpers }) })
  return { text, secret: auth }
}
