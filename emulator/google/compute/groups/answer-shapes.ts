import type { Shape } from '../../fields.ts'

const VERSION: Shape = { instanceTemplate: {}, name: {} }

const ERROR_DETAILS: Shape = {
  errorInfo: { domain: {}, metadatas: {}, reason: {} },
  help: { links: {} },
  localizedMessage: { locale: {}, message: {} },
  quotaInfo: {
    dimensions: {},
    futureLimit: {},
    limit: {},
    limitName: {},
    metricName: {},
    rolloutStatus: {},
  },
}

const ERRORS: Shape = {
  errors: { code: {}, errorDetails: ERROR_DETAILS, location: {}, message: {} },
}

/** What an answer of listManagedInstances may hold. */
export const MANAGED_INSTANCES: Shape = {
  managedInstances: {
    currentAction: {},
    id: {},
    instance: {},
    instanceHealth: { detailedHealthState: {}, healthCheck: {} },
    instanceStatus: {},
    lastAttempt: { errors: ERRORS },
    name: {},
    preservedStateFromConfig: {},
    preservedStateFromPolicy: {},
    propertiesFromFlexibilityPolicy: { machineType: {} },
    version: VERSION,
  },
  nextPageToken: {},
}

/** What an answer of listErrors may hold. */
export const GROUP_ERRORS: Shape = {
  items: {
    error: { code: {}, message: {} },
    instanceActionDetails: { action: {}, instance: {}, version: VERSION },
    timestamp: {},
  },
  nextPageToken: {},
}
