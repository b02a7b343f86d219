import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Clock } from '../clock.ts'
import type { GitHub } from '../github/github.ts'
import type { Cloud } from '../google/cloud.ts'
import type { Compute } from '../google/compute/compute.ts'
import { GoogleError } from '../google/errors.ts'
import { readJson, textOf } from '../google/route.ts'
import { escapeHtml } from './markup/html.ts'
import { Painter, readState, SECTION_NAMES, type Sources } from './sections.ts'
import { readLog } from './state/runs.ts'
import { Traffic } from './traffic.ts'
import { ReleaseColours } from './view/release.ts'
import { renderLog } from './view/runs.ts'

/** What there is to look at. */
export interface ConsoleOptions {
  readonly clock: Clock
  readonly cloud: Pick<Cloud, 'project' | 'store'>
  readonly compute: Compute
  readonly github: Pick<GitHub, 'store' | 'deployments' | 'actions'>
}

/** The page that shows what goes on in the emulated cloud and at GitHub while it goes on. */
export interface Console {
  /** Requests that somebody counts; shown by release over time. */
  readonly traffic: Traffic
  /** The page, below `/console`. */
  readonly pageRoutes: Hono
  /** Its data, below `/emulator/console`. */
  readonly dataRoutes: Hono
}

/** How often a page that is open is told what has changed. */
const PERIOD_MS = 300
const FOLDER = join(import.meta.dirname, 'page')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** The page loads nothing but its own files, whatever text it shows. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** A console of a running emulator; it changes nothing that it shows. */
export function createConsole({ clock, cloud, compute, github }: ConsoleOptions): Console {
  const sources: Sources = {
    projectId: cloud.project.id,
    compute,
    objects: cloud.store,
    store: github.store,
    deployments: github.deployments,
    traffic: new Traffic(() => clock.now()),
    runs: () => github.actions.runner?.runs,
  }
  const painter = new Painter(new ReleaseColours())
  const paint = (): ReadonlyMap<string, string> => painter.paint(readState(sources))
  return {
    traffic: sources.traffic,
    pageRoutes: pageRoutes(sources, paint),
    dataRoutes: dataRoutes(sources, paint).route('/', frontRoutes(sources)),
  }
}

type Paint = () => ReadonlyMap<string, string>

function pageRoutes({ projectId, store }: Sources, paint: Paint): Hono {
  const routes = new Hono()
  routes.get('/', async (c) => {
    const sections = paint()
    const fields = new Map([
      ...sections,
      ['project', escapeHtml(projectId)],
      ['repository', escapeHtml(store.repository)],
    ])
    const page = await readFile(join(FOLDER, 'index.html'), 'utf8')
    const text = page.replaceAll(/<!-- ([a-z]+) -->/g, (_, name) => fields.get(name) ?? '')
    return c.body(text, 200, { ...HEADERS, 'content-type': TYPES['.html'] ?? '' })
  })
  routes.get('/:file{[a-z]+\\.(?:css|js|svg)}', async (c) => {
    const file = c.req.param('file')
    const content = await readFile(join(FOLDER, file)).catch(() => undefined)
    if (!content) throw new GoogleError(404, `The console has no file "${file}".`)
    const type = TYPES[extname(file)] ?? ''
    return c.body(new Uint8Array(content), 200, { ...HEADERS, 'content-type': type })
  })
  return routes
}

function dataRoutes(sources: Sources, paint: Paint): Hono {
  const routes = new Hono()
  routes.get('/console/state', (c) => c.json(readState(sources), 200, HEADERS))
  routes.get('/console/events', (c) => sendChanges(c, paint))
  routes.get('/console/runs/:run/jobs/:job/steps/:step/log', (c) => {
    const number = (name: string): number => Number(c.req.param(name))
    const log = readLog(sources.runs(), {
      run: number('run'),
      job: number('job'),
      step: number('step'),
    })
    if (!log) throw new GoogleError(404, 'There is no such step.')
    return c.body(renderLog(log).text, 200, { ...HEADERS, 'content-type': TYPES['.html'] ?? '' })
  })
  return routes
}

/** A load balancer before a group for whoever has none, whose answers the page shows. */
function frontRoutes({ compute, traffic }: Sources): Hono {
  const routes = new Hono()
  routes.post('/front', async (c) => {
    const group = textOf(await readJson(c), 'group')
    if (!compute.groups().some(({ name }) => name === group) || group === undefined)
      throw new GoogleError(404, `There is no group '${group ?? ''}'.`)
    const front = await compute.openFront({
      group,
      onAnswer: (status, target) => {
        traffic.count('front', { release: status < 500 ? target?.release : undefined })
      },
    })
    return c.json({ url: front.url }, 201)
  })
  return routes
}

/** Server-Sent Events: one for each section, at first and whenever it looks different. */
function sendChanges(c: Context, paint: Paint): Response {
  return streamSSE(c, async (stream) => {
    const sent = new Map<string, string>()
    while (!stream.aborted && !stream.closed) {
      const sections = paint()
      for (const event of SECTION_NAMES) {
        const data = sections.get(event) ?? ''
        if (sent.get(event) === data) continue
        sent.set(event, data)
        await stream.writeSSE({ event, data })
      }
      await stream.sleep(PERIOD_MS)
    }
  })
}
