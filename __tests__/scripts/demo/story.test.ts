import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../emulator/clock.ts'
import { GitHubStore } from '../../../emulator/github/store.ts'
import type { WorkflowRun } from '../../../emulator/runner/runs.ts'
import { Developer, type Workplace } from '../../../scripts/demo/developer.ts'
import { Narrator } from '../../../scripts/demo/narrator.ts'
import { play } from '../../../scripts/demo/story.ts'
import { NO_VISITS } from '../../../scripts/demo/visitor.ts'

type Conclusions = Readonly<Record<string, 'success' | 'failure'>>

/** GitHub and a repository that remember what was asked of them, in order. */
class Rehearsal {
  readonly asked: string[] = []
  readonly lines: string[] = []
  readonly store = new GitHubStore(new VirtualClock(), 'mervis/mervis', 1)
  readonly #conclusions: Conclusions

  constructor(conclusions: Conclusions) {
    this.#conclusions = conclusions
  }

  async play(): Promise<readonly string[]> {
    const abort = new AbortController()
    const acts = await play({
      developer: new Developer(this.#workplace()),
      github: this,
      narrator: new Narrator((text) => this.lines.push(text), false),
      takeVisits: () => NO_VISITS,
      lookAtVms: () => [],
      startVisitor: () => {
        this.asked.push('visitor')
      },
      breakNext: async () => {
        this.asked.push('break')
      },
      signal: abort.signal,
    })
    return acts.map(({ name }) => name)
  }

  #workplace(): Workplace {
    const run = (name: string, what: string): WorkflowRun => {
      this.asked.push(what)
      const conclusion = this.#conclusions[what] ?? 'success'
      return {
        ...{ id: 1, attempt: 1, number: 1, name, path: '', event: '', branch: 'main', sha: '' },
        ...{ title: '', actor: '', status: 'completed', conclusion, createdAtMs: 0 },
        ...{ errors: [], jobs: [] },
      }
    }
    return {
      github: this,
      repository: {
        commit: async ({ branch, edit, message }) => {
          if (branch === 'main') await edit('')
          return { sha: `${message}@${branch}`, files: ['app/version.py'] }
        },
        merge: async (branch) => `merge-of-${branch}`,
      },
      workflows: {
        pullRequest: async ({ action, number }) => {
          if (action === 'opened')
            this.store.addComment(
              number,
              'github-actions[bot]',
              '<!-- m -->\n**`web`: 3 to add** <sub>`c0ffee` · [run](https://x)</sub>\n'
            )
          return [run('plan', `${action} ${number}`)]
        },
        push: async ({ sha }) => [run('deploy', `push ${sha}`)],
        dispatch: async ({ file }) => run('rollback', `dispatch ${file}`),
      },
    }
  }
}

const BROKEN = { 'push Ask the new model@main': 'failure' } as const

describe('play', () => {
  it('tells the whole story in order', async () => {
    const rehearsal = new Rehearsal(BROKEN)
    const acts = await rehearsal.play()
    expect(acts).toHaveLength(6)
    expect(rehearsal.asked).toEqual([
      'opened 1',
      'push merge-of-first-version',
      'closed 1',
      'visitor',
      'opened 2',
      'push merge-of-second-version',
      'closed 2',
      'break',
      'push Ask the new model@main',
      'dispatch rollback.yml',
    ])
    expect(rehearsal.lines).toContain('            The comment in the pull request: web: 3 to add')
    expect(rehearsal.store.items.map(({ pull }) => pull?.mergeCommitSha)).toEqual([
      'merge-of-first-version',
      'merge-of-second-version',
    ])
  })

  it('ends when something went another way', async () => {
    const rehearsal = new Rehearsal({ ...BROKEN, 'push merge-of-first-version': 'failure' })
    expect(await rehearsal.play()).toEqual(['pull request', 'first deploy'])
  })
})
