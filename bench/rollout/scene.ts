/** What the cloud of a measurement holds, and what its group is moved to. */
export const PROJECT = 'demo'
export const REGION = 'europe-west3'
export const GROUP = 'mervis'
export const RELEASE = 'b2b2b2b2b2b2'
export const IMAGE = `${REGION}-docker.pkg.dev/${PROJECT}/mervis/mervis@sha256:${'b2'.repeat(32)}`
export const TEMPLATE = `projects/${PROJECT}/regions/${REGION}/instanceTemplates/${GROUP}-${RELEASE}`
