import { describe, expect, it } from '@jest/globals'
import { sumUp } from '../../scripts/test/lanes.ts'

describe('sumUp', () => {
  it('adds the counts of all lanes, so that no failure of one is lost', () => {
    const one = { numPassedTests: 3, numFailedTests: 1, numFailedTestSuites: 1, success: false }
    const other = { numPassedTests: 4, numFailedTests: 0, numFailedTestSuites: 2, success: false }
    expect(JSON.parse(sumUp([JSON.stringify(one), JSON.stringify(other)]))).toMatchObject({
      numPassedTests: 7,
      numFailedTests: 1,
      numFailedTestSuites: 3,
    })
  })

  it('is all zero without a lane', () => {
    expect(JSON.parse(sumUp([]))).toMatchObject({ numPassedTests: 0, numFailedTestSuites: 0 })
  })
})
