import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { jobOf, RunnerStage, textsOf } from './stage.ts'

const FILES = {
  '.github/workflows/go.yml': `
name: go
run-name: Go to \${{ inputs.place }}
on:
  workflow_dispatch:
    inputs:
      place: { type: string, required: true }
      fast: { type: boolean, default: true }
      size: { type: number, default: 3 }
      zone: { type: choice, options: [b, c] }
      target: { type: environment }
jobs:
  a:
    runs-on: x
    steps:
      - run: 'echo "\${{ inputs.place }} \${{ inputs.fast && 1 || 2 }} \${{ inputs.size }} \${{ inputs.zone }} [\${{ inputs.target }}] \${{ github.event.inputs.fast }}"'
`,
  '.github/workflows/push.yml': 'on: push\njobs: { a: { runs-on: x, steps: [{ run: echo }] } }',
}

let stage: RunnerStage

beforeEach(async () => {
  stage = await RunnerStage.open(FILES, { environments: { production: {} } })
})

afterEach(() => stage.close())

const dispatch = (inputs: Readonly<Record<string, string>>, more = {}) =>
  stage.workflows.dispatch({ file: 'go.yml', branch: 'main', actor: 'octocat', inputs, ...more })

describe('Workflows.dispatch', () => {
  it('gives inputs in their types, and fills in defaults', async () => {
    const run = await dispatch({ place: 'Berlin' })
    expect(run).toMatchObject({ name: 'go', title: 'Go to Berlin', conclusion: 'success' })
    expect(textsOf(jobOf(run, 'a'))).toEqual(['Berlin 1 3 b [] true'])
  })

  it('takes what is given', async () => {
    const run = await dispatch({
      place: 'Rome',
      fast: 'false',
      size: '7',
      zone: 'c',
      target: 'production',
    })
    expect(textsOf(jobOf(run, 'a'))).toEqual(['Rome 2 7 c [production] false'])
  })

  it.each([
    ['nothing', {}, "Required input 'place' not provided"],
    ['an empty text where one is required', { place: '' }, "Required input 'place' not provided"],
    ['another input', { place: 'a', other: 'b' }, 'Unexpected inputs provided: ["other"]'],
    [
      'no truth',
      { place: 'a', fast: 'yes' },
      "Provided value 'yes' for input 'fast' not in the list of allowed values",
    ],
    [
      'no choice',
      { place: 'a', zone: 'z' },
      "Provided value 'z' for input 'zone' not in the list of allowed values",
    ],
    ['no number', { place: 'a', size: 'x' }, "Provided value 'x' for input 'size' is not a number"],
    [
      'no environment',
      { place: 'a', target: 'x' },
      "Provided value 'x' for input 'target' is not an environment of the repository",
    ],
  ])('refuses %s', async (_, inputs, message) => {
    await expect(dispatch(inputs)).rejects.toMatchObject({ httpStatus: 422, message })
  })

  it.each([
    ['a file that there is not', { file: 'no.yml' }, 404, 'Not Found'],
    [
      'a file that does not wait for it',
      { file: 'push.yml' },
      422,
      "Workflow does not have 'workflow_dispatch' trigger",
    ],
    ['a branch that there is not', { branch: 'no' }, 422, 'No ref found for: no'],
  ])('refuses %s', async (_, more, httpStatus, message) => {
    await expect(dispatch({ place: 'a' }, more)).rejects.toMatchObject({ httpStatus, message })
  })
})

describe("GitHub's API of the runs", () => {
  const ask = (path: string, permissions: object, body?: unknown) =>
    stage.ask(`/actions${path}`, {
      token: stage.github.tokens.issue({ permissions: { ...permissions } }),
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
  const write = { actions: 'write' }

  it('dispatches, lists, shows jobs and logs, and runs again', async () => {
    const inputs = { place: 'Berlin', fast: false }
    const body = { ref: 'main', inputs }
    expect((await ask('/workflows/go.yml/dispatches', write, body)).status).toBe(204)
    await stage.until(() => stage.workflows.runs.list()[0]?.status === 'completed')
    const list = await (await ask('/runs?event=workflow_dispatch', write)).json()
    expect(list).toMatchObject({
      total_count: 1,
      workflow_runs: [{ display_title: 'Go to Berlin', status: 'completed', run_attempt: 1 }],
    })
    const { id } = stage.workflows.runs.list()[0] ?? { id: 0 }
    const { jobs } = (await (await ask(`/runs/${id}/jobs`, write)).json()) as {
      jobs: { id: number; conclusion: string }[]
    }
    expect(jobs).toMatchObject([{ conclusion: 'success', steps: [{ number: 1 }, { number: 2 }] }])
    const log = await (await ask(`/jobs/${jobs[0]?.id}/logs`, write)).text()
    expect(log).toContain('\nBerlin 2 3 b [] false')
    expect((await ask(`/runs/${id}/rerun`, write, {})).status).toBe(201)
    await stage.until(() => stage.workflows.runs.list()[0]?.status === 'completed')
    expect(await (await ask(`/runs/${id}`, write)).json()).toMatchObject({ run_attempt: 2 })
    expect((await ask(`/runs/${id}/cancel`, write, {})).status).toBe(409)
  })

  it('tells which run it has begun, when it is asked', async () => {
    const body = { ref: 'refs/heads/main', inputs: { place: 'a' }, return_run_details: true }
    const answer = await ask('/workflows/go.yml/dispatches', write, body)
    expect(await answer.json()).toMatchObject({
      workflow_run_id: stage.workflows.runs.list()[0]?.id,
    })
    await stage.until(() => stage.workflows.runs.list()[0]?.status === 'completed')
  })

  it('asks for the permission', async () => {
    const body = { ref: 'main', inputs: { place: 'a' } }
    const read = await ask('/workflows/go.yml/dispatches', { actions: 'read' }, body)
    expect(read.status).toBe(403)
    expect((await ask('/runs', {})).status).toBe(403)
    expect((await ask('/runs/1', write)).status).toBe(404)
    const missing = await ask('/workflows/go.yml/dispatches', write, {})
    expect([missing.status, await missing.json()]).toMatchObject([422, {}])
  })
})
