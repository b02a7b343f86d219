/** What a VM needs to read its image and its secrets. */
export interface Access {
  readonly baseUrl: string
  readonly token: string
  readonly project: string
}

const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ')

/** Looks for the image's manifest as `docker pull` would; returns what is wrong, if anything. */
export async function findImage(image: string, access: Access): Promise<string | undefined> {
  const [, host, repository, separator, reference] =
    /^([^/]+)\/(.+?)(@|:)([^@:]+:[0-9a-f]+|[^/@:]+)$/.exec(image) ?? []
  if (!host || !repository || !separator || !reference) return `image name not valid: ${image}`
  const registry = host.endsWith('-docker.pkg.dev') ? access.baseUrl : `http://${host}`
  const url = `${registry}/v2/${repository}/manifests/${reference}`
  const response = await headManifest(url, `Bearer ${access.token}`)
  const answer = response.status === 401 ? await logIn(response, url, access) : response
  if (answer.ok) return undefined
  if (answer.status === 404) return `image pull failed: ${image} not found`
  return `image pull denied: ${answer.status} for ${image}`
}

function headManifest(url: string, authorization: string): Promise<Response> {
  return fetch(url, { method: 'HEAD', headers: { authorization, accept: MANIFEST_TYPES } })
}

/** The registry's own token dance: it names a realm, the realm gives a token for the repository. */
async function logIn(refusal: Response, url: string, access: Access): Promise<Response> {
  const challenge = refusal.headers.get('www-authenticate') ?? ''
  const fields = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])
  )
  if (!fields['realm']) return refusal
  const query = new URLSearchParams({
    service: fields['service'] ?? '',
    scope: fields['scope'] ?? '',
  })
  const basic = Buffer.from(`oauth2accesstoken:${access.token}`).toString('base64')
  const headers = { authorization: `Basic ${basic}` }
  const answer = await fetch(`${fields['realm']}?${query}`, { headers })
  if (!answer.ok) return answer
  const body: unknown = await answer.json()
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : ''
  return headManifest(url, `Bearer ${token}`)
}

/** Reads every secret of an `app-secrets` list; returns the first problem. */
export async function readSecrets(list: string, access: Access): Promise<string | undefined> {
  for (const line of list.split('\n').filter((one) => one.includes('='))) {
    const [, name = '', secret = '', version = ''] = /^([^=]+)=(.+)\/([^/]+)$/.exec(line) ?? []
    const parent = secret.startsWith('projects/') ? '' : `projects/${access.project}/secrets/`
    const url = `${access.baseUrl}/secretmanager/v1/${parent}${secret}/versions/${version}:access`
    const response = await fetch(url, { headers: { authorization: `Bearer ${access.token}` } })
    if (!response.ok) return `secret ${name} (${secret}/${version}): ${problemOf(response.status)}`
  }
  return undefined
}

function problemOf(status: number): string {
  if (status === 403) return 'access denied'
  return status === 404 ? 'not found' : `HTTP ${status}`
}
