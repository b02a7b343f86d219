/** Steps that go before this action's, pinned as everything in a workflow should be. */

export const CHECKOUT =
  'steps:\n  - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1'

export const SET_UP_BUILDX =
  'steps:\n  - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0'

/** Without the wrapper, which puts itself between terraform and whoever reads its output. */
export function setUpTerraform(version: string): string {
  return `steps:
  - uses: hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e # v4.0.1
    with:
      terraform_version: ${version}
      terraform_wrapper: false`
}
