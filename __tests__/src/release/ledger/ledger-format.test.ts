import { describe, expect, it } from '@jest/globals'
import { EMPTY_LEDGER, openEntry } from '../../../../src/release/ledger/ledger.ts'
import { parseLedger, renderLedger } from '../../../../src/release/ledger/ledger-format.ts'
import { aLedger, anEntry, STARTED_AT } from './entries.ts'

const URL = 'gs://mervis-demo-tfstate/mervis/releases.json'

const FILE = `{
  "version": 1,
  "entries": [
    {
      "attempt": 1,
      "kind": "deploy",
      "release": "a",
      "template": "mervis-a",
      "image": "europe-west1-docker.pkg.dev/mervis-demo/mervis/mervis@sha256:a",
      "previous": null,
      "commit": "c0ffee",
      "ref": "refs/heads/main",
      "actor": "octocat",
      "run_url": "https://github.com/mervis/mervis/actions/runs/7",
      "holder": "run-7",
      "started_at": "2026-11-23T00:00:00.000Z",
      "finished_at": "2026-11-23T00:01:00.000Z",
      "outcome": "verified",
      "rolled_back_to": null,
      "reason": null
    }
  ]
}
`

describe('renderLedger', () => {
  it('writes for people', () => {
    expect(renderLedger(aLedger('a verified'))).toBe(FILE)
  })
})

describe('parseLedger', () => {
  it.each([
    ['nothing', EMPTY_LEDGER],
    ['open and closed attempts', aLedger('a verified', 'b failed', 'a rolled_back', 'c')],
    [
      'a rollback',
      openEntry(
        aLedger('a verified'),
        anEntry({ kind: 'rollback', release: 'b', previous: 'a' }),
        STARTED_AT
      ),
    ],
    [
      'a run that knows little of itself',
      openEntry(EMPTY_LEDGER, anEntry({ commit: '', ref: '', actor: '', runUrl: '' }), STARTED_AT),
    ],
  ])('reads what was written: %s', (_, ledger) => {
    expect(parseLedger(renderLedger(ledger), URL)).toEqual(ledger)
  })

  it('keeps what it does not know', () => {
    const known = JSON.parse(FILE)
    const file = {
      ...known,
      note: { by: 'hand' },
      entries: [{ ...known.entries[0], approved_by: ['a'] }],
    }
    const ledger = openEntry(parseLedger(JSON.stringify(file), URL), anEntry(), STARTED_AT)
    const rewritten = JSON.parse(renderLedger(ledger))
    expect(rewritten).toMatchObject({ note: { by: 'hand' } })
    expect(rewritten.entries[0]).toEqual(file.entries[0])
    expect(rewritten.entries).toHaveLength(2)
  })

  it.each([
    ['', /not a JSON object/],
    ['{"version": 1, "entr', /not a JSON object/],
    ['[]', /not a JSON object/],
    ['null', /not a JSON object/],
    ['{}', /no "version"/],
    ['{"version": "1", "entries": []}', /no "version"/],
    ['{"version": 1}', /no list "entries"/],
    ['{"version": 1, "entries": {}}', /no list "entries"/],
    ['{"version": 1, "entries": [null]}', /entry 1 is not a JSON object/],
  ])('never takes %j for an empty ledger', (text, message) => {
    expect(() => parseLedger(text, URL)).toThrow(message)
  })

  it.each<[string, unknown]>([
    ['attempt', 0],
    ['attempt', '1'],
    ['attempt', 1.5],
    ['kind', 'destroy'],
    ['release', ''],
    ['release', 7],
    ['template', ''],
    ['image', undefined],
    ['previous', undefined],
    ['previous', ''],
    ['commit', null],
    ['ref', null],
    ['actor', 1],
    ['run_url', undefined],
    ['holder', ''],
    ['started_at', 'yesterday'],
    ['finished_at', 'soon'],
    ['outcome', 'ok'],
    ['outcome', undefined],
    ['rolled_back_to', ''],
    ['reason', 1],
  ])('refuses an entry whose %s is %j', (field, value) => {
    const file = JSON.parse(FILE)
    file.entries[0][field] = value
    expect(() => parseLedger(JSON.stringify(file), URL)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_UNREADABLE',
        message: expect.stringContaining(`"${field}" of entry 1 is not `),
      })
    )
  })

  it.each([
    ['an outcome without an end', { finished_at: null }],
    ['an end without an outcome', { outcome: null }],
  ])('refuses %s', (_, change) => {
    const file = JSON.parse(FILE)
    file.entries[0] = { ...file.entries[0], ...change }
    expect(() => parseLedger(JSON.stringify(file), URL)).toThrow(/has only one of/)
  })

  it('refuses attempts that are doubled or out of order', () => {
    const [entry] = JSON.parse(FILE).entries
    const file = { version: 1, entries: [entry, { ...entry, release: 'b' }] }
    expect(() => parseLedger(JSON.stringify(file), URL)).toThrow(/attempt 1 does not follow/)
  })

  it('says where a damaged ledger is and how to get it back', () => {
    expect(() => parseLedger('{', URL)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_UNREADABLE',
        message: `The ledger ${URL} is damaged: it is not a JSON object.`,
        hint: expect.stringContaining(`gcloud storage ls --all-versions ${URL}`),
      })
    )
  })

  it('leaves a newer format alone', () => {
    expect(() => parseLedger('{"version": 2, "history": []}', URL)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_UNREADABLE',
        message: expect.stringContaining('has format version 2'),
        hint: expect.stringContaining('or a newer one'),
      })
    )
  })
})
