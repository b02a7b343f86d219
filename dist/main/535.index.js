export const id = 535;
export const ids = [535];
export const modules = {

/***/ 3595:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ sayResult),
/* harmony export */   r: () => (/* binding */ urlOf)
/* harmony export */ });
/* harmony import */ var _google_compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3926);
/* harmony import */ var _lib_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8335);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3021);



/** Of a service without a load balancer; empty for a worker. */
function urlOf(vms, port) {
    const address = vms[0]?.address ?? '';
    return address === '' || port === undefined ? '' : `http://${address}:${port}`;
}
function sayResult(log, infrastructure, result) {
    const { url, loadBalancerAddress } = infrastructure;
    const group = (0,_google_compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .groupName */ .hv)(infrastructure.groupName);
    const took = (0,_lib_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDuration */ .P)(result.durationMs);
    log.info(result.outcome === 'unchanged'
        ? `Unchanged: ${group} runs release ${result.release} (${took}).`
        : `Deployed release ${result.release} to ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(result.vms.length, 'VM')} of ${group} in ${took}.`);
    for (const vm of result.vms)
        log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`);
    if (url && loadBalancerAddress)
        log.info(`  ${url}, once its DNS points at ${loadBalancerAddress}`);
}


/***/ }),

/***/ 1590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ describeVms)
/* harmony export */ });
/** What the VMs say of themselves, and where they are. */
async function describeVms(compute, { instances, reports }) {
    return Promise.all(instances.map(async (instance) => {
        const report = reports.get(instance.name);
        return {
            name: instance.name,
            release: report?.release ?? '',
            image: report?.image ?? '',
            health: instance.healthStates.join(', '),
            address: (await compute.fetchAddress(instance)) ?? '',
        };
    }));
}


/***/ }),

/***/ 1673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ composeAttempt)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6058);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7390);
/* harmony import */ var _google_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7252);




/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000;
/** Builds what an attempt needs to end well when the job is cancelled or killed. */
function composeAttempt(identity, { config, log, signal, }) {
    const holder = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    const lastingSignal = outliving(signal, AFTER_CANCEL_MS);
    const clients = (0,_google_js__WEBPACK_IMPORTED_MODULE_2__/* .googleClients */ .Sh)(identity, { config, log, signal: lastingSignal });
    return {
        holder,
        lasting: { ...clients, signal: lastingSignal },
        handover: {
            begin: (group) => {
                const state = { group, holder };
                _actions_core__WEBPACK_IMPORTED_MODULE_1__.saveState(_state_js__WEBPACK_IMPORTED_MODULE_3__/* .ATTEMPT_STATE */ .yU, JSON.stringify(state));
            },
            end: () => _actions_core__WEBPACK_IMPORTED_MODULE_1__.saveState(_state_js__WEBPACK_IMPORTED_MODULE_3__/* .ATTEMPT_STATE */ .yU, ''),
        },
    };
}
/** Aborts some time after `signal` does. */
function outliving(signal, durationMs) {
    const later = new AbortController();
    const abort = () => {
        setTimeout(() => later.abort(signal.reason), durationMs).unref();
    };
    signal.addEventListener('abort', abort, { once: true });
    return later.signal;
}


/***/ }),

/***/ 8424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $X: () => (/* binding */ renderImageName),
/* harmony export */   $m: () => (/* binding */ parseSourceTag),
/* harmony export */   Ao: () => (/* binding */ renderDigestReference),
/* harmony export */   GG: () => (/* binding */ renderTagReference),
/* harmony export */   NQ: () => (/* binding */ buildTag),
/* harmony export */   Yr: () => (/* binding */ sourceTag),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   aF: () => (/* binding */ releaseTag),
/* harmony export */   an: () => (/* binding */ imageRepository),
/* harmony export */   "if": () => (/* binding */ parseImageName),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/** The image that a template names: only a digest stays what it is. */
function renderDigestReference({ host, path }, digest) {
    return `${host}/${path}@${digest}`;
}
function renderTagReference({ host, path }, tag) {
    return `${host}/${path}:${tag}`;
}
/** The digest behind `@`, or empty. */
function digestOf(reference) {
    return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] ?? '';
}
/** The repository of a reference by digest, such as `renderDigestReference` makes. */
function repositoryOf(reference) {
    const [name = ''] = reference.split('@');
    const at = name.indexOf('/');
    return { host: name.slice(0, at), path: name.slice(at + 1) };
}
/** The tag that keeps a release's image from being cleaned up as long as the release is kept. */
function releaseTag(releaseId) {
    return `release-${releaseId}`;
}
/** The tag under which a built image is found again: its own id, which the engine derives from its content. */
function buildTag(imageId) {
    return `build-${imageId.replace(/^sha256:/, '')}`;
}
/** A domain-scoped project (`example.com:mervis`) is written with a slash in image names. */
function imageRepository(host, { projectId, repositoryId, name }) {
    return { host, path: `${projectId.replace(':', '/')}/${repositoryId}/${name}` };
}
/** The tag of an image that was built from the content of that address at that time. */
function sourceTag(address, builtAtMs) {
    return `src-${address}-${Math.floor(builtAtMs / 1000)}`;
}
/** The build times that tags say for one address; other tags are none of ours. */
function parseSourceTag(address, tag) {
    const prefix = `src-${address}-`;
    const seconds = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
    return /^[0-9]{1,12}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}
// The grammar of https://github.com/distribution/reference, upper case only in host and tag.
const HOST_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = new RegExp(`^(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?$`);
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^(?<path>${PATH_PART}(?:/${PATH_PART})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,}))?$`);
/** Reads an image reference by Docker's rules; undefined when it is none. */
function parseImageName(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    const hasHost = /[.:A-Z]/.test(first) || first === 'localhost';
    const named = hasHost ? first : 'docker.io';
    const host = named === 'index.docker.io' ? 'docker.io' : named;
    const groups = NAME.exec(hasHost ? text.slice(slash + 1) : text)?.groups;
    const path = groups?.['path'];
    if (path === undefined || !HOST.test(host) || /^[0-9a-f]{64}$/.test(text))
        return undefined;
    return {
        host,
        path: host === 'docker.io' && !path.includes('/') ? `library/${path}` : path,
        tag: groups?.['tag'],
        digest: groups?.['digest'],
    };
}
/** The same reference in full, `latest` where it says neither tag nor digest. */
function renderImageName({ host, path, tag, digest }) {
    const shown = tag ?? (digest === undefined ? 'latest' : undefined);
    return `${host}/${path}${shown === undefined ? '' : `:${shown}`}${digest === undefined ? '' : `@${digest}`}`;
}


/***/ }),

/***/ 7190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cj: () => (/* binding */ fetchManifest),
/* harmony export */   Ug: () => (/* binding */ tagManifest),
/* harmony export */   _P: () => (/* binding */ MANIFEST_TYPES),
/* harmony export */   cB: () => (/* binding */ listTags),
/* harmony export */   u$: () => (/* binding */ findDigest)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8424);



const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
/** What an image may be: one manifest, or a list of several. */
const MANIFEST_TYPES = [
    'application/vnd.oci.image.index.v1+json',
    OCI_MANIFEST,
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/**
 * The digest behind a tag or digest (https://distribution.github.io/distribution/spec/api/);
 * undefined when the image, or the repository itself, is not there yet.
 */
async function findDigest(google, repository, reference) {
    const answer = await fetchManifest(google, repository, { reference });
    return answer.status === 404 ? undefined : answer.headers['docker-content-digest'];
}
/**
 * Gives an image that is in the registry one more tag; the same tag again changes nothing.
 *
 * @throws ActionError IMAGE_MISSING when the registry does not have the digest
 */
async function tagManifest(google, reference, tag) {
    const repository = (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryOf */ ._M)(reference);
    const answer = await fetchManifest(google, repository, { reference: (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(reference) });
    if (answer.status === 404) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('IMAGE_MISSING', `The image ${reference} is not in the registry.`, {
            hint: 'Somebody may have deleted it: run the job again, which builds and pushes it anew.',
        });
    }
    await google.request({
        service: 'registry',
        method: 'PUT',
        path: `v2/${repository.path}/manifests/${tag}`,
        headers: { 'content-type': answer.headers['content-type'] ?? OCI_MANIFEST },
        body: answer.text,
        purpose: `tag ${repository.path} with ${tag}`,
    });
}
/** The registry's whole answer to a tag or digest; 404 is one, and so are the statuses to accept. */
function fetchManifest(google, { path }, { reference, accept = [] }) {
    return google.request({
        service: 'registry',
        method: 'GET',
        path: `v2/${path}/manifests/${reference}`,
        headers: { accept: MANIFEST_TYPES.join(', ') },
        purpose: `look up ${path}:${reference}`,
        accept: [404, ...accept],
    });
}
// The most that Artifact Registry gives at once; whether it says where more are is not documented
// (https://github.com/google/go-containerregistry/issues/1643). Without the rest there is one build more.
const TAGS_PER_PAGE = '10000';
const MAX_PAGES = 100;
/**
 * All tags of an image; none where the image or its repository is not there, or may not be read
 * yet: before the first apply the API may be off, and later the push says what is missing.
 */
async function listTags(google, { path }) {
    const tags = [];
    let query = { n: TAGS_PER_PAGE };
    for (let page = 0; query !== undefined && page < MAX_PAGES; page++) {
        const answer = await google.request({
            service: 'registry',
            method: 'GET',
            path: `v2/${path}/tags/list`,
            query,
            purpose: `list the tags of ${path}`,
            accept: [403, 404],
        });
        if (answer.status >= 400)
            return [];
        tags.push(...(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(answer.json)['tags']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1));
        query = nextPage(answer.headers['link']);
    }
    return tags;
}
// Only the query is followed: the token must not go where a header says.
function nextPage(link) {
    const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? '') ?? [];
    if (target === undefined)
        return undefined;
    return Object.fromEntries(new URL(target, 'https://registry.invalid').searchParams);
}


/***/ }),

/***/ 9968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ canonicalJson)
/* harmony export */ });
/** JSON with sorted keys and no undefined members: equal values give equal text. */
function canonicalJson(value) {
    return JSON.stringify(sorted(value)) ?? 'null';
}
function sorted(value) {
    if (Array.isArray(value))
        return value.map(sorted);
    if (value === null || typeof value !== 'object')
        return value;
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    // A null prototype, so that a key called "__proto__" is data like any other.
    const result = Object.create(null);
    for (const [key, member] of entries)
        result[key] = sorted(member);
    return result;
}


/***/ }),

/***/ 2648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ Stopwatch)
/* harmony export */ });
/** Times named pieces of work, also those that run side by side. */
class Stopwatch {
    #clock;
    #laps = [];
    #spans = [];
    constructor(clock) {
        this.#clock = clock;
    }
    /** Runs `work` and keeps how long it took, also when it fails. */
    async time(name, work) {
        const startedAtMs = this.#clock.now();
        const place = this.#spans.length;
        this.#spans.push({ name, startedAtMs, endedAtMs: undefined, hasFailed: false });
        let hasFailed = true;
        try {
            const result = await work();
            hasFailed = false;
            return result;
        }
        finally {
            const endedAtMs = this.#clock.now();
            this.#laps.push({ name, ms: endedAtMs - startedAtMs });
            this.#spans[place] = { name, startedAtMs, endedAtMs, hasFailed };
        }
    }
    /** What is over, in the order of its end. */
    get laps() {
        return this.#laps;
    }
    /** Everything that was begun, in the order of its beginning. */
    get spans() {
        return this.#spans;
    }
}


/***/ }),

/***/ 3001:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ attemptRelease)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: ./lib/release/choice/lineage.js
var lineage = __webpack_require__(8804);
// EXTERNAL MODULE: ./lib/google/diagnosis/diagnose.js + 5 modules
var diagnose = __webpack_require__(1165);
// EXTERNAL MODULE: ./lib/google/diagnosis/failure.js
var diagnosis_failure = __webpack_require__(8491);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
;// CONCATENATED MODULE: ./lib/release/failure.js





const ONE_AT_A_TIME = 'Let deploys wait for each other: add `concurrency: { group: deploy, cancel-in-progress: false }` to the workflow.';
const CODES = {
    release: 'ROLLOUT_FAILED',
    capacity: 'ROLLOUT_CAPACITY',
    quota: 'ROLLOUT_QUOTA',
    permission: 'ROLLOUT_PERMISSION',
    configuration: 'ROLLOUT_CONFIGURATION',
    deadline: 'ROLLOUT_TIMED_OUT',
};
/** The one error that a rollout ends with: what became of it, what each VM said, what to do. */
function rolloutFailure(verdict, context) {
    if (verdict.kind === 'superseded') {
        const text = supersededText(verdict, context);
        return new errors/* ActionError */.l('ROLLOUT_SUPERSEDED', text, { hint: ONE_AT_A_TIME });
    }
    const lines = verdict.evidence.map((line) => `  ${line.trimEnd().replaceAll('\n', '\n  ')}`);
    const text = [headline(verdict, context), ...lines].join('\n');
    return new errors/* ActionError */.l(CODES[verdict.cause], text, { hint: hintFor(verdict, context) });
}
function supersededText({ reason }, { policy }) {
    return `Release ${policy.release} was not rolled out: ${reason} while it was rolling.`;
}
function headline({ cause, reason }, { group, policy }) {
    const { release, progressDeadlineMs } = policy;
    const name = (0,group_reference/* groupName */.hv)(group);
    switch (cause) {
        case 'deadline':
            return `Release ${release} made no progress on ${name} for ${(0,duration/* renderDuration */.P)(progressDeadlineMs)}.`;
        case 'release':
            return `Release ${release} failed on ${name}: ${reason}`;
        default:
            return `Release ${release} could not be rolled out on ${name}: ${reason}`;
    }
}
function hintFor(failed, { group, kind }) {
    const known = knownFix(failed, group);
    if (known !== undefined)
        return known;
    if (kind === 'rollback')
        return ANOTHER_RELEASE;
    return failed.cause === 'configuration'
        ? 'Correct the setting that the error names, then push again.'
        : 'Fix the cause and push again.';
}
/** What helps where an earlier release does not come up. */
const ANOTHER_RELEASE = 'Choose another release: run the rollback again with the input `release`, such as "-2"; "list" shows what there is. Or push a fix.';
/** Codes for causes that our own words name, and Google's may not. */
const REASONS = {
    capacity: 'STOCKOUT',
    quota: 'QUOTA_EXCEEDED',
    permission: 'PERMISSIONS_ERROR',
    configuration: 'CONDITION_NOT_MET',
};
/** Only what Google says: whatever an app logs could look like one of its failures. */
function knownFix({ cause, reason, evidence }, group) {
    const code = REASONS[cause];
    if (code === undefined)
        return undefined;
    const [, projectId = 'PROJECT_ID', kind, place = ''] = /^projects\/([^/]+)\/(zones|regions)\/([^/]+)/.exec(group) ?? [];
    const region = kind === 'zones' ? place.replace(/-[a-z]$/, '') : place || undefined;
    const failure = (0,diagnosis_failure/* failureInWords */.d)([reason, ...evidence].join('\n'));
    return (0,diagnose/* fixFor */.jc)({ ...failure, reason: code }, { projectId, region });
}

// EXTERNAL MODULE: ./lib/release/ledger/deploy-lock.js + 1 modules
var deploy_lock = __webpack_require__(7433);
// EXTERNAL MODULE: ./lib/release/ledger/ledger-file.js + 1 modules
var ledger_file = __webpack_require__(6886);
;// CONCATENATED MODULE: ./lib/release/passing.js

/**
 * Whether an error is one that passes by itself: no network, an overloaded or failing service, a
 * used-up rate. The client has tried for half a minute by then; a rollout has more time than that.
 * What a person must mend (401, 403, 404) is none.
 */
function isPassing(error) {
    return error instanceof errors/* ActionError */.l && error.isPassing;
}

;// CONCATENATED MODULE: ./lib/release/move.js



const ATTEMPTS = 5;
/**
 * Makes the release the group's one version, forth or back. The group is read first, and again
 * after every refusal or lost answer: what was already sent is not sent twice, and what somebody
 * else changed meanwhile is not overwritten unseen.
 *
 * @throws ActionError ROLLOUT_FAILED when somebody else is faster every time; the signal's reason
 */
async function moveGroup({ compute, signal }, group, destination) {
    let previousRelease;
    for (let attempt = 1;; attempt++) {
        const found = await compute.fetchGroup(group);
        previousRelease ??= found.versions[0]?.name ?? '';
        if (isOn(found, destination))
            return { wasPatched: attempt > 1, previousRelease };
        if (attempt > ATTEMPTS)
            throw alwaysChanged(group, destination);
        signal.throwIfAborted();
        if (await patch(compute, group, { ...destination, fingerprint: found.fingerprint }))
            return { wasPatched: true, previousRelease };
    }
}
/** Whether the group is known to be moved; it may be nevertheless. */
async function patch(compute, group, { release, templateLink, fingerprint }) {
    const version = { name: release, instanceTemplate: templateLink };
    try {
        return (await compute.patchVersion(group, version, fingerprint)) === 'done';
    }
    catch (error) {
        // No answer is no proof that nothing was done.
        if (isPassing(error))
            return false;
        throw error;
    }
}
function isOn({ versions }, { release }) {
    return versions.length === 1 && versions[0]?.name === release;
}
function alwaysChanged(group, { release }) {
    return new errors/* ActionError */.l('ROLLOUT_FAILED', `The instance group ${(0,group_reference/* groupName */.hv)(group)} was changed by somebody else each of the ${ATTEMPTS} times that release ${release} was to be rolled out.`, {
        hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    });
}

;// CONCATENATED MODULE: ./lib/release/rollout/boot-failure.js
/**
 * Whether a VM of ours says that it cannot run our image, which more time will not mend. One that
 * stops is not believed: its container ends because the VM does.
 */
function isBootFailure({ name, versionName, instanceStatus, currentAction }, { reports }, { release }) {
    if (versionName !== release || instanceStatus !== 'RUNNING' || currentAction === 'DELETING')
        return false;
    const report = reports.get(name);
    return report?.phase === 'failed' && report.release === release;
}
/**
 * The failure in the words of the first VM that has one to tell. A container that is stopped with its
 * preempted VM may say that it failed just before the VM stops: hence only VMs that said so twice.
 */
function bootFailure({ instances, reports }, saidTwice) {
    const failed = instances.filter((instance) => saidTwice.has(identityOf(instance)));
    const [first] = failed;
    const report = first && reports.get(first.name);
    if (!report)
        return undefined;
    const others = failed.length - 1;
    return {
        kind: 'failed',
        cause: 'release',
        reason: report.detail || 'a VM could not start the release',
        evidence: [
            `${first.name} reports: ${report.detail}`,
            ...(report.log ? [report.log] : []),
            ...sayOthers(others),
        ],
    };
}
/** A VM that is recreated keeps its name but not its id. */
function identityOf({ id, name }) {
    return id || name;
}
function sayOthers(count) {
    if (count === 0)
        return [];
    if (count === 1)
        return ['and another VM reports that it failed'];
    return [`and ${count} more VMs report that they failed`];
}

;// CONCATENATED MODULE: ./lib/release/rollout/problems.js
/**
 * What an error of the group means. Codes as Google and others who watch groups know them
 * (kubernetes/autoscaler, skypilot); an unknown one is taken for passing, since the group tries again.
 */
function causeOf({ code, message, }) {
    if (SHORTAGE.test(code) || SHORTAGE_IN_WORDS.test(message))
        return 'capacity';
    if (code.includes('QUOTA'))
        return 'quota';
    if (PERMISSION.test(code))
        return 'permission';
    // The VM itself is not found when it is lost, as to Spot, while the group works on it.
    if (code.includes('NOT_FOUND') && /\/instances\//.test(message))
        return undefined;
    return CONFIGURATION.test(code) ? 'configuration' : undefined;
}
// UNSUPPORTED_OPERATION: a Spot VM that was preempted while it was being made.
const SHORTAGE = /RESOURCE_POOL_EXHAUSTED|STOCKOUT|UNSUPPORTED_OPERATION|INSUFFICIENT_?CAPACITY/i;
const SHORTAGE_IN_WORDS = /does not have enough resources available|state:\s*STOCKOUT|VM instance is currently unavailable/;
const PERMISSION = /PERMISSION|ACCESS_DENIED|^FORBIDDEN$/;
const CONFIGURATION = /NOT_FOUND|^CONDITION_NOT_MET|^INVALID|IP_SPACE_EXHAUSTED/;
/** Whether more time cannot mend it. Capacity comes back, and another zone may have some. */
function isPermanent({ cause }) {
    return cause !== undefined && cause !== 'capacity';
}
/** Room that VMs which are about to go may still make. */
function mayBeFreed({ code, cause }) {
    return cause === 'quota' || code.includes('IP_SPACE_EXHAUSTED');
}
/** What keeps VMs of the release from being made at this moment. */
function currentProblems(unready, { release }) {
    const problems = [];
    for (const { instance } of unready) {
        const { name, zone, versionName, instanceStatus, lastErrors } = instance;
        // A VM that runs has its failed attempts behind it.
        if (lastErrors.length === 0 || versionName !== release || instanceStatus === 'RUNNING')
            continue;
        for (const error of lastErrors)
            problems.push({ ...error, vm: name, zone, cause: causeOf(error) });
    }
    return problems;
}
/** What the group's own list says of VMs of the release since `sinceMs`, of those not made till now. */
function listedProblems({ errors, instances }, { release }, sinceMs) {
    if (errors.length === 0)
        return [];
    const made = new Set(instances.filter(({ instanceStatus }) => instanceStatus === 'RUNNING').map(({ name }) => name));
    return errors
        .filter(({ atMs, vm, versionName }) => {
        return atMs >= sinceMs && versionName === release && !made.has(vm);
    })
        .map((error) => ({ ...error, cause: causeOf(error) }));
}
function problemKey({ vm, code }) {
    return `${vm} ${code}`;
}
function renderProblem({ vm, code, message }) {
    return `${vm} ${code}: ${message}`;
}

// EXTERNAL MODULE: ./lib/release/rollout/readiness.js
var readiness = __webpack_require__(7787);
;// CONCATENATED MODULE: ./lib/release/rollout/recreations.js
const MEANING = {
    TIMEOUT: 'nothing answered (does the app listen on its port, on all addresses?)',
    UNHEALTHY: 'it answered, but not with 200',
};
/** Twice the same VM, or once more VMs than chance or a slow start would explain. */
const REPAIRS_OF_ONE_VM = 2;
const TOLERATED_VMS = 3;
/**
 * Takes a look at the VMs of the release. The group's own word is only that one is verified or
 * recreated; what the health check saw stands behind that, and is gone once the VM is.
 */
function noteHistories(before, { instances, reports }, release) {
    const after = new Map();
    for (const instance of instances) {
        if (instance.versionName !== release)
            continue;
        const isLeaving = reports.get(instance.name)?.phase === 'stopping';
        after.set(instance.name, noteOne(before.get(instance.name), instance, isLeaving));
    }
    return after;
}
function noteOne(before, instance, isLeaving) {
    const { id, instanceStatus: status, currentAction, healthStates } = instance;
    const isRecreating = currentAction === 'RECREATING';
    const begins = isRecreating && before?.isRecreating !== true;
    const health = verdictOf(healthStates, before?.health ?? '');
    const history = {
        id,
        status,
        health,
        recreations: (before?.recreations ?? 0) + (begins ? 1 : 0),
        repairs: (before?.repairs ?? 0) + (begins && health !== '' && isRepair(before, instance) ? 1 : 0),
        isRecreating,
        isLeaving,
    };
    return before && isSame(before, history) ? before : history;
}
/**
 * Whether the group, and not Google, took the VM away, which it does when the health check is not
 * content: that may show in the same look only. A preempted VM stops first and is recreated when
 * it is TERMINATED or gone; a sick one is RUNNING when the group decides to take it away. With a
 * long notice the app of a preempted VM is stopped, and so found sick, while the VM still runs: that
 * one has said so.
 */
function isRepair(before, instance) {
    if (before?.status !== 'RUNNING' || before.id !== instance.id || before.isLeaving)
        return false;
    const { instanceStatus } = instance;
    return instanceStatus === 'RUNNING' || instanceStatus === 'STOPPING';
}
function isSame(one, other) {
    return (one.id === other.id &&
        one.status === other.status &&
        one.health === other.health &&
        one.recreations === other.recreations &&
        one.isRecreating === other.isRecreating &&
        one.isLeaving === other.isLeaving);
}
/** Whether the release's VMs are repaired over and over, which one more repair would not mend. */
function isSick(histories, targetSize) {
    let repaired = 0;
    for (const { repairs } of histories.values()) {
        if (repairs >= REPAIRS_OF_ONE_VM)
            return true;
        if (repairs > 0)
            repaired += 1;
    }
    return repaired > Math.max(TOLERATED_VMS, targetSize / 2);
}
/** One line for each VM that was recreated, or whose health check is not content. */
function describeTroubles(histories) {
    return [...histories].flatMap(([name, { health, recreations }]) => {
        const seen = health === '' ? '' : `the health check said ${health}: ${MEANING[health]}`;
        if (recreations === 0)
            return seen === '' ? [] : [`${name}: ${seen}`];
        const times = recreations === 1 ? 'once' : `${recreations} times`;
        return [`${name} was recreated ${times}${seen && `; before that ${seen}`}`];
    });
}
function verdictOf(states, before) {
    if (states.includes('HEALTHY'))
        return '';
    return states.find((state) => state in MEANING) ?? before;
}

;// CONCATENATED MODULE: ./lib/release/rollout/memory.js




/** Spot VMs may be lost and come back; beyond this many newly ready ones it is no progress any more. */
const READY_VMS_PER_TARGET = 3;
/** After so many holds that broke, one more is no progress either: an app that dies and dies again. */
const HOLDS_THAT_COUNT = 3;
/** `startedAtMs`: from when on errors are this rollout's own, if that is not now. */
function initialMemory(atMs, startedAtMs = atMs) {
    return {
        startedAtMs,
        everReady: new Set(),
        lastProgressAtMs: atMs,
        holdsSinceMs: undefined,
        holdsCount: 0,
        holdsBegun: 0,
        holdingIds: new Set(),
        strangeCount: 0,
        failing: new Set(),
        failed: new Set(),
        inherited: undefined,
        stuckSinceMs: undefined,
        shortSinceMs: undefined,
        histories: new Map(),
    };
}
/** The memory after one more look. */
function remember(memory, { observation, policy, survey }) {
    const { atMs, group, instances } = observation;
    const unready = new Set(survey.unready.map(({ instance }) => instance));
    const problems = currentProblems(survey.unready, policy);
    const everReady = withReady(memory.everReady, { observation, unready });
    const failing = new Set(instances.filter((vm) => isBootFailure(vm, observation, policy)).map(identityOf));
    const holds = unready.size === 0 && survey.groupWide.length === 0;
    const hold = rememberHold(memory, observation, holds);
    const isProgress = everReady !== memory.everReady || (holds && hold.holdsBegun <= HOLDS_THAT_COUNT);
    const isStuck = problems.length > 0 && !isMoving(instances, { unready, problems, policy });
    const isShort = problems.some(({ cause }) => cause === 'capacity');
    return {
        startedAtMs: memory.startedAtMs,
        everReady,
        // Time in which everything holds counts: min_ready may be longer than the deadline.
        lastProgressAtMs: isProgress ? atMs : memory.lastProgressAtMs,
        ...hold,
        strangeCount: (0,readiness/* isOnRelease */.DN)(group, policy) ? 0 : memory.strangeCount + 1,
        failing,
        failed: new Set([...failing].filter((id) => memory.failing.has(id))),
        inherited: stillInherited(memory.inherited, problems),
        stuckSinceMs: isStuck ? (memory.stuckSinceMs ?? atMs) : undefined,
        shortSinceMs: isShort ? (memory.shortSinceMs ?? atMs) : undefined,
        histories: noteHistories(memory.histories, observation, policy.release),
    };
}
const NO_HOLD = { holdsSinceMs: undefined, holdsCount: 0, holdingIds: new Set() };
function rememberHold(memory, { atMs, instances }, holds) {
    const { holdsBegun } = memory;
    if (!holds)
        return { ...NO_HOLD, holdsBegun };
    const holdingIds = new Set(instances.map(identityOf));
    // A VM may be lost and come back between two looks. One that has left the group may do so.
    const isUnbroken = instances.every((instance) => memory.holdingIds.has(identityOf(instance)));
    const goesOn = memory.holdsSinceMs !== undefined && isUnbroken;
    return {
        holdsSinceMs: goesOn ? memory.holdsSinceMs : atMs,
        holdsCount: goesOn ? memory.holdsCount + 1 : 1,
        holdsBegun: goesOn ? holdsBegun : holdsBegun + 1,
        holdingIds,
    };
}
/** The same set when nothing was added. An image that dies again and again adds only so much. */
function withReady(before, { observation, unready, }) {
    const { group, instances } = observation;
    const limit = READY_VMS_PER_TARGET * Math.max(group.targetSize, 1);
    const added = instances
        .filter((instance) => !unready.has(instance))
        .map(identityOf)
        .filter((id) => !before.has(id))
        .slice(0, Math.max(0, limit - before.size));
    return added.length === 0 ? before : new Set([...before, ...added]);
}
/** Whether anything is under way that may make room: a VM that leaves, or one that comes up. */
function isMoving(instances, { unready, problems, policy }) {
    const refused = new Set(problems.map(({ vm }) => vm));
    return instances.some((instance) => {
        const { name, currentAction, versionName } = instance;
        if (currentAction === 'DELETING' || currentAction === 'ABANDONING')
            return true;
        return versionName === policy.release && unready.has(instance) && !refused.has(name);
    });
}
// The errors of the first look may be left from an earlier attempt, whose cause was mended since.
function stillInherited(before, problems) {
    if (before?.size === 0)
        return before;
    const keys = problems.map(problemKey);
    return new Set(before ? keys.filter((key) => before.has(key)) : keys);
}

;// CONCATENATED MODULE: ./lib/release/rollout/evidence.js




function findProblems(memory, { observation, policy, survey }) {
    const current = currentProblems(survey.unready, policy);
    const listed = listedProblems(observation, policy, memory.startedAtMs);
    const met = new Set(listed.map(problemKey));
    const fresh = current.filter((problem) => {
        const key = problemKey(problem);
        return memory.inherited?.has(key) !== true || met.has(key);
    });
    // Where a VM of the release runs and does not serve, what was refused earlier is not the reason.
    const isRunning = ({ instance }) => instance.versionName === policy.release && instance.instanceStatus === 'RUNNING';
    return { all: survey.unready.some(isRunning) ? current : [...current, ...listed], fresh };
}
const MAX_LINES = 12;
/** Lines that a person reads to the end. */
function shortened(lines) {
    if (lines.length <= MAX_LINES)
        return lines;
    return [...lines.slice(0, MAX_LINES - 1), `and ${lines.length - MAX_LINES + 1} more like these`];
}
/** What keeps the rollout from its end, VM by VM, and what happened to them before. */
function evidenceOf(memory, { observation, policy, survey }) {
    const listed = listedProblems(observation, policy, memory.startedAtMs);
    const shown = new Set(survey.unready.map(({ instance }) => instance.name));
    // VMs that the group has given up are in no other list.
    const lost = new Map(listed.filter(({ vm }) => !shown.has(vm)).map((problem) => [problem.vm, renderProblem(problem)]));
    // What is wrong with the group as a whole says something only where no VM does.
    const found = survey.unready.length > 0 ? (0,readiness/* renderUnready */.ZK)(survey.unready, policy) : survey.groupWide;
    return [
        ...shortened(found),
        ...shortened([...lost.values()]),
        ...shortened(describeTroubles(memory.histories)),
    ];
}
/** Where and since when there is no capacity; undefined when that is not what is missing. */
function describeShortage(memory, problems, { observation, policy }) {
    const short = problems.filter(({ cause }) => cause === 'capacity');
    if (short.length === 0)
        return undefined;
    const zones = [...new Set(short.map(zoneOf))].filter((zone) => zone !== '').sort();
    const machineType = short.find((problem) => problem.machineType !== '')?.machineType;
    const kind = machineType ?? policy.machineType;
    const firstMs = memory.shortSinceMs ?? observation.atMs;
    const sinceMs = short.reduce((earliest, { atMs = firstMs }) => Math.min(earliest, atMs), firstMs);
    const since = new Date(sinceMs).toISOString().slice(11, 16);
    const lasted = (0,duration/* renderDuration */.P)(observation.atMs - sinceMs);
    return `no ${kind ? `${kind} VM` : 'VM'} is to be had in ${zones.join(', ') || 'the zones of the group'} since ${since} UTC (${lasted})`;
}
function zoneOf({ zone, message }) {
    return zone || (/\b[a-z]+-[a-z]+\d+-[a-z]\b/.exec(message)?.[0] ?? '');
}

;// CONCATENATED MODULE: ./lib/release/rollout.js






const OBSERVATIONS_THAT_HOLD = 2;
/** The group was patched before the first one: on another version it stays only if somebody else wants it so. */
const STRANGE_OBSERVATIONS = 3;
/** Room that VMs on their way out make is taken up by the group's next attempt. */
const ROOM_PATIENCE_MS = 60_000;
/**
 * Judges one observation. Pure and total: the same code decides in production and in tests.
 * Verified only when the group is stable on our version AND every VM itself reports our digest,
 * on two observations or more and for `minReadyMs`, without one VM being replaced in between.
 */
function decide(memory, observation, policy) {
    const look = { observation, policy, survey: (0,readiness/* survey */.Fr)(observation, policy) };
    const next = remember(memory, look);
    return { memory: next, verdict: judge(next, look) };
}
/** Why the group does not run the release everywhere, most telling first; empty when it does. */
function obstacles(observation, policy) {
    return (0,readiness/* renderObstacles */.x4)((0,readiness/* survey */.Fr)(observation, policy), observation.group, policy);
}
function judge(memory, look) {
    const { observation, policy } = look;
    if (memory.strangeCount >= STRANGE_OBSERVATIONS) {
        const reason = `somebody else moved the group to version ${(0,readiness/* renderVersions */.Ku)(observation.group)}`;
        return { kind: 'superseded', reason };
    }
    const bootFailed = bootFailure(observation, memory.failed);
    if (bootFailed)
        return bootFailed;
    if (memory.holdsSinceMs !== undefined)
        return judgeHold(memory, memory.holdsSinceMs, look);
    const findings = findProblems(memory, look);
    const failure = sickness(memory, look) ?? refusal(memory, findings, look);
    if (failure)
        return failure;
    const untilMs = memory.lastProgressAtMs + policy.progressDeadlineMs;
    if (observation.atMs >= untilMs)
        return timeout(memory, findings, look);
    const [reason] = (0,readiness/* renderObstacles */.x4)(look.survey, observation.group, policy);
    return { kind: 'wait', reason: reason ?? 'nothing is known yet', untilMs };
}
function judgeHold(memory, sinceMs, { observation, policy }) {
    const untilMs = sinceMs + policy.minReadyMs;
    if (memory.holdsCount >= OBSERVATIONS_THAT_HOLD && observation.atMs >= untilMs)
        return { kind: 'verified' };
    return { kind: 'wait', reason: 'everything is ready; making sure that it stays so', untilMs };
}
/** VMs that the group repairs over and over. */
function sickness(memory, look) {
    if (!isSick(memory.histories, look.observation.group.targetSize))
        return undefined;
    const reason = 'its VMs do not stay healthy and are recreated over and over';
    return { kind: 'failed', cause: 'release', reason, evidence: evidenceOf(memory, look) };
}
/** An error that the next attempt will meet again. */
function refusal(memory, { fresh }, { observation }) {
    const stuckForMs = observation.atMs - (memory.stuckSinceMs ?? observation.atMs);
    const final = fresh.filter((problem) => isPermanent(problem) && (!mayBeFreed(problem) || stuckForMs >= ROOM_PATIENCE_MS));
    const [first] = final;
    if (!first?.cause)
        return undefined;
    return {
        kind: 'failed',
        cause: first.cause,
        reason: `${first.code}: ${first.message}`,
        evidence: shortened(final.map(renderProblem)),
    };
}
function timeout(memory, { all }, look) {
    const evidence = evidenceOf(memory, look);
    const [permanent] = all.filter(isPermanent);
    if (permanent?.cause) {
        const reason = `${permanent.code}: ${permanent.message}`;
        return { kind: 'failed', cause: permanent.cause, reason, evidence };
    }
    const shortage = describeShortage(memory, all, look);
    if (shortage)
        return { kind: 'failed', cause: 'capacity', reason: shortage, evidence };
    return { kind: 'failed', cause: 'deadline', reason: 'no progress within the deadline', evidence };
}

// EXTERNAL MODULE: ./lib/release/rollout/boot-report.js
var boot_report = __webpack_require__(5838);
;// CONCATENATED MODULE: ./lib/release/watch/boot-reports.js

/**
 * Guest attributes allow 10 queries a minute per VM
 * (https://cloud.google.com/compute/docs/metadata/manage-guest-attributes). A VM is asked when
 * something about it changed, then at growing intervals, and never beyond this budget.
 */
const ASKS_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Between one ask and the next while nothing changes; the last one goes on. */
const PAUSES_MS = [2_000, 4_000, 8_000, 12_000];
/** Without a health check a VM boots for long before it has something to tell. */
const SILENT_PAUSES_MS = [12_000];
/** The same where nothing is missing but its word: the whole budget, evenly. */
const ONLY_WORD_PAUSES_MS = [MINUTE_MS / ASKS_PER_MINUTE];
/** Where that word is about to be said: an app without HEALTHCHECK counts as ready after 10 s. */
const LAST_PAUSES_MS = [3_000, 3_000, 4_000, 6_000];
const MAX_ASKED_AT_ONCE = 10;
/** All VMs together: what Google's quota leaves for one user among others. */
const ASKS_PER_SECOND = 10;
/** The most that a look at a thousand VMs, which are looked at less often, is made to cost. */
const MAX_ASKED_IN_A_LOOK = 15;
/** What the VMs of one group said last, asked for as rarely as may be. */
class BootReports {
    #compute;
    #clock;
    #asked = new Map();
    #reports = new Map();
    /** Asks of the last minute by VM id; they count for the budget whatever became of the VM since. */
    #spent = new Map();
    #hasBacklog = false;
    #snapshot;
    /** VMs that were to be asked the last time, be it their turn or not. */
    #waiting = [];
    #isLastWord = false;
    #askedAtMs;
    constructor(compute, clock) {
        this.#compute = compute;
        this.#clock = clock;
        this.#askedAtMs = clock.now();
    }
    /** By VM name, as of now: later words do not change it. */
    get latest() {
        this.#snapshot ??= new Map(this.#reports);
        return this.#snapshot;
    }
    /** Whether VMs whose turn had come were left for the next time. */
    get hasBacklog() {
        return this.#hasBacklog;
    }
    /** Drops what was said by VMs that are gone, not running, or other ones by now. */
    forgetAllBut(find) {
        for (const [name, asked] of this.#asked) {
            const instance = find(name);
            // A VM that is recreated keeps its name but not its id; what the old one said must not count.
            const isSame = instance?.id === asked.instance.id;
            if (isSame && instance.instanceStatus === 'RUNNING')
                continue;
            this.#asked.delete(name);
            if (this.#reports.delete(name))
                this.#snapshot = undefined;
        }
        const now = this.#clock.now();
        for (const [id, times] of this.#spent) {
            if (now - (times.at(-1) ?? 0) >= MINUTE_MS)
                this.#spent.delete(id);
        }
    }
    /**
     * Asks those of `instances` whose turn it is, at most 10 at once, the longest unasked first.
     * `isLastWord`: nothing but their words is missing, so that somebody waits for them.
     */
    async ask(instances, isLastWord) {
        const now = this.#clock.now();
        this.#isLastWord = isLastWord;
        this.#waiting = instances;
        const due = instances
            .filter((instance) => this.#dueAtMs(instance) <= now)
            .sort((a, b) => this.#lastAskedAtMs(a) - this.#lastAskedAtMs(b));
        const count = Math.min(this.#countAt(now), due.length);
        this.#hasBacklog = due.length > count;
        for (let from = 0; from < count; from += MAX_ASKED_AT_ONCE) {
            const wave = due.slice(from, Math.min(count, from + MAX_ASKED_AT_ONCE));
            await Promise.all(wave.map((instance) => this.#askOne(instance)));
        }
    }
    /** Until the next of the words that are all that is missing may be asked for. */
    get lastWordInMs() {
        if (!this.#isLastWord || this.#waiting.length === 0)
            return undefined;
        if (this.#hasBacklog)
            return 0;
        const nextAtMs = this.#waiting.reduce((earliest, instance) => Math.min(earliest, this.#dueAtMs(instance)), Number.POSITIVE_INFINITY);
        return nextAtMs - this.#clock.now();
    }
    /** How many may be asked now: as many as the time since the last look allows. */
    #countAt(now) {
        const earned = Math.floor(((now - this.#askedAtMs) * ASKS_PER_SECOND) / 1_000);
        this.#askedAtMs = now;
        return Math.min(MAX_ASKED_IN_A_LOOK, Math.max(MAX_ASKED_AT_ONCE, earned));
    }
    #dueAtMs(instance) {
        if (instance.instanceStatus !== 'RUNNING')
            return Number.POSITIVE_INFINITY;
        const spent = this.#spent.get(instance.id) ?? [];
        const freeAtMs = (spent.at(-ASKS_PER_MINUTE) ?? Number.NEGATIVE_INFINITY) + MINUTE_MS;
        const asked = this.#asked.get(instance.name);
        if (!asked)
            return freeAtMs;
        const pausesMs = this.#pausesOf(instance);
        const hasNews = !isQuiet(asked, instance, pausesMs);
        const quietAsks = hasNews ? 1 : Math.min(asked.quietAsks, pausesMs.length);
        return Math.max(freeAtMs, asked.atMs + (pausesMs[quietAsks - 1] ?? 0));
    }
    #lastAskedAtMs({ name }) {
        return this.#asked.get(name)?.atMs ?? 0;
    }
    async #askOne(instance) {
        const atMs = this.#clock.now();
        const { name, id } = instance;
        const before = this.#asked.get(name);
        const pausesMs = this.#pausesOf(instance);
        const quietAsks = before && isQuiet(before, instance, pausesMs) ? before.quietAsks + 1 : 1;
        this.#asked.set(name, { instance, pausesMs, atMs, quietAsks });
        const spent = this.#spent.get(id) ?? [];
        this.#spent.set(id, [...spent.slice(1 - ASKS_PER_MINUTE), atMs]);
        const report = (0,boot_report/* readBootReport */.X)(await this.#compute.fetchGuestAttribute(instance, boot_report/* BOOT_REPORT_PATH */.K));
        if (report)
            this.#take(name, report);
    }
    /** The same words are the same report, so that nobody takes them for news. */
    #take(name, report) {
        const before = this.#reports.get(name);
        if (before && isSameReport(before, report))
            return;
        this.#reports.set(name, report);
        this.#snapshot = undefined;
    }
    #pausesOf({ name, healthStates }) {
        const isSilent = healthStates.length === 0;
        if (!this.#isLastWord)
            return isSilent ? SILENT_PAUSES_MS : PAUSES_MS;
        const isFar = isSilent && this.#reports.get(name)?.phase !== 'starting';
        return isFar ? ONLY_WORD_PAUSES_MS : LAST_PAUSES_MS;
    }
}
/** Otherwise the VM may have something to tell, or is wanted to tell it sooner. */
function isQuiet(asked, instance, pausesMs) {
    return asked.instance === instance && asked.pausesMs === pausesMs;
}
function isSameReport(one, other) {
    return (one.phase === other.phase &&
        one.detail === other.detail &&
        one.release === other.release &&
        one.image === other.image &&
        one.log === other.log);
}

// EXTERNAL MODULE: ./lib/release/watch/phase.js
var watch_phase = __webpack_require__(9406);
// EXTERNAL MODULE: ./lib/release/watch/state-book.js
var state_book = __webpack_require__(2772);
;// CONCATENATED MODULE: ./lib/release/watch/narrator.js



/** Beyond this many VMs a line for each would be read by nobody. */
const MAX_VMS_IN_LINES = 20;
const BETWEEN_COUNTS_MS = 10_000;
/** Tells what happens: a line for each VM whose state changed, or counts for a large group. */
class Narrator {
    #log;
    #policy;
    #startedAtMs;
    #states = new state_book/* StateBook */.P((instance, { reports }) => renderState(instance, reports.get(instance.name)));
    #counts = '';
    #countedAtMs = Number.NEGATIVE_INFINITY;
    constructor(log, policy, startedAtMs) {
        this.#log = log;
        this.#policy = policy;
        this.#startedAtMs = startedAtMs;
    }
    /** Whether anything about the VMs is new since the last look. */
    tell(observation) {
        const { instances, atMs } = observation;
        const news = this.#states.update(observation);
        if (instances.length > MAX_VMS_IN_LINES)
            this.#tellCounts(observation);
        else
            for (const { vm, state } of news)
                this.#log.info(`${vm}  ${state ?? 'gone'}  ${this.#after(atMs)}`);
        return news.length > 0;
    }
    /** The counts of a large group as they are at the end. */
    conclude(observation) {
        if (observation.instances.length <= MAX_VMS_IN_LINES)
            return;
        this.#countedAtMs = Number.NEGATIVE_INFINITY;
        this.#tellCounts(observation);
    }
    #tellCounts(observation) {
        const { instances, atMs } = observation;
        if (atMs - this.#countedAtMs < BETWEEN_COUNTS_MS)
            return;
        const counts = new Map();
        for (const instance of instances) {
            const phase = (0,watch_phase/* phaseOf */.h)(instance, observation, this.#policy);
            counts.set(phase, (counts.get(phase) ?? 0) + 1);
        }
        const said = [...counts].map(([phase, count]) => `${count} ${phase}`).sort();
        const text = `${instances.length} VMs: ${said.join(', ')}`;
        if (text === this.#counts)
            return;
        this.#counts = text;
        this.#countedAtMs = atMs;
        this.#log.info(`${text}  ${this.#after(atMs)}`);
    }
    #after(atMs) {
        return (0,duration/* renderDuration */.P)(atMs - this.#startedAtMs);
    }
}
function renderState(instance, report) {
    const { versionName, currentAction, instanceStatus, healthStates } = instance;
    const parts = [
        versionName || 'no release',
        currentAction === 'NONE' ? '' : currentAction.toLowerCase(),
        instanceStatus.toLowerCase(),
        report ? `${report.phase}${report.detail && ` (${shortDigest(report.detail)})`}` : '',
        healthStates.join(', ').toLowerCase(),
    ];
    return parts.filter((part) => part !== '').join('  ');
}
/** The digest of an image without the part that nobody compares by eye. */
function shortDigest(text) {
    return text.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, '$1…');
}

;// CONCATENATED MODULE: ./lib/release/watch/pace.js

const FAST_MS = 1_000;
const SLOW_MS = 5_000;
const WITH_SICK_VMS_MS = 2_500;
/** For each VM that is not ready: many VMs bring many changes, and none of these is the last. */
const SLOWER_PER_VM_MS = 200;
const SLOWEST_WHEN_BUSY_MS = 2_000;
/** A list of a thousand VMs is a quarter of a megabyte, and ten times as much to whoever reads it. */
const SLOWER_PER_LISTED_VM_MS = 2;
/** What is looked at later than this part of the time it took is not noticed by people. */
const PART_WHEN_NEAR = 0.1;
const PART_WHEN_FAR = 0.25;
/**
 * How long to wait before the next look: about a second where the next change may be the last one,
 * up to five where nothing moves, and never beyond the moment at which time alone decides.
 */
function pauseAfter(observation, policy, { waiting, calm }) {
    const restMs = waiting.untilMs - observation.atMs;
    const quickestMs = Math.max(FAST_MS, observation.instances.length * SLOWER_PER_LISTED_VM_MS);
    const wishedMs = wishedPause(observation, policy, calm);
    return restMs > 0 ? Math.min(restMs, Math.max(quickestMs, wishedMs)) : FAST_MS;
}
function wishedPause(observation, policy, calm) {
    const { unready, groupWide } = (0,readiness/* survey */.Fr)(observation, policy);
    if (unready.length === 0 && groupWide.length === 0)
        return SLOW_MS;
    const phaseOf = ({ instance }) => observation.reports.get(instance.name)?.phase;
    // Looking without asking would show nothing, and a VM whose turn it is must not wait for a look.
    // Only what a VM says that it failed is to be confirmed soon.
    if (calm.lastWordInMs !== undefined && !unready.some((vm) => phaseOf(vm) === 'failed'))
        return between(FAST_MS, calm.lastWordInMs);
    const isNear = unready.every((vm) => isNearlyDone(vm.instance, phaseOf(vm)));
    if (isNear || calm.hasBacklog)
        return between(FAST_MS, calm.sinceChangeMs * PART_WHEN_NEAR);
    // What becomes of a sick VM tells a bad release from a lost machine, and is soon over.
    const slowestMs = unready.some(({ instance }) => pace_isSick(instance)) ? WITH_SICK_VMS_MS : SLOW_MS;
    const quickestMs = FAST_MS + Math.min(unready.length * SLOWER_PER_VM_MS, SLOWEST_WHEN_BUSY_MS);
    return Math.min(slowestMs, between(quickestMs, calm.sinceChangeMs * PART_WHEN_FAR));
}
function between(quickestMs, wishedMs) {
    return Math.min(SLOW_MS, Math.max(quickestMs, wishedMs));
}
function pace_isSick({ instanceStatus, healthStates }) {
    return (instanceStatus === 'RUNNING' &&
        healthStates.some((state) => state === 'TIMEOUT' || state === 'UNHEALTHY'));
}
function isNearlyDone({ currentAction, instanceStatus }, phase) {
    if (currentAction === 'DELETING')
        return true;
    if (instanceStatus !== 'RUNNING')
        return false;
    // What a VM says that it failed is to be confirmed soon.
    if (phase === 'failed')
        return true;
    return currentAction === 'NONE' ? phase !== undefined : phase === 'starting' || phase === 'ready';
}

;// CONCATENATED MODULE: ./lib/release/watch/roster.js
/**
 * The VMs of the last look. One that has not changed since stays the very same object: with a
 * thousand VMs a look would otherwise leave as much behind as it brings, and "changed" is `!==`.
 */
class Roster {
    #vms = new Map();
    /** The VM of that name, as the last look saw it. */
    find(name) {
        return this.#vms.get(name);
    }
    /** The same VMs, those that are as they were by their old objects. */
    take(instances) {
        const taken = instances.map((instance) => {
            const known = this.#vms.get(instance.name);
            if (known && roster_isSame(known, instance))
                return known;
            this.#vms.set(instance.name, instance);
            return instance;
        });
        if (this.#vms.size > taken.length)
            this.#forgetAllBut(taken);
        return taken;
    }
    #forgetAllBut(instances) {
        const names = new Set(instances.map(({ name }) => name));
        for (const name of this.#vms.keys())
            if (!names.has(name))
                this.#vms.delete(name);
    }
}
function roster_isSame(one, other) {
    return (one.id === other.id &&
        one.zone === other.zone &&
        one.currentAction === other.currentAction &&
        one.instanceStatus === other.instanceStatus &&
        one.versionName === other.versionName &&
        isSameList(one.healthStates, other.healthStates, Object.is) &&
        isSameList(one.lastErrors, other.lastErrors, isSameError));
}
function isSameError(one, other) {
    return (one.code === other.code &&
        one.message === other.message &&
        one.machineType === other.machineType);
}
function isSameList(one, other, isSameItem) {
    return (one.length === other.length &&
        one.every((item, index) => {
            const counterpart = other[index];
            return counterpart !== undefined && isSameItem(item, counterpart);
        }));
}

// EXTERNAL MODULE: ./lib/release/watch/timeline.js
var timeline = __webpack_require__(862);
;// CONCATENATED MODULE: ./lib/release/watch.js









/**
 * Watches the group until it is verified to run the policy's release, or until that has failed or
 * is no longer wanted: all three are returned. The same for the way forth and the way back.
 *
 * @throws the signal's reason, and errors of the API that do not pass by themselves
 */
function watchUntilVerdict(ports, options) {
    return new GroupWatch(ports, options).untilVerdict();
}
/** Between two readings of the group itself while its VMs show that it cannot be done. */
const GROUP_EVERY_MS = 10_000;
/** Nothing having changed for so long, the group's own list of errors may say why. */
const ERRORS_AFTER_MS = 60_000;
const ERRORS_EVERY_MS = 30_000;
const PAUSE_AFTER_FAULT_MS = 5_000;
/** Observes one group, and remembers what its VMs said so that they are asked as rarely as may be. */
class GroupWatch {
    #ports;
    #options;
    #roster = new Roster();
    #reports;
    #narrator;
    #timeline;
    #startedAtMs;
    #last;
    #groupAtMs = 0;
    #errorsAtMs = 0;
    #changedAtMs;
    #isOutageSaid = false;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#startedAtMs = ports.clock.now();
        this.#changedAtMs = this.#startedAtMs;
        this.#reports = new BootReports(ports.compute, ports.clock);
        this.#narrator = new Narrator(ports.log, options.policy, this.#startedAtMs);
        this.#timeline = options.timeline ?? new timeline/* Timeline */.K(options.policy);
    }
    /** One look: the VMs, what those say that matter, and the group where it may be done. */
    async observe() {
        const { clock } = this.#ports;
        const [instances, known] = await Promise.all([
            this.#list(),
            this.#isGroupDue() ? this.#fetchGroup() : this.#last?.group,
        ]);
        const group = known ?? (await this.#fetchGroup());
        await this.#askReports(instances, group);
        const seen = {
            atMs: clock.now(),
            group,
            instances,
            reports: this.#reports.latest,
            errors: this.#last?.errors ?? [],
        };
        // Only the group itself can say that it is done, and only now: not some looks ago.
        const isStale = group === this.#last?.group && this.#isEachReady(seen);
        const observation = isStale
            ? { ...seen, group: await this.#fetchGroup(), atMs: clock.now() }
            : seen;
        this.#take(observation);
        return observation;
    }
    async untilVerdict() {
        const { clock, log } = this.#ports;
        const { policy, signal } = this.#options;
        let memory = initialMemory(clock.now(), this.#options.sinceMs ?? this.#startedAtMs);
        for (;;) {
            const observation = await this.#look(memory);
            if (observation === undefined) {
                await clock.sleep(PAUSE_AFTER_FAULT_MS, signal);
                continue;
            }
            const decision = decide(memory, observation, policy);
            memory = decision.memory;
            const { verdict } = decision;
            if (verdict.kind !== 'wait') {
                this.#narrator.conclude(observation);
                return { verdict, observation, timeline: this.#timeline.entries };
            }
            log.debug(`Waiting: ${verdict.reason}`);
            await clock.sleep(this.#pauseAfter(observation, verdict), signal);
        }
    }
    /** Undefined when the look failed for a reason that will pass, and there is time to wait for that. */
    async #look(memory) {
        const { clock, log } = this.#ports;
        const { policy, signal } = this.#options;
        try {
            if (this.#isErrorsDue(memory))
                await this.#fetchErrors();
            const observation = await this.observe();
            this.#isOutageSaid = false;
            return observation;
        }
        catch (error) {
            signal.throwIfAborted();
            const sinceProgressMs = clock.now() - memory.lastProgressAtMs;
            if (!isPassing(error) || sinceProgressMs >= policy.progressDeadlineMs)
                throw error;
            const reason = error instanceof Error ? error.message : String(error);
            if (!this.#isOutageSaid)
                log.warning(`${reason} The group goes on by itself; it will be looked at again.`);
            this.#isOutageSaid = true;
            return undefined;
        }
    }
    /** What Google listed is forgotten here, before anything else is waited for. */
    async #list() {
        return this.#roster.take(await this.#ports.compute.listManagedInstances(this.#options.group));
    }
    #isGroupDue() {
        const last = this.#last;
        if (last === undefined || !(0,readiness/* isOnRelease */.DN)(last.group, this.#options.policy))
            return true;
        return this.#ports.clock.now() - this.#groupAtMs >= GROUP_EVERY_MS || this.#isEachReady(last);
    }
    async #fetchGroup() {
        const group = await this.#ports.compute.fetchGroup(this.#options.group);
        this.#groupAtMs = this.#ports.clock.now();
        return group;
    }
    #isEachReady(observation) {
        const { group, instances, reports } = observation;
        const context = { group, policy: this.#options.policy };
        return instances.every((instance) => (0,readiness/* isReady */.i_)(instance, reports.get(instance.name), context));
    }
    /** Only VMs that matter for the verdict are asked: those of our version that are not ready yet. */
    async #askReports(instances, group) {
        const { policy } = this.#options;
        this.#reports.forgetAllBut((name) => this.#roster.find(name));
        const { latest } = this.#reports;
        const isLastWord = instances.every((instance) => lacksNothingElse(instance, policy));
        await this.#reports.ask(instances.filter((instance) => instance.versionName === policy.release &&
            !(0,readiness/* isReady */.i_)(instance, latest.get(instance.name), { group, policy })), isLastWord);
    }
    // An error that was there at the start may be an old one: only the list knows when it was met.
    #isErrorsDue({ inherited }) {
        const now = this.#ports.clock.now();
        if (now - this.#errorsAtMs < ERRORS_EVERY_MS)
            return false;
        const { progressDeadlineMs } = this.#options.policy;
        const quietMs = Math.min(ERRORS_AFTER_MS, progressDeadlineMs / 2);
        return (inherited?.size ?? 0) > 0 || now - this.#changedAtMs >= quietMs;
    }
    async #fetchErrors() {
        if (this.#last === undefined)
            return;
        const errors = await this.#ports.compute.listErrors(this.#options.group);
        this.#errorsAtMs = this.#ports.clock.now();
        this.#last = { ...this.#last, errors };
    }
    #take(observation) {
        const isNews = this.#narrator.tell(observation);
        if (isNews || !isSameGroup(observation.group, this.#last?.group))
            this.#changedAtMs = observation.atMs;
        this.#timeline.note(observation);
        this.#last = observation;
    }
    #pauseAfter(observation, waiting) {
        const sinceChangeMs = observation.atMs - this.#changedAtMs;
        const { hasBacklog, lastWordInMs } = this.#reports;
        const calm = { sinceChangeMs, hasBacklog, lastWordInMs };
        return pauseAfter(observation, this.#options.policy, { waiting, calm });
    }
}
/** Whether this VM is where it should be as far as the group can tell. */
function lacksNothingElse(instance, { release }) {
    const { currentAction, instanceStatus, versionName, healthStates } = instance;
    return (versionName === release &&
        currentAction === 'NONE' &&
        instanceStatus === 'RUNNING' &&
        healthStates.every((state) => state === 'HEALTHY'));
}
function isSameGroup(one, other) {
    return (one.targetSize === other?.targetSize &&
        one.isStable === other.isStable &&
        one.isVersionTargetReached === other.isVersionTargetReached &&
        one.fingerprint === other.fingerprint);
}

// EXTERNAL MODULE: ./lib/release/ledger/ledger.js
var ledger_ledger = __webpack_require__(9242);
;// CONCATENATED MODULE: ./lib/release/attempt/adoption.js

/**
 * Pure. To be asked under the deploy lock, when every open attempt is that of a run which is no more.
 * The one that brought the group where this run wants it goes on. Of the others nothing is left to
 * finish: this run moves the group away, or the group is on another release already.
 */
function adopt(ledger, { groupIsOn, release }) {
    const open = (0,ledger_ledger/* openEntries */.Jh)(ledger);
    const continued = groupIsOn === release ? open.findLast((entry) => entry.release === release) : undefined;
    const closed = open
        .filter((entry) => entry !== continued)
        .map((entry) => ({ entry, closing: interruption(entry, groupIsOn) }));
    return { continued, closed };
}
function interruption({ release }, groupIsOn) {
    const left = groupIsOn === release
        ? 'it left the group on this release, unverified'
        : `it left the group on ${groupIsOn || 'no release'}`;
    return { outcome: 'interrupted', reason: `its run ended without a word; ${left}` };
}

;// CONCATENATED MODULE: ./lib/release/attempt/put-back.js



/** Between two looks whether a late PATCH has arrived. */
const LOOK_EVERY_MS = 2_000;
/**
 * Ends the open attempt that is ours, if there is one: takes the group off its release with one
 * PATCH, to the last verified release as far as there is one, and writes down how it ended.
 *
 * @returns how the group was left, to complete a sentence; undefined when no attempt was open
 * @throws ActionError as `moveGroup` does, LEDGER_*; then the attempt is still open
 */
async function endUnwatched(ports, unwatched) {
    const { isOurs, outcome, why } = unwatched;
    const ledger = await ports.file.read();
    const entry = (0,ledger_ledger/* openEntries */.Jh)(ledger).find(isOurs);
    if (entry === undefined)
        return undefined;
    const { rolledBackTo, left } = await putBack(ports, unwatched, { ledger, entry });
    ports.log.info(`Attempt ${entry.attempt}, release ${entry.release}: ${why}; ${left}.`);
    await ports.file.close(entry.attempt, { outcome, rolledBackTo, reason: `${why}; ${left}` });
    return left;
}
async function putBack(ports, unwatched, { ledger, entry }) {
    const { compute } = ports;
    const { release, previous } = entry;
    const isItsPlace = previous === release && (0,ledger_ledger/* isVerified */.p4)(ledger, release);
    const groupIsOn = await whereItEndsUp(ports, unwatched, isItsPlace ? undefined : release);
    if (groupIsOn !== release) {
        const left = `the group is on ${groupIsOn ? `release ${groupIsOn}` : 'no release'}`;
        return { rolledBackTo: groupIsOn || null, left };
    }
    if (isItsPlace) {
        return { rolledBackTo: null, left: 'the group stays on it, where it was before' };
    }
    const target = await newestStanding(compute, ledger, release);
    if (target === undefined) {
        const left = 'the group stays on it, unverified: there is no verified release to go back to';
        return { rolledBackTo: null, left };
    }
    await moveGroup({ compute, signal: unwatched.signal }, unwatched.group, target);
    const left = `the group was put back on release ${target.release}, and nobody watched it arrive`;
    return { rolledBackTo: target.release, left };
}
/** The release that the group is on once nothing of ours can move it any more, or as soon as it is `expected`. */
async function whereItEndsUp({ compute, clock }, { group, lateMs, signal }, expected) {
    const untilMs = clock.now() + lateMs;
    for (;;) {
        const { versions } = await compute.fetchGroup(group);
        const groupIsOn = versions[0]?.name ?? '';
        const restMs = untilMs - clock.now();
        if (groupIsOn === expected || restMs <= 0)
            return groupIsOn;
        await clock.sleep(Math.min(LOOK_EVERY_MS, restMs), signal);
    }
}
// There is no time for more than this: whether image and secrets are there is not asked.
async function newestStanding(compute, ledger, otherThan) {
    for (const { release, template } of (0,lineage/* waysBackFrom */.aB)(ledger, otherThan)) {
        const standing = await compute.fetchTemplate(template);
        if (standing !== undefined)
            return { release, templateLink: standing.selfLink };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/release/attempt/running.js

/** Which release runs on how many VMs of the group, and how many of those serve: one line. */
function describeRunning(group, { instances, group: state }) {
    const counts = new Map();
    for (const { versionName, instanceStatus, healthStates } of instances) {
        const count = counts.get(versionName) ?? { running: 0, healthy: 0 };
        if (instanceStatus === 'RUNNING')
            count.running += 1;
        if (healthStates.length > 0 && healthStates.every((health) => health === 'HEALTHY')) {
            count.healthy += 1;
        }
        counts.set(versionName, count);
    }
    const parts = [...counts].map(([release, { running, healthy }]) => {
        const health = state.hasHealthCheck ? `, ${healthy} healthy` : '';
        return `${release || 'no release'} on ${running} VMs${health}`;
    });
    return `Now ${(0,group_reference/* groupName */.hv)(group)} runs: ${parts.join('; ') || 'nothing'}.`;
}

// EXTERNAL MODULE: ./lib/release/choice/rolled-back.js
var rolled_back = __webpack_require__(5167);
;// CONCATENATED MODULE: ./lib/release/attempt/settled.js





/** What there is to say when nothing is left to do, nor to write down; else undefined. */
async function findSettled({ compute, clock, log }, options, file) {
    const { policy, release } = options;
    const [ledger, observation] = await Promise.all([
        file.read(),
        // The watch will tell what each VM does; told here as well it would stand there twice.
        new GroupWatch({ compute, clock, log: murmuring(log) }, options).observe(),
    ]);
    const [last] = (0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: undefined });
    const isSettled = (0,ledger_ledger/* openEntries */.Jh)(ledger).length === 0 &&
        last?.release === release.id &&
        !endsRollback(ledger, options) &&
        obstacles(observation, policy).length === 0;
    if (!isSettled)
        return undefined;
    const [earlier] = (0,lineage/* earlierReleases */.VE)(ledger, release.id);
    const wayBack = earlier?.release ?? '';
    return { wasRolled: false, previousRelease: release.id, wayBack, observation, timeline: [] };
}
/**
 * A push that comes to the release which was brought back, such as a revert, moves nothing, but it is
 * the step forward behind which the rollback is over: the next push may bring anything again.
 */
function endsRollback(ledger, { kind, provenance }) {
    const runs = ledger.entries.findLast(({ outcome }) => outcome === 'verified');
    const isNewCommit = provenance.commit !== '' && provenance.commit !== runs?.commit;
    return kind === 'deploy' && isNewCommit && (0,rolled_back/* rolledBackReleases */.q)(ledger).size > 0;
}
/** Says that there is nothing to do. */
function asUnchanged(settled, { log }) {
    log.info('Every VM runs this release already, verified: nothing to do.');
    return settled;
}
/** The same log, with what it would tell said only to those who debug. */
function murmuring(log) {
    return {
        debug: (message) => log.debug(message),
        info: (message) => log.debug(message),
        warning: (message) => log.warning(message),
        annotate: (annotation) => log.annotate(annotation),
        mask: (secret) => log.mask(secret),
        group: (title, work) => log.group(title, work),
        labelled: (label) => murmuring(log.labelled(label)),
    };
}

// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/registry.js
var registry = __webpack_require__(7190);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/release/standing.js
var standing = __webpack_require__(1881);
;// CONCATENATED MODULE: ./lib/release/attempt/way-back.js





/**
 * The nearest release below this one of which everything is still there: instance
 * template, image, secret versions. One that has lost its image or a secret is still better than
 * none, as VMs that run it need neither; one without template is none. Undefined when there is none.
 */
async function chooseWayBack(ports, ledger, otherThan) {
    const damaged = [];
    for (const entry of (0,lineage/* waysBackFrom */.aB)(ledger, otherThan)) {
        const template = await ports.compute.fetchTemplate(entry.template);
        if (template === undefined)
            continue;
        const wayBack = {
            release: entry.release,
            image: entry.image,
            templateLink: template.selfLink,
            machineType: (0,json/* asText */.e1)(template.properties['machineType']) || undefined,
        };
        const losses = await findLosses(ports, entry, template);
        if (losses.length === 0)
            return wayBack;
        ports.log.warning(`Release ${entry.release} is not whole any more: ${losses.join('; ')}`);
        damaged.push(wayBack);
    }
    return damaged[0];
}
/** What a new VM of the release would miss, in words; empty when it would start. */
async function findLosses({ google, secretManager }, { image }, template) {
    const imageLoss = (0,registry/* findDigest */.u$)(google, (0,reference/* repositoryOf */._M)(image), (0,reference/* digestOf */.ol)(image)).then((digest) => (digest ? '' : `the registry has no ${image}`), describe);
    const secretLosses = (0,standing/* secretsOf */.Fj)(template).map(({ secret, version }) => secretManager.resolveVersion(secret, version).then(() => '', describe));
    const losses = await Promise.all([imageLoss, ...secretLosses]);
    return losses.filter((loss) => loss !== '');
}
// A question that fails is a loss as well: what cannot be seen cannot be relied on.
function describe(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: ./lib/release/attempt/take-back.js







/**
 * Brings the group back to the last verified release and watches it arrive. Gives the error that
 * the run ends with: what failed, and what runs now.
 */
async function takeBack(ports, failed) {
    const { attempt, group, policy, kind, file, signal, trail, failure } = failed;
    const end = (extension) => {
        trail.note({ ending: extension.text });
        return extended(failure, extension);
    };
    const target = await chooseWayBack(ports, await file.read(), policy.release);
    if (target === undefined) {
        await file.close(attempt, { outcome: 'failed', reason: take_back_headline(failure) });
        return end(nothingToGoBackTo(failed));
    }
    // No annotation of its own: the step ends with one error that tells all of it.
    ports.log.info(failure.message);
    ports.log.info(`Taking ${(0,group_reference/* groupName */.hv)(group)} back to release ${target.release}.`);
    const sinceMs = ports.clock.now();
    await moveGroup({ compute: ports.lasting.compute, signal }, group, target);
    const { release, image, machineType } = target;
    const back = { ...policy, release, image, machineType };
    const { verdict, observation: seen } = await watchUntilVerdict(ports, {
        group,
        policy: back,
        signal,
        sinceMs,
        timeline: trail.begin('back', back, sinceMs),
    });
    if (verdict.kind === 'verified') {
        const rolledBackTo = target.release;
        await file.close(attempt, { outcome: 'rolled_back', rolledBackTo, reason: take_back_headline(failure) });
        const text = `${(0,group_reference/* groupName */.hv)(group)} was taken back: it runs release ${rolledBackTo} again, verified.`;
        return end({ text, outcome: 'rolled_back', runs: rolledBackTo });
    }
    const why = rolloutFailure(verdict, { group, policy: back, kind });
    const reason = `${take_back_headline(failure)} The way back failed too: ${take_back_headline(why)}`;
    await file.close(attempt, { outcome: 'failed', reason });
    const text = `The way back failed too: ${why.message}\n${describeRunning(group, seen)}`;
    return end({ text, hint: why.hint });
}
/** The first line: below it are lines of the app's own log, which are not for the ledger. */
function take_back_headline({ message }) {
    return message.split('\n', 1)[0] ?? '';
}
/** The same failure, told further. */
function extended(failure, { text, hint, ...more }) {
    return new errors/* ActionError */.l(failure.code, `${failure.message}\n${text}`, {
        hint: hint ?? failure.hint,
        cause: failure.cause,
        ...more,
    });
}
function nothingToGoBackTo({ group, kind, observation }) {
    const text = `There is no verified release to go back to. ${describeRunning(group, observation)}`;
    const way = kind === 'rollback'
        ? ANOTHER_RELEASE
        : 'Fix the cause and push again; the next release replaces this one.';
    return { text, hint: `${way} The group keeps trying until then, which costs what its VMs cost.` };
}

// EXTERNAL MODULE: ./lib/release/attempt/trail.js
var attempt_trail = __webpack_require__(9551);
;// CONCATENATED MODULE: ./lib/release/attempt/attempt.js














/**
 * Brings a release, whose template exists, onto the group, and returns when it is verified. One
 * attempt at a time, told in the ledger from its beginning to its end; a bad release is taken back
 * to the last verified one, and so is one that a cancel leaves on its way.
 *
 * @throws ActionError ROLLOUT_*, with `outcome` rolled_back when the way back was verified; DEPLOY_LOCKED, DEPLOY_LOCK_LOST, LEDGER_*, GCP_*
 */
async function attemptRelease(ports, options) {
    const { store, signal } = ports.lasting;
    const { prefix, holder, provenance, random = Math.random, trail = new attempt_trail/* Trail */.X() } = options;
    const file = new ledger_file/* LedgerFile */.S({ store, clock: ports.clock }, { prefix, signal, random });
    const [settled, isLocked] = await Promise.all([
        findSettled(ports, options, file),
        (0,deploy_lock/* isDeployLocked */.ay)(store, prefix),
    ]);
    // A lock is another run that may be about to move the group, or what is left of a dead one.
    if (settled && !isLocked)
        return asUnchanged(settled, ports);
    const { runUrl, actor } = provenance;
    const lock = { prefix, owner: { holder, runUrl, actor }, signal: options.signal, random };
    return (0,deploy_lock/* withDeployLock */.Jg)({ store, clock: ports.clock, log: ports.log }, lock, async (either) => {
        const settledByNow = isLocked ? await findSettled(ports, options, file) : undefined;
        if (settledByNow)
            return asUnchanged(settledByNow, ports);
        return underLock({ ports, options, file, trail, signal: either });
    });
}
async function underLock(story) {
    const { options } = story;
    let begun;
    let ended;
    try {
        begun = await begin(story);
        ended = await roll(story, begun);
    }
    catch (error) {
        if (options.signal.aborted)
            await stop(story, begun?.attempt, error);
        else if (!story.signal.aborted)
            await breakOff(story, begun?.attempt, error);
        // A run that lost its lock touches nothing more: the next one adopts the attempt.
        throw error;
    }
    if ('failure' in ended)
        throw ended.failure;
    return ended.attempted;
}
/** Settles what dead runs left open, and opens the attempt that this run makes. */
async function begin({ ports, options, file }) {
    const { group, release, policy, kind, provenance, holder } = options;
    const [ledger, { versions }] = await Promise.all([file.read(), ports.compute.fetchGroup(group)]);
    const groupIsOn = versions[0]?.name ?? '';
    options.guard?.(ledger, groupIsOn);
    const [below] = (0,lineage/* releasesBelowPush */.Co)(ledger, release.id);
    const wayBack = below?.release ?? '';
    const { continued, closed } = adopt(ledger, { groupIsOn, release: release.id });
    for (const { entry, closing } of closed) {
        await file.close(entry.attempt, closing);
        ports.log.warning(`Attempt ${entry.attempt}, release ${entry.release} (${entry.runUrl}): ${closing.reason}.`);
    }
    if (continued) {
        ports.log.info(`Going on with attempt ${continued.attempt}, which ${continued.runUrl} left open.`);
        const { attempt, previous } = continued;
        return { attempt, previousRelease: previous ?? '', wayBack, isContinued: true };
    }
    const attempt = await file.open({
        kind,
        release: release.id,
        template: release.template.name,
        image: policy.image,
        previous: groupIsOn || null,
        commit: provenance.commit,
        ref: provenance.ref,
        actor: provenance.actor,
        runUrl: provenance.runUrl,
        holder,
    });
    return { attempt, previousRelease: groupIsOn, wayBack, isContinued: false };
}
async function roll(story, begun) {
    const { ports, options, file, trail, signal } = story;
    const { group, policy, release, kind } = options;
    const templateLink = await linkOf(ports.compute, release, group);
    const { attempt, previousRelease, wayBack, isContinued } = begun;
    const sinceMs = ports.clock.now();
    trail.note({ previousRelease });
    const { compute } = ports.lasting;
    const destination = { release: release.id, templateLink };
    const { wasPatched } = await moveGroup({ compute, signal }, group, destination);
    const { verdict, observation, timeline } = await watchUntilVerdict(ports, {
        group,
        policy,
        signal,
        ...(wasPatched && { sinceMs }),
        timeline: trail.begin('forth', policy, sinceMs),
    });
    if (verdict.kind === 'verified') {
        await file.close(attempt, { outcome: 'verified' });
        const wasRolled = wasPatched || isContinued;
        return { attempted: { wasRolled, previousRelease, wayBack, observation, timeline } };
    }
    trail.note({ verdict });
    const failure = rolloutFailure(verdict, { group, policy, kind });
    if (verdict.kind === 'failed' && options.autoRollback) {
        const failed = { attempt, group, policy, kind, file, signal, trail, failure, observation };
        return { failure: await takeBack(ports, failed) };
    }
    await file.close(attempt, { outcome: 'failed', reason: take_back_headline(failure) });
    const text = describeRunning(group, observation);
    trail.note({ ending: text });
    return { failure: extended(failure, { text }) };
}
/** Whoever pruned while this run waited for its lock may have taken an old release for done with. */
async function linkOf(compute, { template }, group) {
    const standing = await compute.fetchTemplate(template.name);
    if (standing)
        return standing.selfLink;
    await compute.ensureTemplate(template);
    const made = await compute.fetchTemplate(template.name);
    if (made)
        return made.selfLink;
    throw new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `The instance template ${template.name} is gone, so ${(0,group_reference/* groupName */.hv)(group)} was left as it was.`, { hint: 'Somebody may have deleted it: run the job again, which makes it anew.' });
}
/** By how much a PATCH may outlive the patience of the client, which then had another answer. */
const LATE_MS = 5_000;
/** After a cancel, with the clients that still work for some seconds. */
async function stop({ ports, options, file, trail }, attempt, cause) {
    const { clock, log } = ports;
    const { compute, signal } = ports.lasting;
    const why = 'the run was cancelled';
    // Where nothing but the cancel ended it, a move that was under way has been waited for.
    const lateMs = cause === options.signal.reason ? 0 : LATE_MS;
    await endUnwatched({ compute, file, clock, log }, { ...ourAttempt(options, attempt), why, outcome: 'interrupted', lateMs, signal })
        .then((left) => noteEnding(trail, left))
        .catch((error) => {
        log.warning(`What the cancel cut short is left to the post step: ${(0,errors/* describeError */.U)(error)}`);
    });
}
/** The group could not be read or changed any more: what is left to try is one step back. */
async function breakOff({ ports, options, file, trail, signal }, attempt, cause) {
    const { compute, clock, log } = ports;
    const why = `it could not be watched to its end (${(0,errors/* describeError */.U)(cause).split('\n', 1)[0]})`;
    await endUnwatched({ compute, file, clock, log }, { ...ourAttempt(options, attempt), why, outcome: 'failed', lateMs: LATE_MS, signal })
        .then((left) => noteEnding(trail, left))
        .catch((error) => {
        log.warning(`The group was left as it is, and the next run settles it: ${(0,errors/* describeError */.U)(error)}`);
    });
}
function noteEnding(trail, left) {
    if (left !== undefined)
        trail.note({ ending: `${left[0]?.toUpperCase()}${left.slice(1)}.` });
}
// An entry that was written although the answer was lost is known by its holder only.
function ourAttempt({ group, holder }, attempt) {
    const isOurs = (entry) => attempt === undefined ? entry.holder === holder : entry.attempt === attempt;
    return { group, isOurs };
}


/***/ }),

/***/ 9551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ Trail)
/* harmony export */ });
/* harmony import */ var _watch_timeline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(862);

/** The track of an attempt, laid while it goes on: it can be told however the attempt ends. */
class Trail {
    #legs = [];
    #turns = {};
    get legs() {
        return this.#legs;
    }
    get turns() {
        return this.#turns;
    }
    /** Begins a watch. @returns where it is to be noted */
    begin(direction, policy, startedAtMs) {
        const timeline = new _watch_timeline_js__WEBPACK_IMPORTED_MODULE_0__/* .Timeline */ .K(policy);
        this.#legs.push({ direction, release: policy.release, startedAtMs, timeline });
        return timeline;
    }
    note(turns) {
        this.#turns = { ...this.#turns, ...turns };
    }
}


/***/ }),

/***/ 8804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Co: () => (/* binding */ releasesBelowPush),
/* harmony export */   VE: () => (/* binding */ earlierReleases),
/* harmony export */   aB: () => (/* binding */ waysBackFrom)
/* harmony export */ });
/* harmony import */ var _ledger_ledger_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9242);

/**
 * Where one step back leads, and the next: the verified releases below `current`, nearest first. A
 * deploy puts its release on top of all others; a rollback takes away whatever lies on the one it
 * brings back, so that a second rollback goes on backwards instead of returning to what was bad. Where
 * `current` is none of them (it never was verified, or was put there by hand) the top is one step back.
 */
function earlierReleases(ledger, current) {
    const lineage = lineageOf(ledger);
    const at = lineage.findIndex(({ release }) => release === current);
    return lineage.slice(0, at < 0 ? undefined : at).reverse();
}
/** The same from a release that is being pushed: it will lie on top, wherever it lies now. */
function releasesBelowPush(ledger, release) {
    return lineageOf(ledger)
        .filter((lower) => lower.release !== release)
        .reverse();
}
/**
 * Where to go when this release does not run, best first: what lies below it, and only where nothing
 * of that is left what somebody took off. All of them ran well when they were last rolled out.
 */
function waysBackFrom(ledger, release) {
    const below = releasesBelowPush(ledger, release);
    const known = new Set(below.map((entry) => entry.release));
    const others = (0,_ledger_ledger_js__WEBPACK_IMPORTED_MODULE_0__/* .lastVerified */ .T5)(ledger, { otherThan: release });
    return [...below, ...others.filter((entry) => !known.has(entry.release))];
}
/** From the bottom to the top; of each release the newest entry that says that it was verified. */
function lineageOf({ entries }) {
    return entries.reduce((lineage, entry) => {
        const { release, outcome, kind } = entry;
        // A run that was interrupted says nothing about the release.
        if (outcome === null || outcome === 'interrupted')
            return lineage;
        const others = lineage.filter((lower) => lower.release !== release);
        if (outcome !== 'verified')
            return others;
        const at = lineage.findIndex((lower) => lower.release === release);
        return kind === 'rollback' && at >= 0 ? [...lineage.slice(0, at), entry] : [...others, entry];
    }, []);
}


/***/ }),

/***/ 5167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ guardRolledBack),
/* harmony export */   q: () => (/* binding */ rolledBackReleases)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/**
 * Releases that a person took off the group, each with the rollback that did it. It ends with the next
 * verified push, whatever that brings. Pure.
 */
function rolledBackReleases({ entries }) {
    const takenOff = new Map();
    const pushes = new Map();
    let last;
    for (const entry of entries) {
        const { kind, release, previous, commit, outcome, attempt } = entry;
        if (outcome !== 'verified')
            continue;
        // New secrets or another machine under the commit that was brought back are no step forward.
        const isSameCommit = commit !== '' && commit === last?.commit;
        if (kind === 'deploy') {
            if (!isSameCommit)
                takenOff.clear();
            const push = isSameCommit ? pushes.get(last?.release ?? '') : undefined;
            pushes.set(release, { push: push?.push ?? attempt, attempt });
        }
        else if (previous !== null && isBackwards(pushes, release, previous)) {
            takenOff.set(previous, entry);
        }
        takenOff.delete(release);
        last = entry;
    }
    return takenOff;
}
/** Who returns by name to what was rolled back says nothing against what ran in between. */
function isBackwards(pushes, to, from) {
    const [later, earlier] = [pushes.get(from), pushes.get(to)];
    if (later === undefined || earlier === undefined)
        return true;
    return (later.push > earlier.push || (later.push === earlier.push && later.attempt > earlier.attempt));
}
/**
 * Refuses to deploy what was rolled back, unless by force: a job that is run again must not undo what
 * somebody did about an incident. Pure.
 *
 * @throws ActionError RELEASE_ROLLED_BACK
 */
function guardRolledBack(ledger, { release, commit, force }) {
    if (force)
        return;
    const takenOff = rolledBackReleases(ledger);
    const byRelease = release === undefined ? undefined : takenOff.get(release);
    if (byRelease)
        throw refusal(ledger, byRelease, `Release ${release} was rolled back`);
    const byCommit = rollbackOfCommit(ledger, takenOff, commit);
    if (byCommit)
        throw refusal(ledger, byCommit, `Commit ${commit.slice(0, 12)} was rolled back`);
}
/** One that the running release was made of too is none: other settings made the bad release. */
function rollbackOfCommit({ entries }, takenOff, commit) {
    const running = entries.findLast(({ outcome }) => outcome === 'verified')?.release;
    const releases = entries.filter((entry) => entry.commit === commit).map((entry) => entry.release);
    if (commit === '' || releases.includes(running ?? ''))
        return undefined;
    const latest = releases.findLast((release) => takenOff.has(release));
    return latest === undefined ? undefined : takenOff.get(latest);
}
function refusal({ entries }, rollback, what) {
    const { actor, finishedAt, startedAt, runUrl, release, previous } = rollback;
    const at = (finishedAt ?? startedAt).slice(0, 16).replace('T', ' ');
    const runs = entries.findLast(({ outcome }) => outcome === 'verified')?.release ?? release;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('RELEASE_ROLLED_BACK', `${what}: ${actor || 'somebody'} took release ${previous} off the group at ${at} UTC (${runUrl}), and release ${runs} runs now.`, {
        hint: 'Push a fix, which deploys as ever. To deploy this one again as it is, set the input `force: true`.',
        runs,
    });
}


/***/ }),

/***/ 1881:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ secretsOf),
/* harmony export */   Nk: () => (/* binding */ metadataOf),
/* harmony export */   dt: () => (/* binding */ goneRelease),
/* harmony export */   i1: () => (/* binding */ findStanding)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8424);
/* harmony import */ var _image_registry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7190);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8173);




/**
 * Whether everything that an earlier release is made of is still there: instance template, image,
 * secret versions; looked for side by side. Undefined when there is no template.
 *
 * @throws ActionError GCP_*, where Google does not answer
 */
async function findStanding(ports, { template: name, image, commit }) {
    const imageLoss = findImageLoss(ports, image, commit);
    // It is awaited only where there is a template.
    imageLoss.catch(() => undefined);
    const template = await ports.compute.fetchTemplate(name);
    if (template === undefined)
        return undefined;
    const secretLosses = secretsOf(template).map((secret) => findSecretLoss(ports, secret));
    const losses = await Promise.all([imageLoss, ...secretLosses]);
    return { template, losses: losses.filter((loss) => loss !== undefined) };
}
/** The one error that names everything which is gone. Pure. */
function goneRelease({ release, commit }, losses) {
    const lines = losses.map(({ what }) => `  ${what.replaceAll('\n', '\n  ')}`);
    const head = `Release ${release} (commit ${commit.slice(0, 12)}) is not whole any more, so the group was left as it is:`;
    const fixes = [...new Set(losses.flatMap(({ fix }) => fix ?? []))];
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('RELEASE_GONE', [head, ...lines].join('\n'), {
        hint: [...fixes, 'Then run this job again, or choose another release.'].join('\n'),
    });
}
async function findImageLoss({ google }, image, commit) {
    return lossOr(async () => {
        if (await (0,_image_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .findDigest */ .u$)(google, (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryOf */ ._M)(image), (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(image)))
            return undefined;
        const fix = `Deploy commit ${commit.slice(0, 12)} again, which builds its image anew.`;
        return { what: `The registry has no ${image}.`, fix };
    });
}
function findSecretLoss({ secretManager }, { secret, version }) {
    return lossOr(async () => {
        await secretManager.resolveVersion(secret, version);
        return undefined;
    });
}
/** What Google refuses to show is lost for all that we can tell; what it is too busy for is not. */
async function lossOr(look) {
    try {
        return await look();
    }
    catch (error) {
        const isAnswer = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l && error.code.startsWith('GCP_');
        if (!isAnswer || error.isPassing)
            throw error;
        return { what: error.message, fix: error.hint };
    }
}
/** The secret versions of a release, from the metadata that the startup script reads. Pure. */
function secretsOf(template) {
    const lines = metadataOf(template, 'app-secrets').split('\n');
    // `NAME=secret/version`
    return lines.flatMap((line) => {
        const [, secret, version] = /^[^=]+=(.+)\/([^/]+)$/.exec(line) ?? [];
        return secret !== undefined && version !== undefined ? [{ secret, version }] : [];
    });
}
/** One of the values that a VM reads when it starts; empty for none. Pure. */
function metadataOf({ properties }, name) {
    const items = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)(properties['metadata'])['items']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY);
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(items.find(({ key }) => key === name)?.['value']);
}


/***/ }),

/***/ 9406:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ phaseOf)
/* harmony export */ });
/* harmony import */ var _rollout_readiness_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7787);

const BUILDING = new Set(['CREATING', 'RECREATING', 'RESTARTING']);
/** Where a VM stands, in one word or two: for counts and for the timeline. */
function phaseOf(instance, { group, reports }, policy) {
    const { currentAction, instanceStatus, versionName } = instance;
    if (currentAction === 'DELETING' || currentAction === 'ABANDONING')
        return 'leaving';
    if (versionName !== policy.release)
        return 'earlier release';
    if (BUILDING.has(currentAction))
        return currentAction.toLowerCase();
    if (instanceStatus !== 'RUNNING')
        return instanceStatus.toLowerCase() || 'missing';
    const report = reports.get(instance.name);
    if ((0,_rollout_readiness_js__WEBPACK_IMPORTED_MODULE_0__/* .isReady */ .i_)(instance, report, { group, policy }))
        return 'ready';
    return report === undefined || report.phase === 'ready' ? 'verifying' : report.phase;
}


/***/ }),

/***/ 2772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ StateBook)
/* harmony export */ });
/**
 * The states of all VMs in words. A VM that is the same object as in the last look (see Roster), and
 * says the same, is not put into words again.
 */
class StateBook {
    #render;
    #entries = new Map();
    constructor(render) {
        this.#render = render;
    }
    /** What is new in this look, in the order of its list. */
    update(observation) {
        const { instances } = observation;
        const changes = [];
        for (const instance of instances) {
            const state = this.#enter(instance, observation);
            if (state !== undefined)
                changes.push({ vm: instance.name, state });
        }
        if (this.#entries.size > instances.length)
            changes.push(...this.#strikeOut(instances));
        return changes;
    }
    /** The new state, or undefined where it is the one that stands here. */
    #enter(instance, observation) {
        const { name } = instance;
        const known = this.#entries.get(name);
        const report = observation.reports.get(name);
        const { hasHealthCheck } = observation.group;
        const isKnown = known?.instance === instance && known.report === report;
        if (isKnown && known.hasHealthCheck === hasHealthCheck)
            return undefined;
        const state = this.#render(instance, observation);
        this.#entries.set(name, { instance, report, hasHealthCheck, state });
        return known?.state === state ? undefined : state;
    }
    #strikeOut(instances) {
        const names = new Set(instances.map(({ name }) => name));
        const gone = [...this.#entries.keys()].filter((name) => !names.has(name));
        for (const name of gone)
            this.#entries.delete(name);
        return gone.map((vm) => ({ vm, state: undefined }));
    }
}


/***/ }),

/***/ 862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ Timeline)
/* harmony export */ });
/* harmony import */ var _phase_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9406);
/* harmony import */ var _state_book_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2772);


/** Enough for a thousand VMs of an ordinary rollout, and little enough to keep. */
const MAX_ENTRIES = 10_000;
/** Which VM was in which phase from when on; of a rollout without end the end is kept. */
class Timeline {
    #phases;
    #entries = [];
    #last;
    constructor(policy) {
        this.#phases = new _state_book_js__WEBPACK_IMPORTED_MODULE_1__/* .StateBook */ .P((instance, observation) => (0,_phase_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .h)(instance, observation, policy));
    }
    get entries() {
        return this.#entries;
    }
    /** The look that was noted last. */
    get last() {
        return this.#last;
    }
    note(observation) {
        const { atMs } = observation;
        this.#last = observation;
        for (const { vm, state } of this.#phases.update(observation))
            this.#entries.push({ atMs, vm, phase: state ?? 'gone' });
        if (this.#entries.length > MAX_ENTRIES)
            this.#entries = this.#entries.slice(-MAX_ENTRIES);
    }
}


/***/ }),

/***/ 8382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ readInfrastructure),
/* harmony export */   n: () => (/* binding */ knownRepositoryId)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);


const REQUIRED = [
    'group_name',
    'base_template_name',
    'repository_id',
    'vm_service_account',
];
/** @throws ActionError TERRAFORM_OUTPUTS that names every missing output at once */
function readInfrastructure(outputs) {
    const missing = REQUIRED.filter((name) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs[name]) === '');
    if (missing.length > 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_OUTPUTS', `The Terraform configuration does not say ${missing.join(', ')}.`, {
            hint: `Add an output of type string for each of them; terraform/outputs.tf of deploy-spot-mig shows how.`,
        });
    }
    return {
        groupName: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['group_name']),
        baseTemplateName: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['base_template_name']),
        repositoryId: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['repository_id']),
        vmServiceAccount: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['vm_service_account']),
        port: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asNumber */ .i)(outputs['port']),
        url: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['url']) || undefined,
        loadBalancerAddress: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['load_balancer_address']) || undefined,
    };
}
/**
 * The repository that a plan leaves as it is, so that a push need not wait for the apply. Undefined
 * when this very plan creates it, or cannot tell.
 */
function knownRepositoryId({ createdTypes, outputs }) {
    if (createdTypes.has('google_artifact_registry_repository'))
        return undefined;
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(outputs['repository_id']) || undefined;
}


/***/ })

};
