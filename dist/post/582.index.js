export const id = 582;
export const ids = [582];
export const modules = {

/***/ 1642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);

const systemClock = {
    now: () => Date.now(),
    sleep: async (durationMs, signal) => {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(durationMs, undefined, { signal });
        }
        catch (error) {
            // The timer throws its own AbortError; the reason says who stopped us and why.
            signal.throwIfAborted();
            throw error;
        }
    },
};


/***/ }),

/***/ 6842:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ RunnerLog)
/* harmony export */ });
/** What ends a line for the runner: a lone carriage return does, too. */
const LINE_BREAK = /\r\n|\r|\n/;
/**
 * The job's log. Every text passes the redactor, and no line of it can be taken for a workflow
 * command, whoever wrote it (build output, a VM's log lines).
 */
class RunnerLog {
    #runner;
    #redactor;
    #label;
    constructor(runner, redactor, label = '') {
        this.#runner = runner;
        this.#redactor = redactor;
        this.#label = label;
    }
    debug(message) {
        for (const line of this.#redactor.redact(message).split(LINE_BREAK)) {
            this.#runner.debug(this.#safe(line));
        }
    }
    info(message) {
        for (const line of this.#redactor.redact(message).split(LINE_BREAK))
            this.#runner.info(this.#safe(line));
    }
    warning(message) {
        this.#runner.warning(this.#redactor.redact(message));
    }
    annotate({ severity, title, message, file, line }) {
        this.#runner[severity](this.#redactor.redact(message), {
            title: this.#redactor.redact(title),
            file,
            ...(line > 0 && { startLine: line }),
        });
    }
    mask(secret) {
        this.#redactor.add(secret);
        this.#runner.setSecret(secret);
    }
    async group(title, work) {
        this.#runner.startGroup(this.#redactor.redact(title));
        try {
            return await work();
        }
        finally {
            this.#runner.endGroup();
        }
    }
    labelled(label) {
        return new RunnerLog(this.#runner, this.#redactor, `${label.padEnd(9)} │ `);
    }
    #safe(text) {
        // `##[` is obeyed anywhere in a line, `::` at its beginning (actions/runner, ActionCommand).
        const line = this.#label + text.replaceAll('##[', '## [');
        return /^\s*::/.test(line) ? `│ ${line}` : line;
    }
}


/***/ }),

/***/ 8120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ru: () => (/* binding */ readOidcRequest),
/* harmony export */   V1: () => (/* binding */ readJobContext)
/* harmony export */ });
/* unused harmony exports isOnDefaultBranch, readRun */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _google_diagnosis_diagnose_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1165);
/* harmony import */ var _google_diagnosis_rows_identity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2268);




function readJobContext(env) {
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    const repositoryUrl = `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}`;
    return {
        repository,
        repositoryUrl,
        commit: env['GITHUB_SHA'] ?? '',
        ref: env['GITHUB_REF'] ?? '',
        actor: env['GITHUB_ACTOR'] ?? '',
        runUrl: `${repositoryUrl}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
    };
}
/** @throws ActionError AUTH_NO_OIDC with the YAML line to add */
function readOidcRequest(env) {
    const requestUrl = env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
    const requestToken = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    if (requestUrl !== '' && requestToken !== '')
        return { requestUrl, requestToken };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('AUTH_NO_OIDC', 'GitHub gives this job no OIDC token.', {
        hint: (0,_google_diagnosis_diagnose_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDiagnosis */ .sW)(_google_diagnosis_rows_identity_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_TOKEN */ .wH),
    });
}
/** Whether the job runs for the default branch, as every schedule does; `event` is the event file. */
function isOnDefaultBranch(event, env) {
    if (env['GITHUB_EVENT_NAME'] === 'schedule')
        return true;
    const branch = asText(asRecord(asRecord(parseJson(event))['repository'])['default_branch']);
    return branch !== '' && env['GITHUB_REF'] === `refs/heads/${branch}`;
}
/** Which run this is, and which attempt of it. */
function readRun(env) {
    return {
        runId: Number(env['GITHUB_RUN_ID'] ?? 0) || 0,
        runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) || 1,
    };
}


/***/ }),

/***/ 1165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h4: () => (/* binding */ diagnose),
  jc: () => (/* binding */ fixFor),
  sW: () => (/* binding */ renderDiagnosis)
});

// UNUSED EXPORTS: ROWS

// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
;// CONCATENATED MODULE: ./lib/google/diagnosis/roles.js
/** The role that carries a permission, least first (Google's IAM reference; order matters). */
const ROLE_OF_PERMISSION = [
    ['artifactregistry.repositories.uploadArtifacts', 'roles/artifactregistry.writer'],
    ['artifactregistry.repositories.downloadArtifacts', 'roles/artifactregistry.reader'],
    ['artifactregistry.repositories.deleteArtifacts', 'roles/artifactregistry.repoAdmin'],
    ['artifactregistry.tags.delete', 'roles/artifactregistry.repoAdmin'],
    ['artifactregistry.tags.create', 'roles/artifactregistry.writer'],
    ['artifactregistry.tags.update', 'roles/artifactregistry.writer'],
    ['artifactregistry.tags.', 'roles/artifactregistry.reader'],
    ['artifactregistry.dockerimages.', 'roles/artifactregistry.reader'],
    ['artifactregistry.versions.delete', 'roles/artifactregistry.repoAdmin'],
    ['artifactregistry.versions.', 'roles/artifactregistry.reader'],
    ['artifactregistry.packages.delete', 'roles/artifactregistry.repoAdmin'],
    ['artifactregistry.packages.', 'roles/artifactregistry.reader'],
    ['artifactregistry.repositories.get', 'roles/artifactregistry.reader'],
    ['artifactregistry.', 'roles/artifactregistry.admin'],
    ['compute.firewalls.', 'roles/compute.securityAdmin'],
    ['compute.networks.', 'roles/compute.networkAdmin'],
    ['compute.subnetworks.', 'roles/compute.networkAdmin'],
    ['compute.routers.', 'roles/compute.networkAdmin'],
    ['compute.healthChecks.', 'roles/compute.networkAdmin'],
    ['compute.', 'roles/compute.instanceAdmin.v1'],
    ['iam.serviceAccounts.getAccessToken', 'roles/iam.workloadIdentityUser'],
    ['iam.serviceAccounts.actAs', 'roles/iam.serviceAccountUser'],
    ['iam.serviceAccounts.get', 'roles/iam.serviceAccountViewer'],
    ['iam.serviceAccounts.', 'roles/iam.serviceAccountAdmin'],
    ['iam.workloadIdentityPoolProviders.get', 'roles/iam.workloadIdentityPoolViewer'],
    ['iam.workloadIdentityPools.get', 'roles/iam.workloadIdentityPoolViewer'],
    ['iam.roles.', 'roles/iam.roleAdmin'],
    ['orgpolicy.policy.get', 'roles/orgpolicy.policyViewer'],
    ['resourcemanager.projects.getIamPolicy', 'roles/iam.securityReviewer'],
    ['resourcemanager.projects.setIamPolicy', 'roles/resourcemanager.projectIamAdmin'],
    ['resourcemanager.projects.', 'roles/browser'],
    ['secretmanager.versions.access', 'roles/secretmanager.secretAccessor'],
    ['secretmanager.versions.add', 'roles/secretmanager.secretVersionAdder'],
    ['secretmanager.versions.get', 'roles/secretmanager.viewer'],
    ['secretmanager.versions.list', 'roles/secretmanager.viewer'],
    ['secretmanager.versions.', 'roles/secretmanager.secretVersionManager'],
    ['secretmanager.secrets.get', 'roles/secretmanager.viewer'],
    ['secretmanager.', 'roles/secretmanager.admin'],
    ['serviceusage.services.use', 'roles/serviceusage.serviceUsageConsumer'],
    ['serviceusage.services.get', 'roles/serviceusage.serviceUsageViewer'],
    ['serviceusage.services.list', 'roles/serviceusage.serviceUsageViewer'],
    ['serviceusage.', 'roles/serviceusage.serviceUsageAdmin'],
    ['storage.buckets.get', 'roles/storage.legacyBucketReader'],
    ['storage.objects.', 'roles/storage.objectUser'],
    ['storage.', 'roles/storage.admin'],
];
/** The least of the well-known roles with the permission, or undefined. */
function roleFor(permission) {
    return ROLE_OF_PERMISSION.find(([prefix]) => permission.startsWith(prefix))?.[1];
}
/** Not a host name: `compute.googleapis.com` looks like one and is none. */
const PERMISSION = /\b[a-z]+(?:\.(?!googleapis|com\b)[A-Za-z]+){2}\b/g;
/** The permissions that a text names, as far as a role is known for them. */
function permissionsIn(text) {
    return (text.match(PERMISSION) ?? []).filter((permission) => roleFor(permission) !== undefined);
}

// EXTERNAL MODULE: ./lib/google/diagnosis/surroundings.js
var diagnosis_surroundings = __webpack_require__(3950);
;// CONCATENATED MODULE: ./lib/google/diagnosis/grants.js



/** The command that grants it, as near to the resource as a role can be had; undefined when no role is known. */
function grantFor(missing, surroundings) {
    const role = roleFor(missing.permission);
    if (role === undefined)
        return undefined;
    const { permission, resource } = missing;
    const member = missing.member ?? (0,diagnosis_surroundings/* memberIn */.W)(surroundings);
    const grant = { project: projectOf(resource, surroundings), member };
    if (permission === 'iam.serviceAccounts.getAccessToken') {
        const serviceAccount = accountIn(resource) ?? surroundings.serviceAccount ?? 'SERVICE_ACCOUNT';
        // It is the job itself that asks for this one, and not yet the account that it becomes.
        const jobs = surroundings.jobs ?? grant.member;
        return (0,remedies/* grantOnServiceAccount */.gw)(role, { ...grant, serviceAccount, member: jobs });
    }
    const account = accountIn(resource);
    if (permission === 'iam.serviceAccounts.actAs' && account !== undefined) {
        return (0,remedies/* grantOnServiceAccount */.gw)(role, { ...grant, serviceAccount: account });
    }
    return (onPart(role, missing, grant) ?? onBucket(role, missing, surroundings) ?? (0,remedies/* grantRole */.Ru)(role, grant));
}
/** A repository or a secret has a policy of its own; what makes one needs a role above it. */
function onPart(role, { permission, resource }, grant) {
    const [, location, repository] = /\/locations\/([^/]+)\/repositories\/([^/:]+)/.exec(resource) ?? [];
    if (location !== undefined && repository !== undefined)
        return (0,remedies/* grantOnRepository */.GU)(role, { ...grant, location, repository });
    const secret = /\/secrets\/([^/:]+)/.exec(resource)?.[1];
    if (secret === undefined || /\.(create|list)$/.test(permission.replace('versions.list', '')))
        return undefined;
    return (0,remedies/* grantOnSecret */.Wc)(role, { ...grant, secret });
}
function onBucket(role, { permission, resource, member }, surroundings) {
    if (!permission.startsWith('storage.') || /buckets\.(create|list)$/.test(permission))
        return undefined;
    const bucket = /(?:^|\/)(?:b|buckets)\/([^/]+)/.exec(resource)?.[1] ?? surroundings.stateBucket;
    if (bucket === undefined)
        return undefined;
    return (0,remedies/* grantOnBucket */.gA)(role, { bucket, member: member ?? (0,diagnosis_surroundings/* memberIn */.W)(surroundings) });
}
function accountIn(resource) {
    return /[A-Za-z0-9-]+@[A-Za-z0-9.-]+\.gserviceaccount\.com/.exec(resource)?.[0];
}
/** Its id rather than its number, which Google may answer with: people know the one. */
function projectOf(resource, { projectId }) {
    const named = /(?:^|\/)projects\/([^/]+)/.exec(resource)?.[1] ?? projectId;
    return /^([0-9]+|_|-)$/.test(named) ? projectId : named;
}

;// CONCATENATED MODULE: ./lib/google/diagnosis/rows/access.js




/** As gcloud matches it: some APIs say only in words that they are off. */
const API_OFF = /console\.(?:cloud|developers)\.google\.com\/apis\/api\/([^/\s]+)\/overview/;
const SEEN_FROM = /has not been used in project (\S+) before/;
const RESOURCE = /\b(?:on|for|to)(?: resource| service account)? ["']?(?:\/\/[a-z.]+\/)?((?:projects|b)\/[^"'\s]+|[\w-]+@[\w.-]+)/;
/** Failures of whoever asks: APIs that are off, permissions that are missing. */
const ACCESS_ROWS = [
    { id: 'quota-project', explain: explainQuotaProject },
    { id: 'api-off', explain: explainApiOff },
    { id: 'act-as-compute', explain: explainActAs },
    {
        id: 'act-as',
        explain: (failure, surroundings) => explainMissing(failure, surroundings, (it) => it === 'iam.serviceAccounts.actAs'),
    },
    {
        id: 'impersonation',
        explain: (failure, surroundings) => explainMissing(failure, surroundings, (it) => it === 'iam.serviceAccounts.getAccessToken'),
    },
    {
        id: 'registry-push',
        explain: (failure, surroundings) => explainMissing(failure, surroundings, (it) => it.endsWith('.uploadArtifacts')),
    },
    {
        id: 'compute-permission',
        explain: (failure, surroundings) => explainMissing(failure, surroundings, (it) => it.startsWith('compute.')),
    },
    { id: 'permission', explain: (failure, surroundings) => explainMissing(failure, surroundings) },
];
function apiThatIsOff({ reason, message, details }, projectId) {
    const service = (0,json/* asText */.e1)(details['service']) || API_OFF.exec(message)?.[1] || '';
    const isOff = reason === 'SERVICE_DISABLED' || API_OFF.test(message) || SEEN_FROM.test(message);
    if (!isOff || service === '')
        return undefined;
    const named = [
        (0,json/* asText */.e1)(details['consumer']).replace(/^projects\//, ''),
        SEEN_FROM.exec(message)?.[1],
    ];
    // Google says it twice, often once by number and once by id.
    const consumer = named.find((name) => name === projectId) ?? (named[0] || named[1] || '');
    return { service, consumer };
}
function explainApiOff(failure, { projectId }) {
    const off = apiThatIsOff(failure, projectId);
    if (off === undefined)
        return undefined;
    // Google names the project in which it has to be on: by its number, which gcloud takes as well.
    const project = off.consumer || projectId;
    return {
        means: `The API ${off.service} is off in project ${project}. Once it is on, it takes some minutes until it answers.`,
        fix: (0,remedies/* enableApi */.yz)(off.service, project),
    };
}
/** The request was counted against another project than that of the deploy. */
function explainQuotaProject(failure, { projectId, projectNumber }) {
    const off = apiThatIsOff(failure, projectId);
    if (off === undefined || off.consumer === '' || off.consumer === projectId)
        return undefined;
    const isNumber = /^[0-9]+$/.test(off.consumer);
    if (isNumber && (projectNumber === undefined || off.consumer === projectNumber))
        return undefined;
    return {
        means: `Google counts these requests against project ${off.consumer} and not against ${projectId}, and there the API ${off.service} is off. Let terraform name the project, in the step of this action:`,
        fix: `env:\n  USER_PROJECT_OVERRIDE: 'true'\n  GOOGLE_BILLING_PROJECT: ${projectId}`,
    };
}
/** Compute Engine names both accounts, so the command can be whole. */
function explainActAs({ message, reason }, surroundings) {
    const [, serviceAccount, user] = /access to service account '([^']+)'(?:\. User: '([^']+)')?/.exec(message) ?? [];
    if (serviceAccount === undefined && !reason.includes('SERVICE_ACCOUNT_ACCESS_DENIED'))
        return undefined;
    const member = user === undefined ? surroundings.member : `serviceAccount:${user}`;
    const { projectId: project } = surroundings;
    return {
        means: `Whoever gives a service account to a VM must be allowed to act as it${user === undefined ? '' : `, and ${user} is not`}.`,
        fix: (0,remedies/* grantOnServiceAccount */.gw)('roles/iam.serviceAccountUser', {
            serviceAccount: serviceAccount ?? 'VM_SERVICE_ACCOUNT',
            project,
            member: member ?? 'MEMBER',
        }),
    };
}
/** 0 is what docker and terraform say; of a 404, a permission in its words is no reason. */
const DENIALS = new Set([0, 401, 403]);
function explainMissing(failure, surroundings, isMeant = () => true) {
    const missing = DENIALS.has(failure.status) ? missingIn(failure) : undefined;
    if (missing === undefined || !isMeant(missing.permission))
        return undefined;
    const fix = grantFor(missing, surroundings);
    if (fix === undefined)
        return undefined;
    return { means: meaningOf(missing, surroundings), fix };
}
function meaningOf({ permission, resource, member }, surroundings) {
    if (permission === 'iam.serviceAccounts.getAccessToken') {
        const account = surroundings.serviceAccount ?? 'the service account';
        return `This job may not become ${account}, or there is no such account. With an account that terraform/bootstrap made, see whether the job's event, ref and environment are the deployer's. Else grant it to the jobs of this repository, which takes up to 5 minutes:`;
    }
    const who = (member ?? surroundings.member ?? 'This job').replace(/^serviceAccount:/, '');
    const where = resource === '' ? '' : ` on ${resource}`;
    return `${who} lacks ${permission}${where}; ${roleFor(permission)} holds it.`;
}
function missingIn({ status, message, details }) {
    const permission = (0,json/* asText */.e1)(details['permission']) || permissionsIn(message)[0] || '';
    // Words alone must also say that it was denied: a permission may stand in any text.
    if (permission === '' || (status === 0 && !/denied|Required '|does not have/i.test(message)))
        return undefined;
    // Without a login there is nobody to grant anything to.
    if (/^Unauthenticated request|Anonymous caller/.test(message))
        return undefined;
    const resource = (0,json/* asText */.e1)(details['resource']) || RESOURCE.exec(message)?.[1] || '';
    const account = /(\S+@\S+\.gserviceaccount\.com) does not have/.exec(message)?.[1];
    const member = account === undefined ? undefined : `serviceAccount:${account}`;
    return { permission, resource: resource.replace(/^\/\/[a-z.]+\//, ''), member };
}

// EXTERNAL MODULE: ./lib/google/diagnosis/rows/compute.js
var compute = __webpack_require__(6438);
// EXTERNAL MODULE: ./lib/google/diagnosis/rows/identity.js + 1 modules
var identity = __webpack_require__(2268);
;// CONCATENATED MODULE: ./lib/google/diagnosis/rows/registry.js


/** Failures of Artifact Registry in the words of Docker's protocol. */
const REGISTRY_ROWS = [
    {
        id: 'registry-login',
        explain: ({ message }) => /Unauthenticated request/i.test(message)
            ? {
                means: 'The registry was asked without a login: this job has no token of Google, or docker reads another configuration than the one with the login (user name oauth2accesstoken).',
                fix: identity/* TOKEN_PERMISSIONS */.VU,
            }
            : undefined,
    },
    { id: 'registry-repository', explain: explainNoRepository },
    {
        id: 'registry-token',
        explain: ({ message }, { projectId }) => /\/v2\/token\b.*401 Unauthorized|401 Unauthorized.*\/v2\/token\b|GET request to \S+\/v2\/token\S*: 401/i.test(message)
            ? {
                means: 'The token ran out: one of direct federation lives for five minutes. That of a service account lives for an hour; name one in the step of this action:',
                fix: `with:\n  service_account: deployer@${projectId}.iam.gserviceaccount.com`,
            }
            : undefined,
    },
];
function explainNoRepository({ message, reason }, { projectId, region }) {
    const isUnknown = reason === 'NAME_UNKNOWN' || /name unknown|repository .*not found/i.test(message);
    if (!isUnknown)
        return undefined;
    const repository = /Repository ["“]?([\w-]+)["”]? not found/i.exec(message)?.[1] ?? 'REPOSITORY';
    const location = region ?? 'LOCATION';
    return {
        means: `There is no repository ${repository} in ${location} of project ${projectId}. The apply of a deploy makes it; so that it is made again where somebody deleted it, deploy again, or:`,
        fix: (0,remedies/* createRepository */.vB)({ repository, location, project: projectId }),
    };
}

;// CONCATENATED MODULE: ./lib/google/diagnosis/rows/state.js


/** Failures of terraform's state. */
const STATE_ROWS = [{ id: 'state-lock', explain: explainLock }];
function explainLock({ message }, { stateLock }) {
    if (!message.includes('Error acquiring the state lock'))
        return undefined;
    // Terraform's own unlock needs the whole configuration; the lock is one object in the bucket.
    const path = stateLock ?? /Path:\s+(gs:\/\/\S+)/.exec(message)?.[1];
    const fix = path === undefined ? compute/* ONE_AT_A_TIME */.n : (0,remedies/* command */.G5)(['gcloud storage rm', (0,remedies/* quote */.hD)(path)]);
    return {
        means: 'Another terraform holds the lock: wait for it. If its run is no more, free it with:',
        fix,
    };
}

;// CONCATENATED MODULE: ./lib/google/diagnosis/diagnose.js





/** The one table of the failures that are known; the first row that knows one speaks. */
const ROWS = [
    ...STATE_ROWS,
    ...identity/* IDENTITY_ROWS */.JW,
    ...REGISTRY_ROWS,
    ...compute/* COMPUTE_ROWS */.Ag,
    ...ACCESS_ROWS,
];
/** Undefined for a failure that nobody has met yet. */
function diagnose(failure, surroundings) {
    for (const { id, explain } of ROWS) {
        const advice = explain(failure, surroundings);
        if (advice !== undefined)
            return { id, ...advice };
    }
    return undefined;
}
/** The hint of an error: what it means, and below it what can be pasted. */
function fixFor(failure, surroundings) {
    const diagnosis = diagnose(failure, surroundings);
    return diagnosis && renderDiagnosis(diagnosis);
}
/** As it stands below an error. */
function renderDiagnosis({ means, fix }) {
    return `${means}\n${fix}`;
}


/***/ }),

/***/ 4265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G5: () => (/* binding */ command),
/* harmony export */   GU: () => (/* binding */ grantOnRepository),
/* harmony export */   KV: () => (/* binding */ enableSecretVersion),
/* harmony export */   Rb: () => (/* binding */ enableApis),
/* harmony export */   Ru: () => (/* binding */ grantRole),
/* harmony export */   Ut: () => (/* binding */ quotaPage),
/* harmony export */   Wc: () => (/* binding */ grantOnSecret),
/* harmony export */   fp: () => (/* binding */ grantServiceAgent),
/* harmony export */   gA: () => (/* binding */ grantOnBucket),
/* harmony export */   gw: () => (/* binding */ grantOnServiceAccount),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   sp: () => (/* binding */ addSecretVersion),
/* harmony export */   vB: () => (/* binding */ createRepository),
/* harmony export */   yz: () => (/* binding */ enableApi)
/* harmony export */ });
/* unused harmony exports createStateBucket, updateBucket, createSecret, linkBilling, disableConstraint */
// Each returns one command as it can be pasted: doctor and the errors of all commands say the same.
/** `NAME` becomes `NAME.googleapis.com`. */
function enableApi(service, project) {
    return enableApis([service], project);
}
/** All of them at once. */
function enableApis(services, project) {
    const names = services.map((name) => (name.includes('.') ? name : `${name}.googleapis.com`));
    return command(['gcloud services enable', ...names.map(quote)], { project });
}
/** A role in the whole project. */
function grantRole(role, { project, member }) {
    const words = ['gcloud projects add-iam-policy-binding', quote(project)];
    // Without the last flag gcloud asks back where the policy has a condition anywhere.
    return command(words, { member, role, condition: 'None' });
}
/** A role on one service account. */
function grantOnServiceAccount(role, { serviceAccount, project, member }) {
    const words = ['gcloud iam service-accounts add-iam-policy-binding', quote(serviceAccount)];
    return command(words, { project, member, role });
}
/** A role on one bucket; its name is without `gs://`. */
function grantOnBucket(role, { bucket, member }) {
    const words = ['gcloud storage buckets add-iam-policy-binding', quote(`gs://${bucket}`)];
    return command(words, { member, role });
}
/** A role on one repository of Artifact Registry. */
function grantOnRepository(role, { repository, location, project, member }) {
    const words = ['gcloud artifacts repositories add-iam-policy-binding', quote(repository)];
    return command(words, { location, project, member, role });
}
/** A role on one secret. */
function grantOnSecret(role, { secret, project, member }) {
    return command(['gcloud secrets add-iam-policy-binding', quote(secret)], {
        project,
        member,
        role,
    });
}
/** A Docker repository. */
function createRepository({ repository, location, project, }) {
    return command(['gcloud artifacts repositories create', quote(repository)], {
        'repository-format': 'docker',
        location,
        project,
    });
}
/** A bucket that is fit for terraform's state and the ledger. */
function createStateBucket({ bucket, location, project, }) {
    const create = command(['gcloud storage buckets create', quote(`gs://${bucket}`)], {
        project,
        location,
    });
    return `${create} --uniform-bucket-level-access --public-access-prevention && ${updateBucket(bucket, ['--versioning'])}`;
}
/** Flags such as `--versioning`, `--public-access-prevention`. */
function updateBucket(bucket, flags) {
    return ['gcloud storage buckets update', quote(`gs://${bucket}`), ...flags].join(' ');
}
/** A secret without a version. */
function createSecret(secret, project) {
    return command(['gcloud secrets create', quote(secret)], {
        project,
        'replication-policy': 'automatic',
    });
}
/** The value is read from a file, so that it stands in no shell's history. */
function addSecretVersion(secret, project) {
    return command(['gcloud secrets versions add', quote(secret)], {
        project,
        'data-file': 'FILE_WITH_THE_VALUE',
    });
}
/** A version that was disabled answers again. */
function enableSecretVersion(version, { secret, project }) {
    return command(['gcloud secrets versions enable', quote(version)], { secret, project });
}
/** Links a billing account to the project; which one nobody but the owner knows. */
function linkBilling(project) {
    return command(['gcloud billing projects link', quote(project)], {
        'billing-account': 'BILLING_ACCOUNT_ID',
    });
}
/** Lets the Google APIs service agent, which is named after the project's number, make a group's VMs. */
function grantServiceAgent(project, projectNumber) {
    const number = projectNumber ??
        `$(${command(['gcloud projects describe', quote(project)], { format: 'value(projectNumber)' })})`;
    const binding = command(['gcloud projects add-iam-policy-binding', quote(project)]);
    return `${binding} --member="serviceAccount:${number}@cloudservices.gserviceaccount.com" --role=roles/compute.instanceGroupManagerServiceAgent --condition=None`;
}
/** Lifts a boolean constraint, such as `compute.requireOsLogin`, in this project. */
function disableConstraint(constraint, project) {
    return command([
        'gcloud resource-manager org-policies disable-enforce',
        quote(constraint.split('/').at(-1) ?? constraint),
    ], { project });
}
/** Where quotas are raised: somebody has to say for what, so there is a page and no command. */
function quotaPage(project) {
    return `https://console.cloud.google.com/iam-admin/quotas?project=${encodeURIComponent(project)}`;
}
/** `words --flag=value …`, with what a shell would misread in quotes. */
function command(words, flags = {}) {
    const rest = Object.entries(flags).map(([name, value]) => `--${name}=${quote(value)}`);
    return [...words, ...rest].join(' ');
}
/** One word for a POSIX shell, whatever is in it: names come out of answers, too. */
function quote(word) {
    // Conditions hold single quotes: between double ones people can still read them.
    if (word.includes("'") && !/["$`!\\\n]/.test(word))
        return `"${word}"`;
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 6438:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ COMPUTE_ROWS),
/* harmony export */   a5: () => (/* binding */ isRateLimit),
/* harmony export */   n: () => (/* binding */ ONE_AT_A_TIME)
/* harmony export */ });
/* harmony import */ var _remedies_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4265);

/** Deploys of one service that wait for each other. */
const ONE_AT_A_TIME = 'concurrency:\n  group: deploy\n  cancel-in-progress: false';
const SHORTAGE = /RESOURCE_POOL_EXHAUSTED|STOCKOUT|INSUFFICIENT_?CAPACITY/i;
const SHORTAGE_IN_WORDS = /does not have enough resources available|state:\s*STOCKOUT|VM instance is currently unavailable/;
/** Failures of Compute Engine that are nobody's permission. */
const COMPUTE_ROWS = [
    { id: 'rate-quota', explain: explainRate },
    {
        id: 'stale-fingerprint',
        explain: ({ status, reason }) => status === 412 || reason === 'conditionNotMet'
            ? {
                means: 'Somebody else changed it at the same moment: run the job again. Deploys of one service must wait for each other; in the workflow:',
                fix: ONE_AT_A_TIME,
            }
            : undefined,
    },
    { id: 'surge-rule', explain: explainSurge },
    { id: 'template-in-use', explain: explainInUse },
    {
        id: 'stockout',
        explain: ({ reason, message }) => SHORTAGE.test(reason) || SHORTAGE.test(message) || SHORTAGE_IN_WORDS.test(message)
            ? {
                means: 'Google has no such VM to give at the moment: nothing is wrong with the release. Push again later, or let Google choose from more, in the step of this action: further `zones`, another `machine_type`, or',
                fix: 'with:\n  provisioning: standard',
            }
            : undefined,
    },
    { id: 'external-address', explain: explainExternalAddress },
    { id: 'address-space', explain: explainAddressSpace },
    { id: 'quota', explain: explainQuota },
    { id: 'service-agent', explain: explainServiceAgent },
];
/** Whoever makes a group's VMs, for Google. */
function explainServiceAgent({ reason, message }, { projectId }) {
    const isActAs = /access to service account/.test(message);
    if (isActAs || !/PERMISSIONS_ERROR/.test(`${reason} ${message}`))
        return undefined;
    return {
        means: "VMs of a group are made by the project's Google APIs service agent, which lacks its role:",
        fix: (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .grantServiceAgent */ .fp)(projectId),
    };
}
const RATE_REASONS = new Set([
    'rateLimitExceeded',
    'userRateLimitExceeded',
    'RATE_LIMIT_EXCEEDED',
    'RESOURCE_OPERATION_RATE_EXCEEDED',
]);
/** Whether this is a limit per minute, which Compute Engine answers with 403. */
function isRateLimit({ status, reason }) {
    return RATE_REASONS.has(reason) || (status === 429 && reason === 'RESOURCE_EXHAUSTED');
}
function explainRate(failure, { projectId }) {
    if (!isRateLimit(failure))
        return undefined;
    return {
        means: 'The project has used up its requests for this minute; it was waited for in vain. Run the job again, and see who asks so much:',
        fix: (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .quotaPage */ .Ut)(projectId),
    };
}
function explainSurge({ message }) {
    const [, which] = /Fixed updatePolicy\.max(Unavailable|Surge) for regional managed instance group has to be either 0 or at least equal to the number of zones/.exec(message) ?? [];
    if (which === undefined)
        return undefined;
    const field = which === 'Surge' ? 'max_surge_fixed' : 'max_unavailable_fixed';
    return {
        means: 'A regional group replaces VMs in all of its zones at once, or in none. In its update_policy:',
        fix: `${field} = length(google_compute_region_instance_group_manager.main.distribution_policy_zones)`,
    };
}
function explainInUse({ reason, message }, { projectId }) {
    const isInUse = /^RESOURCE_?IN_?USE/i.test(reason) || /already being used by/.test(message);
    if (!isInUse)
        return undefined;
    const [, place, location, group] = /used by '[^']*\/(zones|regions)\/([^/']+)\/instanceGroupManagers\/([^/']+)'/.exec(message) ??
        [];
    return {
        means: 'A resource that is used cannot be deleted: let the rollout that uses it end, or keep it.',
        fix: group === undefined || location === undefined
            ? (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(['gcloud compute instance-groups managed list'], { project: projectId })
            : (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)([
                'gcloud compute instance-groups managed wait-until',
                group,
                '--version-target-reached',
            ], {
                [place === 'zones' ? 'zone' : 'region']: location,
                project: projectId,
            }),
    };
}
function explainExternalAddress({ message }) {
    if (!/constraints\/compute\.vmExternalIpAccess/.test(message))
        return undefined;
    return {
        means: "The organisation's policy compute.vmExternalIpAccess forbids external addresses of VMs: let them go out through Cloud NAT, in the step of this action:",
        fix: 'with:\n  terraform_variables: |\n    external_ip=false',
    };
}
function explainAddressSpace({ reason, message }, { projectId, region = 'REGION' }) {
    if (!/IP_SPACE_EXHAUSTED/.test(`${reason} ${message}`))
        return undefined;
    const [, there = region, subnet = 'SUBNET'] = /regions\/([^/'"]+)\/subnetworks\/([^/'"\s]+)/.exec(message) ?? [];
    return {
        means: 'The subnet has no address left for another VM. It can be made larger while it is used:',
        fix: (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(['gcloud compute networks subnets expand-ip-range', subnet, '--prefix-length=20'], {
            region: there,
            project: projectId,
        }),
    };
}
function explainQuota({ reason, message }, { projectId, region = 'REGION' }) {
    if (!/QUOTA_EXCEEDED|quotaExceeded/.test(reason) && !/Quota '[^']+' exceeded/.test(message))
        return undefined;
    const quota = /Quota '([^']+)'/.exec(message)?.[1];
    const there = /in region ([a-z0-9-]+)/.exec(message)?.[1] ?? region;
    const show = /exceeded\.[^.]*globally|Limit: \S+ globally/i.test(message)
        ? (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(['gcloud compute project-info describe', '--format="yaml(quotas)"'], {
            project: projectId,
        })
        : (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(['gcloud compute regions describe', there, '--format="yaml(quotas)"'], {
            project: projectId,
        });
    return {
        means: `The quota${quota === undefined ? '' : ` ${quota}`} is used up; with strategy "surge" it must do for the group and its new VMs together. Ask for more at ${(0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .quotaPage */ .Ut)(projectId)}. What is used shows:`,
        fix: show,
    };
}


/***/ }),

/***/ 2268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  JW: () => (/* binding */ IDENTITY_ROWS),
  wH: () => (/* binding */ NO_TOKEN),
  VU: () => (/* binding */ TOKEN_PERMISSIONS)
});

// UNUSED EXPORTS: SHORT_MAPPING

// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
;// CONCATENATED MODULE: ./lib/google/diagnosis/provider-remedies.js

/** What the input `workload_identity_provider` names; it was checked when it was read. */
function parseProviderName(name) {
    const [, project = 'PROJECT_NUMBER', , , , pool = 'POOL', , provider = 'PROVIDER'] = name.split('/');
    return { project, pool, provider };
}
/** Shows the provider: condition, mapping, issuer, and whether it is enabled. */
function describeProvider(name) {
    return onProvider('describe', name);
}
/** Says whom the provider lets in. */
function setCondition(name, condition) {
    return onProvider('update-oidc', name, { 'attribute-condition': condition });
}
/** The whole mapping: what is left out of it is taken away. */
function setMapping(name, mapping) {
    const entries = Object.entries(mapping).map(([target, source]) => `${target}=${source}`);
    // gcloud takes another separator where a comma is part of a value.
    const isPlain = !Object.values(mapping).some((source) => source.includes(','));
    const list = isPlain ? entries.join(',') : `^;^${entries.join(';')}`;
    return onProvider('update-oidc', name, { 'attribute-mapping': list });
}
/** Which issuer's tokens the provider takes. */
function setIssuer(name, issuer) {
    return onProvider('update-oidc', name, { 'issuer-uri': issuer });
}
/** The one audience that tokens must be made for. */
function setAudience(name, audience) {
    return onProvider('update-oidc', name, { 'allowed-audiences': audience });
}
/** Undoes `--disabled`. */
function enableProvider(name) {
    return `${onProvider('update-oidc', name)} --no-disabled`;
}
/** Within 30 days of the deletion. */
function undeleteProvider(name) {
    return onProvider('undelete', name);
}
/** The providers that there are in the pool that the name says. */
function listProviders(name) {
    const { pool, project } = parseProviderName(name);
    return (0,remedies/* command */.G5)(['gcloud iam workload-identity-pools providers list'], {
        'workload-identity-pool': pool,
        location: 'global',
        project,
    });
}
/** Undoes `--disabled` of the pool. */
function enablePool(name) {
    const { pool, project } = parseProviderName(name);
    const words = ['gcloud iam workload-identity-pools update', pool, '--no-disabled'];
    return command(words, { location: 'global', project });
}
function onProvider(verb, name, flags = {}) {
    const { project, pool, provider } = parseProviderName(name);
    return (0,remedies/* command */.G5)(['gcloud iam workload-identity-pools providers', verb, provider], {
        'workload-identity-pool': pool,
        location: 'global',
        project,
        ...flags,
    });
}

;// CONCATENATED MODULE: ./lib/google/diagnosis/rows/identity.js

/** What a job must be given to get any token. */
const TOKEN_PERMISSIONS = 'permissions:\n  contents: read\n  id-token: write';
/** Of a job that GitHub gives none. */
const NO_TOKEN = {
    means: 'Jobs of forks and of Dependabot never get one. To any other job add:',
    fix: TOKEN_PERMISSIONS,
};
const UNNAMED = 'projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER';
/** Failures of signing in (documentation of workload identity federation, troubleshooting). */
const IDENTITY_ROWS = [
    {
        id: 'sts-condition',
        explain: inWords(/rejected by the attribute condition/i, ({ provider = UNNAMED }) => ({
            means: 'The attribute condition of the workload identity provider does not admit this job. Compare repository id, owner id, ref, environment and upper and lower case with it (`command: doctor` shows the claims):',
            fix: describeProvider(provider),
        })),
    },
    {
        id: 'sts-audience',
        explain: inWords(/Invalid value for "?audience/i, ({ provider = UNNAMED }) => ({
            means: 'The input "workload_identity_provider" must be the full name of the provider (not of the pool), with the project NUMBER and without "https:". These there are:',
            fix: listProviders(provider),
        })),
    },
    {
        id: 'sts-allowed-audiences',
        explain: inWords(/audience in ID Token .*does not match/i, ({ provider = UNNAMED }) => ({
            means: 'The provider takes tokens for other audiences only than that of its own name, which this action asks for:',
            fix: setAudience(provider, `https://iam.googleapis.com/${provider}`),
        })),
    },
    {
        id: 'sts-pool',
        explain: (failure, { provider = UNNAMED }) => {
            const isGone = /target service indicated by the "?audience"? parameters is invalid/i;
            if (failure.reason !== 'invalid_target' && !isGone.test(failure.message))
                return undefined;
            return {
                means: `The workload identity pool or its provider does not exist, was deleted or is disabled; or the input "workload_identity_provider" has the wrong project number (${provider}). See:`,
                fix: describeProvider(provider),
            };
        },
    },
    {
        id: 'sts-mapping',
        explain: inWords(/mapped attribute.*127 bytes/i, ({ provider = UNNAMED }) => ({
            means: 'A claim of this job is longer than the 127 bytes that Google takes for a mapped attribute: a long name of a branch, a repository or an environment. Map a shorter one to google.subject:',
            fix: setMapping(provider, SHORT_MAPPING),
        })),
    },
    {
        id: 'provider-condition',
        explain: inWords(/attribute condition must reference one of the provider's claims/i, ({ provider = UNNAMED, jobs }) => ({
            means: 'Everybody on GitHub could come in through a provider without a condition: Google wants one that names the repository by its id.',
            fix: setCondition(provider, `assertion.repository_id == '${jobs?.split('/').at(-1) ?? 'REPOSITORY_ID'}'`),
        })),
    },
    {
        id: 'sts-issuer',
        explain: (failure, { provider = UNNAMED }) => {
            const [, issuer] = /issuer in ID Token (\S+) does not match/i.exec(failure.message) ?? [];
            if (issuer === undefined)
                return undefined;
            return {
                means: `The token of this job comes from ${issuer}, and the provider takes those of another issuer (a GitHub Enterprise has its own).`,
                fix: setIssuer(provider, issuer),
            };
        },
    },
    {
        id: 'sts-stale',
        explain: inWords(/ID Token issued at .* is stale|lifetime cannot exceed/i, () => ({
            means: "The runner's clock is wrong: Google takes a token only for the minutes in which it is valid.",
            fix: 'sudo timedatectl set-ntp true',
        })),
    },
    {
        id: 'no-credentials',
        explain: inWords(/could not (?:load|find) (?:the )?default credentials/i, () => ({
            means: 'There are no credentials: the job is not signed in. This action signs in by itself, when the job may ask for an OIDC token; another one must do so after the checkout, which removes its file.',
            fix: TOKEN_PERMISSIONS,
        })),
    },
];
/** Bounded whatever the branch, and what members of the documentation are written with. */
const SHORT_MAPPING = {
    'google.subject': "assertion.repository_id + ':' + assertion.run_id",
    'attribute.repository_id': 'assertion.repository_id',
    'attribute.repository_owner_id': 'assertion.repository_owner_id',
};
function inWords(words, advise) {
    return ({ message }, surroundings) => (words.test(message) ? advise(surroundings) : undefined);
}


/***/ }),

/***/ 3950:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ memberIn),
/* harmony export */   Z: () => (/* binding */ surroundingsOf)
/* harmony export */ });
/** Stands where nobody knows who the job is: in tests, and before the job knows it itself. */
const NOBODY = 'MEMBER';
/** What the inputs say of it; `repositoryId` is GITHUB_REPOSITORY_ID. */
function surroundingsOf(config, repositoryId) {
    const { projectId, region, stateBucket, serviceAccount } = config;
    const provider = config.workloadIdentityProvider;
    const jobs = jobsOf(provider, repositoryId || 'REPOSITORY_ID');
    const member = serviceAccount === undefined ? jobs : `serviceAccount:${serviceAccount}`;
    return { projectId, region, stateBucket, provider, serviceAccount, jobs, member };
}
/** Who is to be granted what is missing. */
function memberIn({ member }) {
    return member ?? NOBODY;
}
/** The jobs of a repository; by its number, because a name can be given up and taken by another. */
function jobsOf(provider, repositoryId) {
    const pool = provider.replace(/\/providers\/.*$/, '');
    return `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/${repositoryId}`;
}


/***/ }),

/***/ 8173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ asList),
/* harmony export */   e1: () => (/* binding */ asText),
/* harmony export */   i: () => (/* binding */ asNumber),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   qY: () => (/* binding */ asRecord),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** Readers for JSON that came from outside: a wrong shape reads as absent, never as a crash. */
function asRecord(value) {
    return isRecord(value) ? value : {};
}
function isRecord(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function asList(value) {
    return Array.isArray(value) ? value : [];
}
function asText(value) {
    return typeof value === 'string' ? value : '';
}
function asNumber(value) {
    return typeof value === 'number' ? value : undefined;
}
/** The parsed text, or undefined when it is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        // Not JSON is an expected answer (a proxy's HTML page, an empty body): the caller decides.
        return undefined;
    }
}


/***/ }),

/***/ 702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ networkReason)
/* harmony export */ });
/**
 * What went wrong on the wire, in a few words: "connect ECONNREFUSED 127.0.0.1:443". The innermost
 * cause says most, and HTTP libraries put a whole URL in front of it.
 */
function networkReason(error) {
    if (typeof error !== 'object' || error === null)
        return String(error);
    const { cause, message } = error;
    if (typeof cause === 'object' && cause !== null && 'message' in cause)
        return networkReason(cause);
    const text = typeof message === 'string' ? message : String(error);
    return /\breason: (.+)$/s.exec(text)?.[1]?.trim() || text;
}


/***/ }),

/***/ 7158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ Redactor)
/* harmony export */ });
const SHORTEST_SECRET = 4;
const MASK = '***';
/** Text with every known secret made unreadable, also where it stands in base64 or in a URL. */
class Redactor {
    #forms = new Set();
    /** Each line of a multi-line secret counts on its own, as in the runner's log. */
    add(secret) {
        for (const part of [secret, ...secret.split(/\r?\n/)]) {
            if (part.trim().length < SHORTEST_SECRET)
                continue;
            this.#forms.add(part);
            this.#forms.add(encodeURIComponent(part));
            this.#forms.add(Buffer.from(part).toString('base64').replace(/=+$/, ''));
            this.#forms.add(JSON.stringify(part).slice(1, -1));
        }
    }
    redact(text) {
        let result = text;
        for (const form of this.#longestFirst())
            result = result.replaceAll(form, MASK);
        return result;
    }
    // A secret may contain another one: the longer must go first, or its tail stays readable.
    #longestFirst() {
        return [...this.#forms].sort((a, b) => b.length - a.length);
    }
}


/***/ }),

/***/ 805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ retry)
/* harmony export */ });
/**
 * Attempts until one is done or the budget is used up; then the last attempt's `giveUp` decides.
 * Delays double and are jittered (half to full), and the budget is checked before a wait, so that
 * nobody waits only to be refused.
 */
async function retry(attempt, policy, tools) {
    const startedAt = tools.clock.now();
    for (let delayMs = policy.firstDelayMs;; delayMs = Math.min(delayMs * 2, policy.maxDelayMs)) {
        const outcome = await attempt();
        if ('done' in outcome)
            return outcome.done;
        const jittered = delayMs * (0.5 + tools.random() / 2);
        const waitMs = Math.max(jittered, outcome.notBeforeMs ?? 0);
        if (tools.clock.now() - startedAt + waitMs > policy.totalMs)
            return outcome.giveUp();
        tools.onRetry?.(outcome.again, waitMs);
        await tools.clock.sleep(waitMs, tools.signal);
    }
}


/***/ })

};
