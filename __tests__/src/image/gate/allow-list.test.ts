import { describe, expect, it } from '@jest/globals'
import { parseAllowList } from '../../../../src/image/gate/allow-list.ts'

const finding = { rule: 'private-key', title: 'Private key', line: 3 }

describe('parseAllowList', () => {
  it.each([
    ['private-key  certs/dev.key  # self-signed, for local https', 'certs/dev.key', true],
    ['*  certs/dev.key  # self-signed, for local https', 'certs/dev.key', true],
    ['private-key\tcerts/*.key\t# self-signed', 'certs/dev.key', true],
    ['private-key certs # the whole folder, for tests', 'certs/deep/dev.key', true],
    ['private-key certs/ # the whole folder, for tests', 'certs/deep/dev.key', true],
    ['private-key **/fixtures/** # test data', 'a/b/fixtures/c/dev.key', true],
    ['private-key **/dev.key # test data', 'dev.key', true],
    ['private-key ./certs/dev.key # test data', 'certs/dev.key', true],
    ['private-key certs/dev.ke? # 테스트 키', 'certs/dev.key', true],
    ['private-key certs/*.key # one folder only', 'certs/deep/dev.key', false],
    ['private-key dev.key # at the root only', 'certs/dev.key', false],
    ['generic-password certs/dev.key # another rule', 'certs/dev.key', false],
    ['private-key certs/dev.key', 'certs/dev.key', false],
    ['private-key certs/dev.key #', 'certs/dev.key', false],
    ['private-key certs/devxkey # no dot', 'certs/dev.key', false],
    ['private-key certs/dev(1).key # signs of patterns', 'certs/dev(1).key', true],
    ['# private-key certs/dev.key # commented out', 'certs/dev.key', false],
    ['', 'certs/dev.key', false],
  ])('%j for %s: %s', (text, path, isAllowed) => {
    expect(parseAllowList(text).allows(path, finding)).toBe(isAllowed)
  })

  it('says which lines cannot be used, and why', () => {
    const text = [
      '\uFEFF# what we live with',
      'private-key',
      'private-key certs/dev.key',
      '',
      'Private-Key! certs/dev.key # so',
      '*  **  # everything',
      'private-key certs/dev.key # for local https',
    ].join('\r\n')
    expect(parseAllowList(text).problems).toEqual([
      'line 2: write "<rule or *>  <path>  # reason"',
      'line 3: the reason is missing; write "<rule or *>  <path>  # reason"',
      'line 5: "Private-Key!" is no rule; write "<rule or *>  <path>  # reason"',
      'line 6: this would allow everything; name a rule or a path',
    ])
  })

  it('says which lines covered nothing', () => {
    const list = parseAllowList('* a.key # first\n* b.key # second\n')
    expect(list.allows('a.key', finding)).toBe(true)
    expect(list.unused()).toEqual(['line 2: * b.key # second'])
  })
})
