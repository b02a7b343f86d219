import { createHash } from 'node:crypto'
import type { Project } from '../../google/project.ts'
import type { MachineSpec, ServiceAccount } from '../machine.ts'

/** A value of the metadata tree: text for most readers, JSON where they ask for it. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly text: () => string
  readonly json: () => unknown
  /** Tokens are served when asked for by name, never in a listing. */
  readonly recursive: boolean
}

/** A named level of the tree. */
export interface Directory {
  readonly kind: 'directory'
  readonly entries: Readonly<Record<string, Node>>
  /** Keys of users stay as they are in JSON, Google's become camelCase, numbered ones a list. */
  readonly keys: 'camel' | 'verbatim' | 'list'
}

/** Anything that has a path. */
export type Node = Leaf | Directory

/** What the tree shows that changes during a VM's life. */
export interface LiveValues {
  readonly address: () => string
  readonly preempted: () => boolean
  readonly token: (account: ServiceAccount) => { accessToken: string; expiresInSeconds: number }
}

/** The tree under /computeMetadata/v1 of one VM. */
export function metadataTree(project: Project, spec: MachineSpec, live: LiveValues): Directory {
  return directory({
    project: directory({
      'project-id': leaf(project.id),
      'numeric-project-id': leaf(project.number, Number(project.number)),
      attributes: directory({}, 'verbatim'),
    }),
    instance: directory(instanceEntries(project, spec, live)),
    universe: directory({ 'universe-domain': leaf('googleapis.com') }),
  })
}

function instanceEntries(
  project: Project,
  spec: MachineSpec,
  live: LiveValues
): Readonly<Record<string, Node>> {
  const zone = `projects/${project.number}/zones/${spec.zone}`
  const attributes = Object.entries(spec.metadata).map(([key, value]) => [key, leaf(value)])
  return {
    attributes: directory(Object.fromEntries(attributes), 'verbatim'),
    'cpu-platform': leaf('Intel Broadwell'),
    description: leaf(''),
    hostname: leaf(`${spec.name}.${spec.zone}.c.${project.id}.internal`),
    id: leaf(spec.id, spec.id),
    'machine-type': leaf(`projects/${project.number}/machineTypes/${spec.machineType}`),
    'maintenance-event': leaf('NONE'),
    name: leaf(spec.name),
    'network-interfaces': networkInterfaces(project, live),
    preempted: liveLeaf(() => (live.preempted() ? 'TRUE' : 'FALSE')),
    scheduling: scheduling(spec),
    'service-accounts': serviceAccounts(spec.serviceAccount, live),
    tags: leaf(JSON.stringify(spec.tags), spec.tags),
    zone: leaf(zone),
  }
}

function networkInterfaces(project: Project, live: LiveValues): Directory {
  const first = directory({
    ip: liveLeaf(live.address),
    mac: liveLeaf(() => macOf(live.address())),
    network: leaf(`projects/${project.number}/networks/default`),
  })
  return directory({ '0': first }, 'list')
}

function scheduling(spec: MachineSpec): Directory {
  const spot = spec.spot ? 'TRUE' : 'FALSE'
  return directory({
    'automatic-restart': leaf(spec.spot ? 'FALSE' : 'TRUE'),
    'on-host-maintenance': leaf(spec.spot ? 'TERMINATE' : 'MIGRATE'),
    preemptible: leaf(spot),
  })
}

function serviceAccounts(account: ServiceAccount | undefined, live: LiveValues): Directory {
  if (!account) return directory({}, 'verbatim')
  const entries = directory({
    aliases: leaf('default', ['default']),
    email: leaf(account.email),
    scopes: leaf(account.scopes.join('\n'), account.scopes),
    token: { ...liveLeaf(() => JSON.stringify(tokenBody(account, live))), recursive: false },
  })
  return directory({ default: entries, [account.email]: entries }, 'verbatim')
}

function tokenBody(account: ServiceAccount, live: LiveValues): unknown {
  const { accessToken, expiresInSeconds } = live.token(account)
  return { access_token: accessToken, expires_in: expiresInSeconds, token_type: 'Bearer' }
}

/** Google Cloud derives it from the address: 42:01 and the four bytes. */
function macOf(address: string): string {
  const bytes = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))
  return ['42', '01', ...bytes].join(':')
}

function directory(
  entries: Readonly<Record<string, Node>>,
  keys: Directory['keys'] = 'camel'
): Directory {
  return { kind: 'directory', entries, keys }
}

function leaf(text: string, json: unknown = text): Leaf {
  return { kind: 'leaf', text: () => text, json: () => json, recursive: true }
}

function liveLeaf(text: () => string): Leaf {
  return { kind: 'leaf', text, json: text, recursive: true }
}

/** The node at a slash-separated path; undefined when there is none. */
export function findNode(root: Directory, path: string): Node | undefined {
  let node: Node | undefined = root
  for (const part of path.split('/').filter(Boolean)) {
    node = node?.kind === 'directory' ? ownEntry(node, part) : undefined
  }
  return node
}

function ownEntry({ entries }: Directory, key: string): Node | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined
}

/** A directory as people read it: one entry a line, directories with a slash. */
export function renderListing({ entries }: Directory): string {
  return Object.entries(entries)
    .map(([key, node]) => `${key}${node.kind === 'directory' ? '/' : ''}\n`)
    .join('')
}

/** The node and everything below it as JSON, the way `?recursive=true` shows it. */
export function toJson(node: Node): unknown {
  if (node.kind === 'leaf') return node.json()
  const shown = Object.entries(node.entries).filter(
    ([, one]) => one.kind !== 'leaf' || one.recursive
  )
  if (node.keys === 'list') return shown.map(([, one]) => toJson(one))
  const name = (key: string) => (node.keys === 'camel' ? camelCase(key) : key)
  return Object.fromEntries(shown.map(([key, one]) => [name(key), toJson(one)]))
}

function camelCase(key: string): string {
  return key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Changes when the content changes; what `last_etag` is compared with. */
export function etagOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
