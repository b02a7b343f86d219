import { Hono } from 'hono'
import type { JobRun, WorkflowRun } from '../../runner/runs.ts'
import { pageOf } from '../api/paging.ts'
import { demand, type GitHubEnv, numberIn, readBody } from '../api/route.ts'
import type { Surroundings } from '../api/views.ts'
import { GitHubError, notFound } from '../errors.ts'
import type { ActionsDoor, ActionsRunner } from './door.ts'
import { renderLog, viewJob, viewRun } from './views.ts'

/** Workflow runs of the repository: dispatch, list, look, cancel, run again. */
export function actionRoutes(surroundings: Surroundings, door: ActionsDoor): Hono<GitHubEnv> {
  const routes = new Hono<GitHubEnv>()
  const runner = (): ActionsRunner => {
    if (!door.runner) throw notFound()
    return door.runner
  }
  const find = (id: number): WorkflowRun => {
    const run = runner().runs.find(id)
    if (!run) throw notFound()
    return run
  }

  routes.post('/actions/workflows/:file/dispatches', async (c) => {
    demand(c, 'write', 'actions')
    const body = await readBody(c)
    if (typeof body['ref'] !== 'string')
      throw new GitHubError(422, 'Invalid request.\n\n"ref" wasn\'t supplied.')
    const run = await runner().startDispatch({
      file: c.req.param('file'),
      branch: body['ref'].replace(/^refs\/heads\//, ''),
      inputs: textsOf(body['inputs']),
      actor: c.get('grant').login,
    })
    if (body['return_run_details'] !== true) return c.body(null, 204)
    const view = viewRun(run, surroundings)
    return c.json({ workflow_run_id: run.id, run_url: view.url, html_url: view.html_url })
  })
  routes.get('/actions/runs', (c) => {
    demand(c, 'read', 'actions')
    const wanted = (run: WorkflowRun): boolean =>
      [
        ['event', run.event],
        ['branch', run.branch],
        ['head_sha', run.sha],
        ['status', run.conclusion ?? run.status],
      ].every(([name = '', value]) => [undefined, value].includes(c.req.query(name)))
    const runs = runner().runs.list().filter(wanted)
    const page = pageOf(c, runs)
    const views = page.items.map((run) => viewRun(run, surroundings))
    return c.json({ total_count: runs.length, workflow_runs: views }, 200, { ...page.headers })
  })
  routes.get('/actions/runs/:id', (c) => {
    demand(c, 'read', 'actions')
    return c.json(viewRun(find(numberIn(c, 'id')), surroundings))
  })
  routes.get('/actions/runs/:id/jobs', (c) => {
    demand(c, 'read', 'actions')
    const run = find(numberIn(c, 'id'))
    const page = pageOf(c, run.jobs)
    const views = page.items.map((job) => viewJob(run, job, surroundings))
    return c.json({ total_count: run.jobs.length, jobs: views }, 200, { ...page.headers })
  })
  routes.get('/actions/jobs/:id/logs', (c) => {
    demand(c, 'read', 'actions')
    return c.text(renderLog(findJob(runner(), numberIn(c, 'id'))))
  })
  routes.post('/actions/runs/:id/cancel', (c) => {
    demand(c, 'write', 'actions')
    runner().cancel(numberIn(c, 'id'))
    return c.json({}, 202)
  })
  routes.post('/actions/runs/:id/rerun', (c) => {
    demand(c, 'write', 'actions')
    runner().startRerun(numberIn(c, 'id'))
    return c.json({}, 201)
  })
  return routes
}

function findJob({ runs }: ActionsRunner, id: number): JobRun {
  const job = runs
    .list()
    .flatMap((run) => run.jobs)
    .find((one) => one.id === id)
  if (!job) throw notFound()
  return job
}

// GitHub takes booleans and numbers, too, and hands them on as texts.
function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
}
