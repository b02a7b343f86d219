import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { RunBook } from '../../emulator/runner/runs.ts'
import { type Harness, startHarness } from '../emulator/harness.ts'
import { Chromium } from './chromium.ts'

const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
const VIEWPORTS = [
  ['a desk', { width: 1400, height: 1000 }],
  ['a phone', { width: 390, height: 844 }],
] as const

let harness: Harness
const book = new RunBook()

beforeAll(async () => {
  harness = await startHarness()
  const unasked = (): never => {
    throw new Error('Nobody asked for a run.')
  }
  const runner = { runs: book, startDispatch: unasked, startRerun: unasked, cancel: unasked }
  harness.emulator.github.actions.connect(runner)
  const { store } = harness.emulator.github
  for (const title of ['First', 'Second']) {
    const { number } = store.addPull({ title, author: 'mervis' })
    store.addComment(number, 'github-actions[bot]', `${HOSTILE}\n\n**${title}** comment`)
  }
})
afterAll(() => harness.stop())

describe.each(VIEWPORTS)('the console on %s', (_, size) => {
  let page: Chromium

  beforeAll(async () => {
    page = await Chromium.open(`${harness.emulator.url}/console`, size)
    await page.until(`document.getElementById('link')?.textContent === 'live'`)
  })
  afterAll(() => page.close())

  it('fits its width, and runs no script of a comment', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await page.evaluate('document.title')).toContain('mervis-demo')
    expect(page.complaints).toEqual([])
  })

  it('shows what is new without closing what somebody has opened', async () => {
    const { store } = harness.emulator.github
    await page.evaluate(`document.querySelector('[data-key=item-1]').open = true`)
    const title = `New on ${size.width}`
    store.addPull({ title, author: 'mervis' })
    await page.until(`document.getElementById('items').textContent.includes('${title}')`)
    expect(await page.evaluate(`document.querySelector('[data-key=item-1]').open`)).toBe(true)
    expect(await page.evaluate(`document.querySelectorAll('[data-key=item-1]').length`)).toBe(1)
  })

  it('fetches the log of a step that is opened', async () => {
    const times = { startedAtMs: 1, endedAtMs: 2 }
    const ended = { status: 'completed', conclusion: 'success' } as const
    const log = [{ kind: 'text', text: 'Rolled 2 VMs <b>of</b> web.' }] as const
    const rest = { summary: '', annotations: [], outputs: new Map<string, string>() }
    const step = { number: 1, name: 'Deploy', ...ended, ...times, log, ...rest }
    const where = { environment: undefined, environmentUrl: '', outputs: new Map<string, string>() }
    const job = { id: 2, key: 'deploy', name: 'deploy', ...ended, ...where, steps: [step] }
    book.put({
      ...{ id: 1, attempt: 1, number: 1, name: 'deploy', path: '', event: 'push', branch: 'main' },
      ...{ sha: '', title: '', actor: 'mervis', ...ended, createdAtMs: 1, errors: [], jobs: [job] },
    })
    await page.until(`document.querySelector('details[data-log]') !== null`)
    await page.evaluate(`document.querySelector('details[data-log]').open = true`)
    await page.until(`document.querySelector('.log').textContent.includes('<b>of</b> web.')`)
  })
})
