/** Where our own workflows, and those that call them, find the action. */
export const SELF = '.github/actions/deploy-spot-mig/action.yml'

const REMARK = `# Made from the action.yml of the root by "npm run readme". Workflow files of this repository name the
# action by "$/": the repository and commit that they are of themselves, also where another repository
# calls them. GitHub refuses that for the root folder (https://github.com/actions/runner/pull/4457).
`

/** The action as it is said three folders further down. */
export function withoutRoot(action: string): string {
  return `${REMARK}${action.replaceAll(/^( {2}(?:main|post): )dist\//gm, '$1../../../dist/')}`
}
