import { Compute } from '../../../../src/google/compute.ts'
import { googleClientOn } from '../../../fakes/google-client.ts'
import { type HttpAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts'

export const REGION = '/compute/v1/projects/mervis-demo/regions/europe-west1'
export const ZONE = '/compute/v1/projects/mervis-demo/zones/europe-west1-b'
export const LINK = 'https://www.googleapis.com/compute/v1/projects/mervis-demo'

/** Compute of project mervis-demo in europe-west1, which gets these answers one by one. */
export function computeOn(...script: readonly HttpAnswer[]): {
  readonly compute: Compute
  readonly http: ScriptedHttp
} {
  const http = new ScriptedHttp(script)
  const scope = { projectId: 'mervis-demo', region: 'europe-west1' }
  return { http, compute: new Compute(googleClientOn(http), scope) }
}
