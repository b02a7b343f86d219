import { gaxios } from 'google-auth-library'
import type { Http } from '../../ports.ts'

/**
 * HTTP through gaxios, which google-auth-library brings along: it honours HTTP(S)_PROXY and
 * NO_PROXY, as Node's own fetch does not. It never retries: policy is the client's affair.
 */
export function gaxiosHttp(): Http {
  const client = new gaxios.Gaxios()
  return {
    send: async ({ method, url, headers, body, timeoutMs, signal }) => {
      const response = await client.request<string>({
        method: method as gaxios.GaxiosOptions['method'] & string,
        url,
        headers: { ...headers },
        ...(body !== undefined && { body }),
        timeout: timeoutMs,
        signal,
        responseType: 'text',
        retry: false,
        validateStatus: () => true,
      })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: typeof response.data === 'string' ? response.data : '',
      }
    },
  }
}
