import { ActionError } from '../../errors.ts'
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../lib/json.ts'
import type { GoogleClient } from '../client.ts'
import { readFailure } from '../diagnosis/failure.ts'
import { isRateLimit } from '../diagnosis/rows/compute.ts'

/** What a VM is from outside. */
export interface VmCard {
  readonly name: string
  /** External where it has one, else internal; empty while it has none. */
  readonly address: string
  /** ISO 8601; empty where Google does not say. */
  readonly createdAt: string
}

const FIELDS =
  'nextPageToken,items(name,creationTimestamp,networkInterfaces(networkIP,accessConfigs/natIP))'

/** All VMs of one zone whose names a group gave, in one request where they fit on a page. @throws ActionError GCP_* */
export async function listVmCards(
  google: GoogleClient,
  {
    projectId,
    zone,
    baseInstanceName,
  }: { readonly projectId: string; readonly zone: string; readonly baseInstanceName: string }
): Promise<readonly VmCard[]> {
  const cards: VmCard[] = []
  let pageToken = ''
  do {
    const answer = await google.request({
      service: 'compute',
      method: 'GET',
      path: `projects/${projectId}/zones/${zone}/instances`,
      query: {
        filter: `name eq "${baseInstanceName}-[a-z0-9]+"`,
        fields: FIELDS,
        ...(pageToken !== '' && { pageToken }),
      },
      purpose: `list the VMs of ${zone}`,
    })
    const page = asRecord(answer.json)
    cards.push(...asList(page['items']).map((item) => readCard(asRecord(item))))
    pageToken = asText(page['nextPageToken'])
  } while (pageToken !== '')
  return cards
}

/** What came of asking a VM: its word; `silent`: it has written none; `limit`: it was asked too often lately. */
export type Said = { readonly value: unknown } | 'silent' | 'limit'

/**
 * The JSON value of one guest attribute, asked for once: who asks a VM again within a minute takes
 * the answer away from a deploy that watches it. @throws ActionError GCP_*
 */
export async function askVm(
  google: GoogleClient,
  {
    projectId,
    zone,
    name,
    queryPath,
  }: {
    readonly projectId: string
    readonly zone: string
    readonly name: string
    readonly queryPath: string
  }
): Promise<Said> {
  const answer = await google.request({
    service: 'compute',
    method: 'GET',
    path: `projects/${projectId}/zones/${zone}/instances/${name}/getGuestAttributes`,
    query: { queryPath },
    purpose: `read what VM ${name} reports`,
    accept: [403, 404],
  })
  if (answer.status === 403) return refused(google, name, answer.text)
  const [item] = asList(asRecord(asRecord(answer.json)['queryValue'])['items'])
  const value = parseJson(asText(asRecord(item)['value']))
  return value === undefined ? 'silent' : { value }
}

/** The limit of these queries is a 403, like Compute Engine's others: waiting for it is a deploy's business. */
function refused(google: GoogleClient, name: string, body: string): 'limit' {
  const failure = readFailure(403, body)
  if (isRateLimit(failure)) return 'limit'
  throw new ActionError(
    'GCP_REQUEST_FAILED',
    `Could not read what VM ${name} reports: Compute Engine answered 403 ${failure.reason}: ${failure.message}`,
    { hint: google.fixFor(failure) }
  )
}

function readCard(item: JsonRecord): VmCard {
  const card = asRecord(asList(item['networkInterfaces'])[0])
  const external = asText(asRecord(asList(card['accessConfigs'])[0])['natIP'])
  return {
    name: asText(item['name']),
    address: external || asText(card['networkIP']),
    createdAt: asText(item['creationTimestamp']),
  }
}
