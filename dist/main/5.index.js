export const id = 5;
export const ids = [5];
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

/***/ 8413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ gaxiosHttp)
/* harmony export */ });
/* harmony import */ var google_auth_library__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(492);

/**
 * HTTP through gaxios, which google-auth-library brings along: it honours HTTP(S)_PROXY and
 * NO_PROXY, as Node's own fetch does not. It never retries: policy is the client's affair.
 */
function gaxiosHttp() {
    const client = new google_auth_library__WEBPACK_IMPORTED_MODULE_0__.gaxios.Gaxios();
    return {
        send: async ({ method, url, headers, body, timeoutMs, signal }) => {
            const response = await client.request({
                method: method,
                url,
                headers: { ...headers },
                ...(body !== undefined && { body }),
                timeout: timeoutMs,
                signal,
                responseType: 'text',
                retry: false,
                validateStatus: () => true,
            });
            return {
                status: response.status,
                headers: Object.fromEntries(response.headers),
                body: typeof response.data === 'string' ? response.data : '',
            };
        },
    };
}


/***/ }),

/***/ 7252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Sh: () => (/* binding */ googleClients),
  ls: () => (/* binding */ identify),
  HL: () => (/* binding */ priceReader)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/google/diagnosis/diagnose.js + 5 modules
var diagnose = __webpack_require__(1165);
// EXTERNAL MODULE: ./lib/google/diagnosis/failure.js
var diagnosis_failure = __webpack_require__(8491);
// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
// EXTERNAL MODULE: ./lib/google/diagnosis/rows/identity.js
var identity = __webpack_require__(3353);
;// CONCATENATED MODULE: ./lib/google/diagnosis/federation.js




const OTHERWISE = `Check the inputs "workload_identity_provider" and "service_account", and that the job has:\n${identity/* TOKEN_PERMISSIONS */.VU}`;
/** Says which of the three steps failed, in Google's or GitHub's own words. */
function explainFederationFailure(failure, surroundings) {
    const step = stepOf(failure.url);
    if (failure.status === undefined) {
        return {
            said: `Could not sign in to Google Cloud: ${step} did not answer (${failure.message}).`,
            hint: 'Run the job again; if it stays so, check the network of the runner.',
        };
    }
    const read = (0,diagnosis_failure/* readFailure */.f)(failure.status, failure.body);
    const diagnosis = (0,diagnose/* diagnose */.h4)(read, surroundings);
    return {
        said: `Could not sign in to Google Cloud: ${step} answered ${failure.status}: ${read.message}`,
        hint: diagnosis
            ? (0,diagnose/* renderDiagnosis */.sW)(diagnosis)
            : (apiOff(read.message, surroundings) ?? OTHERWISE),
    };
}
/** Said without a link to the API: only the step tells which one it may be. */
function apiOff(message, { projectId }) {
    if (!/has not been used in project/.test(message))
        return undefined;
    return `An API is off.\n${(0,remedies/* enableApis */.Rb)(['iamcredentials', 'sts'], projectId)}`;
}
function stepOf(url) {
    if (url.includes(':generateAccessToken'))
        return 'the service account (IAM credentials)';
    if (/\/v1\/token$/.test(url))
        return 'the security token service (STS)';
    return "GitHub's OIDC endpoint";
}

// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
;// CONCATENATED MODULE: ./lib/adapters/network/google-token.js





/** Direct federated tokens live for 5 minutes: the library's own margin of 5 would never reuse one. */
const REFRESH_BEFORE_MS = 90_000;
/**
 * Access tokens by workload identity federation; each new one is given to `mask` before anyone
 * sees it. Callers at the same time share one exchange.
 *
 * @throws ActionError AUTH_FAILED
 */
function federatedTokens(credentials, mask, surroundings) {
    // The library's type knows every kind of source; ours is built for exactly one of them.
    const client = new src.IdentityPoolClient({
        ...credentials,
        scopes: ['https://www.googleapis.com/auth/cloud-platform'],
        eagerRefreshThresholdMillis: REFRESH_BEFORE_MS,
    });
    let known = '';
    let running;
    const exchange = async () => {
        try {
            const { token } = await client.getAccessToken();
            if (!token)
                throw new Error('the answer held no token');
            if (token !== known)
                mask(token);
            known = token;
            return token;
        }
        catch (error) {
            throw toActionError(error, surroundings);
        }
    };
    return {
        accessToken: () => {
            running ??= exchange().finally(() => {
                running = undefined;
            });
            return running;
        },
    };
}
// The library throws errors of several classes, some of them plain ones that carry the answer of
// another: what counts is what they carry.
function toActionError(error, surroundings) {
    const { response, config } = (0,lib_json/* asRecord */.qY)(error);
    const { status, data } = (0,lib_json/* asRecord */.qY)(response);
    const failure = {
        url: String((0,lib_json/* asRecord */.qY)(config)['url'] ?? ''),
        status: (0,lib_json/* asNumber */.i)(status),
        body: typeof data === 'string' ? data : JSON.stringify(data ?? ''),
        message: (0,network_reason/* networkReason */.d)(error),
    };
    const { said, hint } = explainFederationFailure(failure, surroundings);
    // No cause: the library's error carries the request, and the request carries tokens.
    return new errors/* ActionError */.l('AUTH_FAILED', said, { hint });
}

// EXTERNAL MODULE: ./lib/adapters/network/http.js
var http = __webpack_require__(8413);
// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
;// CONCATENATED MODULE: ./lib/google/artifact-registry.js


const TAGS_PER_PAGE = '1000';
/**
 * Tags of images in the project's repositories of one region. The Docker protocol could delete a tag
 * too, but leaves it to each registry whether its manifest goes with it; this API says that it stays
 * (https://cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories.packages.tags/delete).
 */
class ArtifactRegistry {
    #google;
    #location;
    constructor(google, { projectId, region }) {
        this.#google = google;
        this.#location = `projects/${projectId}/locations/${region}`;
    }
    /** All tags; none where there is no such image or repository. */
    async listTags(image) {
        const tags = [];
        let pageToken = '';
        do {
            const answer = await this.#google.request({
                service: 'artifactregistry',
                method: 'GET',
                path: `${this.#pathOf(image)}/tags`,
                query: {
                    pageSize: TAGS_PER_PAGE,
                    fields: 'nextPageToken,tags(name,version)',
                    ...(pageToken !== '' && { pageToken }),
                },
                purpose: `list the tags of ${image.repositoryId}/${image.image}`,
                accept: [404],
            });
            if (answer.status === 404)
                return [];
            const page = (0,lib_json/* asRecord */.qY)(answer.json);
            for (const tag of (0,lib_json/* asList */.DD)(page['tags']))
                tags.push(readTag((0,lib_json/* asRecord */.qY)(tag)));
            pageToken = (0,lib_json/* asText */.e1)(page['nextPageToken']);
        } while (pageToken !== '');
        return tags;
    }
    /** When a manifest was last pushed or tagged; undefined where nobody says so. */
    async fetchUpdatedAtMs(image, digest) {
        const answer = await this.#google.request({
            service: 'artifactregistry',
            method: 'GET',
            path: `${this.#pathOf(image)}/versions/${digest}`,
            purpose: `read ${image.repositoryId}/${image.image}@${digest}`,
            accept: [404],
        });
        const updatedAtMs = Date.parse((0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(answer.json)['updateTime']));
        return Number.isNaN(updatedAtMs) ? undefined : updatedAtMs;
    }
    /** Takes the tag away; the image stays, and so do its other tags. */
    async deleteTag(image, tag) {
        const answer = await this.#google.request({
            service: 'artifactregistry',
            method: 'DELETE',
            path: `${this.#pathOf(image)}/tags/${encodeURIComponent(tag)}`,
            purpose: `delete the tag ${tag} of ${image.repositoryId}/${image.image}`,
            accept: [400, 403, 404],
        });
        if (answer.status < 300)
            return 'deleted';
        return answer.status === 404 ? 'absent' : (0,diagnosis_failure/* readFailure */.f)(answer.status, answer.text);
    }
    #pathOf({ repositoryId, image }) {
        return `${this.#location}/repositories/${repositoryId}/packages/${encodeURIComponent(image)}`;
    }
}
function readTag(tag) {
    return { name: lastPart((0,lib_json/* asText */.e1)(tag['name'])), digest: lastPart((0,lib_json/* asText */.e1)(tag['version'])) };
}
function lastPart(name) {
    return name.slice(name.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./lib/cost/sku.js

/** A SKU of the Cloud Billing catalogue; undefined when it has no price in dollars. */
function parseSku(json) {
    const sku = (0,lib_json/* asRecord */.qY)(json);
    // A timeline, oldest first: the last one holds now.
    const pricing = (0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)(sku['pricingInfo']).at(-1));
    const expression = (0,lib_json/* asRecord */.qY)(pricing['pricingExpression']);
    const nanoUsd = rateOf((0,lib_json/* asList */.DD)(expression['tieredRates']));
    if (nanoUsd === undefined)
        return undefined;
    return {
        description: (0,lib_json/* asText */.e1)(sku['description']),
        usageType: (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(sku['category'])['usageType']),
        regions: (0,lib_json/* asList */.DD)(sku['serviceRegions']).map(lib_json/* asText */.e1),
        unit: (0,lib_json/* asText */.e1)(expression['usageUnit']),
        nanoUsd,
        since: (0,lib_json/* asText */.e1)(pricing['effectiveTime']),
    };
}
/**
 * The first rate that costs something. What comes before it is a free allowance, which belongs to
 * the whole billing account: whether any of it is left for this project, nobody here can know.
 */
function rateOf(tiers) {
    const rates = tiers.map((tier) => nanosOf((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(tier)['unitPrice'])));
    if (rates.length === 0 || rates.includes(undefined))
        return undefined;
    return rates.find((rate) => rate !== 0) ?? 0;
}
// A part that is zero is left out of the answer, as everywhere in Google's JSON.
function nanosOf(price) {
    const { units = '0', nanos = 0, currencyCode } = price;
    const whole = Number(units);
    const rest = (0,lib_json/* asNumber */.i)(nanos);
    if (currencyCode !== 'USD' || !Number.isSafeInteger(whole) || rest === undefined)
        return undefined;
    return whole * 1_000_000_000 + rest;
}

// EXTERNAL MODULE: ./lib/cost/tariff.js
var tariff = __webpack_require__(999);
;// CONCATENATED MODULE: ./lib/google/billing.js




/** As long as a plan takes; who waits for a plan waits no longer for prices. */
const LIMIT_MS = 45_000;
const PAGE_TIMEOUT_MS = 20_000;
/** The most that the API gives at once. */
const PAGE_SIZE = '5000';
/** Some tens of thousands of prices: all but these fields stay where they are. */
const FIELDS = 'nextPageToken,skus(description,category/usageType,serviceRegions,pricingInfo(effectiveTime,' +
    'pricingExpression(usageUnit,tieredRates(startUsageAmount,unitPrice))))';
/**
 * Google's public price list as far as an estimate needs it. It takes the API to be on in the
 * token's own project, and no role. A list that cannot be read is an answer, in one line.
 */
async function readPrices(options) {
    const { signal, now, limitMs = LIMIT_MS } = options;
    const readAt = new Date(now()).toISOString();
    const stop = new AbortController();
    const limit = AbortSignal.timeout(limitMs);
    const either = AbortSignal.any([signal, limit, stop.signal]);
    try {
        const lists = await Promise.all(tariff/* CATALOGUE_SERVICES */.rM.map((service) => readService(service, { ...options, signal: either })));
        const skus = lists.flat();
        // Without a date of its own a price holds when it is read.
        const newest = skus
            .map(({ since }) => since)
            .toSorted()
            .at(-1);
        return { skus, asOf: (newest || readAt).slice(0, 10) };
    }
    catch (error) {
        signal.throwIfAborted();
        if (limit.aborted)
            return { unreadable: `${UNREADABLE}: no answer within ${limitMs / 1000} s.` };
        if (error instanceof errors/* ActionError */.l)
            return { unreadable: explain(error) };
        throw error;
    }
    finally {
        // One service failed, or all are done: nothing is to go on behind the answer's back.
        stop.abort();
    }
}
async function readService(service, { request, signal }) {
    const kept = [];
    for (let pageToken = '';;) {
        const { json } = await request({
            path: `${service}/skus`,
            query: { currencyCode: 'USD', pageSize: PAGE_SIZE, fields: FIELDS, pageToken },
            purpose: 'read the price list',
            timeoutMs: PAGE_TIMEOUT_MS,
        }, signal);
        const page = (0,lib_json/* asRecord */.qY)(json);
        for (const sku of (0,lib_json/* asList */.DD)(page['skus']).map(parseSku))
            if (sku && (0,tariff/* isOfUse */.NN)(sku))
                kept.push(sku);
        pageToken = (0,lib_json/* asText */.e1)(page['nextPageToken']);
        if (pageToken === '')
            return kept;
    }
}
const UNREADABLE = "Google's price list could not be read";
const MAX_LINE = 300;
/** What to do about it, where anybody can do something; else what happened. */
function explain({ message, hint, isPassing }) {
    const text = hint === undefined || isPassing ? message : `${UNREADABLE}. ${hint}`;
    const line = text.replace(/\s+/g, ' ');
    return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
}

// EXTERNAL MODULE: ./lib/lib/abortable.js
var abortable = __webpack_require__(3537);
// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
// EXTERNAL MODULE: ./lib/google/diagnosis/rows/compute.js
var compute = __webpack_require__(6438);
// EXTERNAL MODULE: ./lib/google/endpoints.js
var google_endpoints = __webpack_require__(8353);
;// CONCATENATED MODULE: ./lib/google/client.js









const RETRY_FOR_MS = 30_000;
const TIMEOUT_MS = 15_000;
/** A request that hung until its timeout still gets the whole budget for trying again. */
function retryPolicy(timeoutMs, retryForMs = timeoutMs + RETRY_FOR_MS) {
    return { totalMs: retryForMs, firstDelayMs: 250, maxDelayMs: 8_000 };
}
/**
 * The one way to Google's APIs. Every request must be safe to repeat (reads, PATCH with a
 * fingerprint, inserts with a requestId or a content-addressed name): transient failures are
 * retried for 30 s beyond its own timeout. A rejected token is not refreshed here: the source refreshes by time.
 */
class GoogleClient {
    #ports;
    #options;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
    }
    get clock() {
        return this.#ports.clock;
    }
    /** Waits, unless the run is cancelled. */
    pause(durationMs) {
        return this.#ports.clock.sleep(durationMs, this.#options.signal);
    }
    /** What a failure in this project means, and the next command; undefined for one that nobody knows. */
    fixFor(failure) {
        return (0,diagnose/* fixFor */.jc)(failure, this.#options);
    }
    /** The same for words of docker or terraform. */
    fixForWords(text) {
        return this.fixFor((0,diagnosis_failure/* failureInWords */.d)(text));
    }
    /** @throws ActionError GCP_UNREACHABLE, GCP_REQUEST_FAILED, AUTH_FAILED */
    async request(request) {
        const { clock, log } = this.#ports;
        const { signal, random = Math.random, retryForMs } = this.#options;
        const policy = retryPolicy(request.timeoutMs ?? TIMEOUT_MS, retryForMs);
        return (0,retry/* retry */.L)(() => this.#attempt(request), policy, {
            clock,
            signal,
            random,
            onRetry: (why, delayMs) => log.debug(`${request.method} ${request.path}: ${why}; again in ${Math.round(delayMs)} ms`),
        });
    }
    async #attempt(request) {
        let response;
        const { signal } = this.#options;
        const token = await (0,abortable/* abortable */.Z)(signal, () => this.#ports.tokens.accessToken());
        try {
            response = await this.#ports.http.send(this.#toHttp(request, token));
        }
        catch (error) {
            signal.throwIfAborted();
            return { again: (0,network_reason/* networkReason */.d)(error), giveUp: () => this.#giveUpUnreachable(request, error) };
        }
        if (response.status < 300 || request.accept?.includes(response.status)) {
            const { status, headers, body } = response;
            return { done: { status, headers, json: (0,lib_json/* parseJson */.qF)(body), text: body } };
        }
        const failure = (0,diagnosis_failure/* readFailure */.f)(response.status, response.body);
        if (!isTransient(failure))
            this.#fail(request, failure);
        return {
            again: `${failure.status} ${failure.reason}`,
            notBeforeMs: retryAfterMs(response.headers['retry-after']),
            giveUp: () => this.#fail(request, failure),
        };
    }
    #toHttp(request, token) {
        const url = new URL(request.path, this.#options.endpoints[request.service]);
        for (const [name, value] of Object.entries(request.query ?? {}))
            url.searchParams.set(name, value);
        return {
            method: request.method,
            url: url.href,
            headers: {
                authorization: `Bearer ${token}`,
                ...(request.body !== undefined && { 'content-type': 'application/json' }),
                ...request.headers,
            },
            body: renderBody(request.body),
            timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
            signal: this.#options.signal,
        };
    }
    #giveUpUnreachable(request, cause) {
        const service = google_endpoints/* SERVICE_NAMES */.Z[request.service];
        const { host } = new URL(this.#options.endpoints[request.service]);
        throw new errors/* ActionError */.l('GCP_UNREACHABLE', `Could not ${request.purpose}: ${service} did not answer at ${host} (${(0,network_reason/* networkReason */.d)(cause)}).`, {
            cause,
            isPassing: true,
            hint: 'Check https://status.cloud.google.com and the network of the runner, then run the job again.',
        });
    }
    #fail(request, failure) {
        const service = google_endpoints/* SERVICE_NAMES */.Z[request.service];
        const reason = failure.reason === '' ? '' : ` ${failure.reason}`;
        throw new errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not ${request.purpose}: ${service} answered ${failure.status}${reason}: ${failure.message}`, { hint: this.fixFor(failure), isPassing: isTransient(failure) });
    }
}
// Compute's rate limit is a 403 (https://cloud.google.com/compute/api-quota), told by its reason.
function isTransient(failure) {
    const { status } = failure;
    if (status === 403)
        return (0,compute/* isRateLimit */.a5)(failure);
    return status === 408 || status === 429 || status >= 500;
}
function retryAfterMs(header) {
    return header !== undefined && /^[0-9]+$/.test(header) ? Number(header) * 1000 : undefined;
}
function renderBody(body) {
    return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

// EXTERNAL MODULE: ./lib/google/compute/deletion.js
var deletion = __webpack_require__(2187);
// EXTERNAL MODULE: ./lib/google/compute/group.js
var compute_group = __webpack_require__(9006);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
;// CONCATENATED MODULE: ./lib/google/compute/template-list.js

/** Exactly what is read; each template's metadata holds whole scripts, which would be megabytes. */
const TEMPLATE_LIST_FIELDS = 'nextPageToken,items(name,description,creationTimestamp,properties/labels)';
/** One entry of a list of templates. */
function readListedTemplate(item) {
    const createdAtMs = Date.parse((0,lib_json/* asText */.e1)(item['creationTimestamp']));
    return {
        name: (0,lib_json/* asText */.e1)(item['name']),
        description: (0,lib_json/* asText */.e1)(item['description']),
        labels: (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(item['properties'])['labels']),
        createdAtMs: Number.isNaN(createdAtMs) ? undefined : createdAtMs,
    };
}

// EXTERNAL MODULE: ./lib/google/operations.js
var operations = __webpack_require__(6345);
;// CONCATENATED MODULE: ./lib/google/compute.js






/**
 * Exactly what is read of them: a thousand VMs fill a quarter of a megabyte so, and twice as much
 * otherwise (https://cloud.google.com/compute/docs/api/how-tos/performance).
 */
const INSTANCE_FIELDS = 'nextPageToken,managedInstances(name,instance,id,currentAction,instanceStatus,version/name,' +
    'instanceHealth/detailedHealthState,' +
    'lastAttempt/errors/errors(code,message,errorDetails/errorInfo))';
const USED_FIELDS = 'nextPageToken,managedInstances/version/instanceTemplate';
const ERROR_FIELDS = 'nextPageToken,items(error,timestamp,instanceActionDetails(instance,version/name))';
/** The most that Google gives at once. */
const ERRORS_PER_PAGE = '500';
/**
 * In which order they come is nowhere said, so the newest may stand on the last page. Where a
 * thousand VMs have failed more than once each, the rest says nothing that these do not say.
 */
const MAX_ERROR_PAGES = 4;
/**
 * Instance templates, groups and instances of one project. A template or group that is given by its
 * plain name is one of the region; ids and URLs may name zonal groups and global templates too.
 */
class Compute {
    #google;
    #scope;
    constructor(google, scope) {
        this.#google = google;
        this.#scope = scope;
    }
    async fetchTemplate(name) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: (0,group_reference/* templatePath */.Y7)(name, this.#scope),
            purpose: `read the instance template ${name}`,
            accept: [404],
        });
        if (answer.status === 404)
            return undefined;
        return readTemplate(name.slice(name.lastIndexOf('/') + 1), (0,lib_json/* asRecord */.qY)(answer.json));
    }
    /** Creates a template; one of the same name that is already there is left as it is. */
    async ensureTemplate(template) {
        const { projectId, region } = this.#scope;
        await (0,operations/* changeCompute */.I)(this.#google, {
            method: 'POST',
            path: `projects/${projectId}/regions/${region}/instanceTemplates`,
            body: template,
            purpose: `create the instance template ${template.name}`,
            accept: [409],
        });
    }
    /** The region's templates whose whole name matches `pattern` (RE2). */
    async listTemplates(pattern) {
        const { projectId, region } = this.#scope;
        const templates = [];
        const pages = this.#pages({
            method: 'GET',
            path: `projects/${projectId}/regions/${region}/instanceTemplates`,
            query: {
                filter: `name eq "${pattern}"`,
                fields: TEMPLATE_LIST_FIELDS,
                prettyPrint: 'false',
            },
            purpose: `list the instance templates of ${region}`,
        });
        for await (const page of pages) {
            for (const item of (0,lib_json/* asList */.DD)(page['items']))
                templates.push(readListedTemplate((0,lib_json/* asRecord */.qY)(item)));
        }
        return templates;
    }
    /**
     * The region's templates whose whole name matches `pattern` (RE2), of their properties the metadata
     * alone. The scripts in it fill pages: for what is asked seldom.
     */
    async listTemplateMetadata(pattern) {
        const { projectId, region } = this.#scope;
        const templates = [];
        const pages = this.#pages({
            method: 'GET',
            path: `projects/${projectId}/regions/${region}/instanceTemplates`,
            query: {
                filter: `name eq "${pattern}"`,
                fields: 'nextPageToken,items(name,selfLink,description,properties/metadata/items)',
                prettyPrint: 'false',
            },
            purpose: `list the secrets that releases in ${region} name`,
        });
        for await (const page of pages) {
            for (const item of (0,lib_json/* asList */.DD)(page['items']).map(lib_json/* asRecord */.qY))
                templates.push(readTemplate((0,lib_json/* asText */.e1)(item['name']), item));
        }
        return templates;
    }
    /** Deletes a template; one that a group or a VM of it uses is refused by Google, and stays. */
    async deleteTemplate(name) {
        const path = (0,group_reference/* templatePath */.Y7)(name, this.#scope);
        return (0,deletion/* deleteResource */.o)(this.#google, { path, purpose: `delete the instance template ${name}` });
    }
    async fetchGroup(group) {
        return (0,compute_group/* readGroup */.iY)((0,lib_json/* asRecord */.qY)((await this.#askForGroup(group)).json));
    }
    /** Undefined where there is no such group (yet). */
    async findGroup(group) {
        const answer = await this.#askForGroup(group, [404]);
        return answer.status === 404 ? undefined : (0,compute_group/* readGroup */.iY)((0,lib_json/* asRecord */.qY)(answer.json));
    }
    #askForGroup(group, accept = []) {
        return this.#google.request({
            service: 'compute',
            method: 'GET',
            path: (0,group_reference/* groupPath */.zm)(group, this.#scope),
            purpose: `read the instance group ${(0,group_reference/* groupName */.hv)(group)}`,
            accept,
        });
    }
    /** All VMs of the group; most groups give them in one page, which is Google's default here. */
    async listManagedInstances(group) {
        const instances = [];
        const pages = this.#pages({
            method: 'POST',
            path: `${(0,group_reference/* groupPath */.zm)(group, this.#scope)}/listManagedInstances`,
            query: { fields: INSTANCE_FIELDS, prettyPrint: 'false' },
            purpose: `list the VMs of the instance group ${(0,group_reference/* groupName */.hv)(group)}`,
        });
        for await (const page of pages) {
            for (const item of (0,lib_json/* asList */.DD)(page['managedInstances']))
                instances.push((0,compute_group/* readManagedInstance */.HB)((0,lib_json/* asRecord */.qY)(item)));
        }
        return instances;
    }
    /** Links of the templates that VMs of the group are made of, or are about to be. */
    async listUsedTemplates(group) {
        const links = [];
        const pages = this.#pages({
            method: 'POST',
            path: `${(0,group_reference/* groupPath */.zm)(group, this.#scope)}/listManagedInstances`,
            query: { fields: USED_FIELDS, prettyPrint: 'false' },
            purpose: `list the templates that VMs of the instance group ${(0,group_reference/* groupName */.hv)(group)} use`,
        });
        for await (const page of pages) {
            for (const item of (0,lib_json/* asList */.DD)(page['managedInstances']))
                links.push((0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(item)['version'])['instanceTemplate']));
        }
        return links;
    }
    /**
     * What the group could not do lately, as far as 2,000 entries tell it; it goes on trying, so an old
     * error may be overcome by now.
     */
    async listErrors(group) {
        const errors = [];
        const pages = this.#pages({
            method: 'GET',
            path: `${(0,group_reference/* groupPath */.zm)(group, this.#scope)}/listErrors`,
            query: { fields: ERROR_FIELDS, prettyPrint: 'false', maxResults: ERRORS_PER_PAGE },
            purpose: `list the errors of the instance group ${(0,group_reference/* groupName */.hv)(group)}`,
        });
        let count = 0;
        for await (const page of pages) {
            for (const item of (0,lib_json/* asList */.DD)(page['items']))
                errors.push((0,compute_group/* readGroupError */.ir)((0,lib_json/* asRecord */.qY)(item)));
            count += 1;
            if (count === MAX_ERROR_PAGES)
                break;
        }
        return errors;
    }
    /**
     * Makes `version` the group's only one. A group that someone changed since `fingerprint` was read
     * refuses with 412, which is an answer here.
     */
    async patchVersion(group, version, fingerprint) {
        return (0,operations/* changeCompute */.I)(this.#google, {
            method: 'PATCH',
            path: (0,group_reference/* groupPath */.zm)(group, this.#scope),
            body: { fingerprint, versions: [version] },
            purpose: `roll the instance group ${(0,group_reference/* groupName */.hv)(group)} to release ${version.name}`,
            accept: [412],
        });
    }
    /** The JSON value of one guest attribute, or undefined while the VM has not written it. */
    async fetchGuestAttribute(instance, queryPath) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: `projects/${this.#scope.projectId}/zones/${instance.zone}/instances/${instance.name}/getGuestAttributes`,
            query: { queryPath },
            purpose: `read what VM ${instance.name} reports`,
            accept: [404],
        });
        const items = (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(answer.json)['queryValue'])['items']);
        return (0,lib_json/* parseJson */.qF)((0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(items[0])['value']));
    }
    /** The external address of a VM, else its internal one; undefined when the VM is gone. */
    async fetchAddress(instance) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: `projects/${this.#scope.projectId}/zones/${instance.zone}/instances/${instance.name}`,
            purpose: `read the VM ${instance.name}`,
            accept: [404],
        });
        const card = (0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(answer.json)['networkInterfaces'])[0]);
        const external = (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)(card['accessConfigs'])[0])['natIP']);
        return external || (0,lib_json/* asText */.e1)(card['networkIP']) || undefined;
    }
    /** Page after page of a list, each asked for only when it is wanted. */
    async *#pages(list) {
        let pageToken = '';
        do {
            const query = { ...list.query, ...(pageToken !== '' && { pageToken }) };
            const answer = await this.#google.request({ ...list, service: 'compute', query });
            const page = (0,lib_json/* asRecord */.qY)(answer.json);
            yield page;
            pageToken = (0,lib_json/* asText */.e1)(page['nextPageToken']);
        } while (pageToken !== '');
    }
}
function readTemplate(name, template) {
    return {
        name,
        selfLink: (0,lib_json/* asText */.e1)(template['selfLink']),
        description: (0,lib_json/* asText */.e1)(template['description']),
        properties: (0,lib_json/* asRecord */.qY)(template['properties']),
    };
}

// EXTERNAL MODULE: ./lib/google/diagnosis/surroundings.js
var diagnosis_surroundings = __webpack_require__(3950);
;// CONCATENATED MODULE: ./lib/google/federation.js
/**
 * Credentials of type external_account (https://google.aip.dev/auth/4117) that turn this job's OIDC
 * token into Google's. They hold no key, yet the request token in them is as good as one while the
 * job runs. The two audiences differ on purpose: GitHub's has `https:`, STS wants none.
 */
function externalAccount(federation, endpoints) {
    const { workloadIdentityProvider, serviceAccount, requestUrl, requestToken } = federation;
    const audience = `//iam.googleapis.com/${workloadIdentityProvider}`;
    return {
        type: 'external_account',
        audience,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: endpoints.stsToken,
        credential_source: {
            url: `${requestUrl}&audience=${encodeURIComponent(`https:${audience}`)}`,
            headers: { Authorization: `Bearer ${requestToken}` },
            format: { type: 'json', subject_token_field_name: 'value' },
        },
        ...(serviceAccount !== undefined && {
            service_account_impersonation_url: `${endpoints.iamCredentials}projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`,
        }),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/google/object-store.js



/**
 * Small texts in one bucket, changed only where their generation is the expected one
 * (https://cloud.google.com/storage/docs/request-preconditions). What must still be written after a
 * cancel needs a client whose signal outlives the cancel.
 */
class ObjectStore {
    #google;
    #bucket;
    constructor(google, bucket) {
        this.#google = google;
        this.#bucket = bucket;
    }
    /** For messages and commands: `gs://bucket/name`. */
    url(name) {
        return `gs://${this.#bucket}/${name}`;
    }
    /**
     * The object, or undefined when there is none; a bucket that is missing is an error.
     *
     * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE, GCP_UNEXPECTED_ANSWER
     */
    async read(name) {
        const purpose = `read ${this.url(name)}`;
        const answer = await this.#google.request({
            service: 'storage',
            method: 'GET',
            path: this.#path(name),
            query: { alt: 'media' },
            purpose,
            accept: [404],
        });
        if (answer.status === 404) {
            await this.#requireBucket(purpose);
            return undefined;
        }
        const [generation, updatedAtMs, serverNowMs] = readHeaders(answer);
        if (generation === undefined || Number.isNaN(updatedAtMs + serverNowMs)) {
            throw new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Cloud Storage answered without generation, time of change or time.`, { hint: 'Check whether a proxy between the runner and Google removes headers.' });
        }
        return { text: answer.text, generation, updatedAtMs, serverNowMs };
    }
    /**
     * Writes the whole object. A write that happened although its answer was lost is no conflict: the
     * text must be one that nobody else would write, or one that is right whoever wrote it.
     *
     * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE, GCP_UNEXPECTED_ANSWER
     */
    async write(name, text, { ifGeneration }) {
        const purpose = `write ${this.url(name)}`;
        const { body, contentType } = multipart(name, text);
        const answer = await this.#google.request({
            service: 'storage',
            method: 'POST',
            // Uploads have a base of their own, beside that of the JSON API on the same host.
            path: `../../upload/storage/v1/b/${this.#bucket}/o`,
            query: { uploadType: 'multipart', ifGenerationMatch: ifGeneration, fields: 'generation' },
            headers: { 'content-type': contentType },
            body,
            purpose,
            accept: [412],
        });
        if (answer.status === 412)
            return this.#afterRefusal(name, text);
        const generation = (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(answer.json)['generation']);
        if (generation !== '')
            return { generation };
        throw new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Cloud Storage answered without a generation.`);
    }
    /** Removes that generation and no other. `gone`: there is none, maybe because the answer to our own removal was lost. */
    async remove(name, { ifGeneration }) {
        const { status } = await this.#google.request({
            service: 'storage',
            method: 'DELETE',
            path: this.#path(name),
            query: { ifGenerationMatch: ifGeneration },
            purpose: `remove ${this.url(name)}`,
            accept: [404, 412],
        });
        if (status === 412)
            return 'conflict';
        return status === 404 ? 'gone' : 'done';
    }
    // The client repeats a request whose answer was lost, and a repeated write is refused by its own
    // first attempt.
    async #afterRefusal(name, text) {
        const there = await this.read(name);
        return there?.text === text ? { generation: there.generation } : 'conflict';
    }
    // A missing bucket is a 404 as well, and only its text tells the two apart.
    async #requireBucket(purpose) {
        await this.#google.request({
            service: 'storage',
            method: 'GET',
            path: `b/${this.#bucket}/o`,
            query: { maxResults: '1', fields: 'kind' },
            purpose,
        });
    }
    #path(name) {
        return `b/${this.#bucket}/o/${encodeURIComponent(name)}`;
    }
}
function readHeaders({ headers, }) {
    const timeOf = (header) => Date.parse(headers[header] ?? '');
    return [headers['x-goog-generation'], timeOf('last-modified'), timeOf('date')];
}
/** Metadata and text in one request (https://cloud.google.com/storage/docs/uploading-objects). */
function multipart(name, text) {
    const boundary = (0,external_node_crypto_.randomUUID)();
    const resource = { name, contentType: 'application/json', cacheControl: 'no-store' };
    const parts = [JSON.stringify(resource), text].map((part) => `--${boundary}\r\ncontent-type: application/json\r\n\r\n${part}\r\n`);
    return {
        body: `${parts.join('')}--${boundary}--\r\n`,
        contentType: `multipart/related; boundary=${boundary}`,
    };
}

// EXTERNAL MODULE: ./lib/google/secret-manager.js + 1 modules
var secret_manager = __webpack_require__(202);
;// CONCATENATED MODULE: ./lib/compose/outside/google.js













/** Who this job is for Google. @throws ActionError AUTH_NO_OIDC */
function identify({ config, env, log, }) {
    const oidc = (0,context/* readOidcRequest */.Ru)(env);
    log.mask(oidc.requestToken);
    const endpoints = (0,google_endpoints/* resolveEndpoints */.$)(config.region, env);
    const credentials = externalAccount({ ...config, ...oidc }, endpoints);
    const surroundings = (0,diagnosis_surroundings/* surroundingsOf */.Z)(config, env['GITHUB_REPOSITORY_ID']);
    const tokens = federatedTokens(credentials, (it) => log.mask(it), surroundings);
    return { endpoints, credentials, tokens, surroundings };
}
/** Google's APIs as long as the signal does not abort. */
function googleClients({ endpoints, tokens, surroundings }, { config, log, signal, retryForMs, }) {
    const { projectId, stateBucket } = config;
    const google = new GoogleClient({ http: (0,http/* gaxiosHttp */.Y)(), tokens, clock: clock/* systemClock */.m, log }, { ...surroundings, endpoints, signal, retryForMs });
    return {
        google,
        compute: new Compute(google, config),
        artifacts: new ArtifactRegistry(google, config),
        secretManager: new secret_manager/* SecretManager */.S(google, projectId),
        store: new ObjectStore(google, stateBucket),
    };
}
/** Reads Google's price list, each time anew. */
function priceReader(identity, { config, log }) {
    return (signal) => readPrices({
        signal,
        now: () => clock/* systemClock */.m.now(),
        request: (request, eachSignal) => googleClients(identity, { config, log, signal: eachSignal }).google.request({
            ...request,
            service: 'cloudbilling',
            method: 'GET',
        }),
    });
}


/***/ }),

/***/ 2178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ Step)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(6058);
;// CONCATENATED MODULE: ./lib/adapters/runner/runner-log.js
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

;// CONCATENATED MODULE: ./lib/lib/redact.js
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

// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
;// CONCATENATED MODULE: ./lib/report/failure-title.js
const TITLES = {
    CANCELLED: 'Cancelled',
    REVIEW_REFUSED: 'The plan is not the one that was reviewed',
    IMAGE_SECRETS: 'The image would hold secrets',
    RELEASE_ROLLED_BACK: 'This commit was rolled back',
    RELEASE_UNKNOWN: 'No such release',
    RELEASE_GONE: 'The release cannot come back',
    DEPLOY_LOCKED: 'Another run deploys',
    DEPLOY_LOCK_LOST: 'Another run took over',
    ROLLOUT_CAPACITY: 'No VMs to be had',
    ROLLOUT_QUOTA: 'A quota is used up',
    ROLLOUT_SUPERSEDED: 'Another release was rolled out meanwhile',
    ROLLOUT_TIMED_OUT: 'The release made no progress',
    DOCTOR_FOUND: 'Something has to be fixed',
};
/** By the prefix of the code, where the code itself has none. */
const SUBJECTS = {
    AUTH: 'Google Cloud does not admit this job',
    TERRAFORM: 'Terraform failed',
    IMAGE: 'The image failed',
    GCP: 'Google Cloud refused',
    ROLLOUT: 'The rollout failed',
    LEDGER: 'The ledger of releases failed',
    GITHUB: 'GitHub refused',
    SECRET: 'The secrets failed',
    DESTROY: 'Not everything was destroyed',
};
/** A few words that say what failed, for the title of its one annotation. */
function failureTitle({ code, outcome, runs }) {
    if (outcome === 'rolled_back')
        return runs === undefined ? 'Taken back' : `Taken back to release ${runs}`;
    return TITLES[code] ?? SUBJECTS[code.split('_', 1)[0] ?? ''] ?? 'Failed';
}

// EXTERNAL MODULE: ./lib/secrets/forms.js
var secrets_forms = __webpack_require__(9930);
// EXTERNAL MODULE: ./lib/state.js
var state = __webpack_require__(7390);
;// CONCATENATED MODULE: ./lib/compose/outside/step.js









/** GitHub shows ten annotations of a step. */
const MOST_ANNOTATIONS = 9;
/** The runner's side of a step: its log, its outputs, its page; nothing secret passes. */
class Step {
    log;
    #redactor = new Redactor();
    #config;
    constructor(config) {
        this.#config = config;
        this.log = new RunnerLog(core, this.#redactor);
        for (const secret of config.buildSecrets.values())
            this.log.mask(secret);
        for (const form of [...config.secretValues.values()].flatMap(secrets_forms/* formsOf */.XP))
            this.log.mask(form);
    }
    /** A folder that the post step removes. */
    workDirectory(env) {
        const path = (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? '/tmp', `deploy-spot-mig-${(0,external_node_crypto_.randomUUID)()}`);
        core.saveState(state/* WORK_DIRECTORY_STATE */.aV, path);
        return path;
    }
    /** The text without what must not be shown. */
    redact(text) {
        return this.#redactor.redact(text);
    }
    setOutputs(outputs) {
        for (const [name, value] of outputs)
            core.setOutput(name, this.#redactor.redact(value));
    }
    async summarize(markdown) {
        await core.summary
            .addRaw(this.#redactor.redact(markdown))
            .write()
            // A runner without such a page must not cost the job what comes after it.
            .catch((error) => this.log.warning(`There is no job summary: ${String(error)}`));
    }
    fail(failure) {
        this.setOutputs((0,outputs/* renderFailure */.zt)(failure));
        const places = [...(failure.annotations ?? []), ...this.#placesOf(failure.diagnostics ?? [])];
        for (const place of places.slice(0, MOST_ANNOTATIONS))
            this.log.annotate(place);
        process.exitCode = core.ExitCode.Failure;
        // A cause that is shown where it stands is not shown once more beside it, but what to do is.
        const isPlaced = places.some(({ severity }) => severity === 'error');
        if (isPlaced)
            this.log.info(failure.message);
        const text = isPlaced ? (failure.hint ?? '') : failure.message;
        if (places.some(({ message }) => message.includes(text)))
            return;
        core.error(this.#redactor.redact(text), { title: failureTitle(failure) });
    }
    /** Only one's own configuration is in the repository. */
    #placesOf(diagnostics) {
        const folder = this.#config.terraformDirectory;
        if (folder === undefined)
            return [];
        const placed = diagnostics.filter(({ severity, line }) => severity === 'error' && line > 0);
        return placed.map(({ file, line, summary, detail }) => ({
            severity: 'error',
            title: summary,
            message: detail || summary,
            file: external_node_path_.posix.join(folder, file),
            line,
        }));
    }
}


/***/ }),

/***/ 999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ ADDRESS),
/* harmony export */   NN: () => (/* binding */ isOfUse),
/* harmony export */   _9: () => (/* binding */ SECRET_VERSION),
/* harmony export */   dO: () => (/* binding */ machineTariffs),
/* harmony export */   mS: () => (/* binding */ NAT),
/* harmony export */   pi: () => (/* binding */ DISKS),
/* harmony export */   q5: () => (/* binding */ FORWARDING_RULES),
/* harmony export */   rM: () => (/* binding */ CATALOGUE_SERVICES),
/* harmony export */   xx: () => (/* binding */ priceOf)
/* harmony export */ });
/** The services of the catalogue that these tariffs stand in. */
const CATALOGUE_SERVICES = [
    'services/6F81-5844-456A', // Compute Engine
    'services/E505-1604-58F8', // Networking
    'services/EE82-7A5E-871C', // Secret Manager
];
const hourly = (description) => ({
    description,
    usageType: 'OnDemand',
    unit: 'h',
});
const stored = (description) => ({
    description,
    usageType: 'OnDemand',
    unit: 'GiBy.mo',
});
/** Disk types by their name in Terraform. Hyperdisk's own IOPS are free up to 3,000. */
const DISKS = new Map([
    ['pd-standard', stored('Storage PD Capacity')],
    ['pd-balanced', stored('Balanced PD Capacity')],
    ['pd-ssd', stored('SSD backed PD Capacity')],
    ['hyperdisk-balanced', stored('Hyperdisk Balanced Capacity')],
]);
const ADDRESS = {
    spot: hourly('External IP Charge on a Spot Preemptible VM'),
    standard: hourly('External IP Charge on a Standard VM'),
};
/** Cloud NAT: per VM that uses the gateway, and per address of the gateway. */
const NAT = {
    uptime: hourly('Networking Cloud Nat Gateway Uptime'),
    address: hourly('Networking Cloud NAT IP Usage'),
};
/** The first five global forwarding rules of a project cost as much as one. */
const FORWARDING_RULES = {
    firstFive: hourly('Cloud Load Balancer Forwarding Rule Minimum Global'),
    furtherOne: hourly('Cloud Load Balancer Forwarding Rule Additional Global'),
};
const SECRET_VERSION = {
    description: 'Secret version replica storage',
    usageType: 'OnDemand',
    unit: 'mo',
};
/** Core and memory of a machine series; `name` is what the price list calls it. */
function machineTariffs(name, isSpot) {
    const usageType = isSpot ? 'Preemptible' : 'OnDemand';
    const prefix = isSpot ? 'Spot Preemptible ' : '';
    return {
        core: { description: `${prefix}${name} Core`, usageType, unit: 'h' },
        memory: { description: `${prefix}${name} Ram`, usageType, unit: 'GiBy.h' },
    };
}
const OTHERS = [
    ...DISKS.values(),
    ...Object.values(ADDRESS),
    ...Object.values(NAT),
    ...Object.values(FORWARDING_RULES),
    SECRET_VERSION,
].map(({ description }) => description);
/** Whether a line of the price list may ever be asked for: a few hundred of many thousand may. */
function isOfUse({ description, usageType }) {
    if (usageType !== 'OnDemand' && usageType !== 'Preemptible')
        return false;
    return (/ (?:Core|Ram) running in /.test(description) ||
        OTHERS.some((wanted) => isNamed(description, wanted)));
}
/**
 * Billionths of a dollar per unit; undefined when the list has no such price for the region, or
 * more than one: a price that might be another one is none.
 */
function priceOf(prices, tariff, region) {
    const found = prices.skus.filter(({ description, usageType, unit, regions }) => usageType === tariff.usageType &&
        unit === tariff.unit &&
        (regions.includes(region) || regions.includes('global')) &&
        isNamed(description, tariff.description));
    const [first] = found;
    const isClear = found.every(({ nanoUsd }) => nanoUsd === first?.nanoUsd);
    return first && isClear ? { nanoUsd: first.nanoUsd } : undefined;
}
// "Balanced PD Capacity" and "… in Frankfurt", but neither "Regional Balanced PD Capacity" nor
// "E2 Instance Core" of a commitment: another price often differs by a word in front or behind.
function isNamed(description, wanted) {
    if (!description.startsWith(wanted))
        return false;
    return /^$|^ (?:running )?in /.test(description.slice(wanted.length));
}


/***/ }),

/***/ 8120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ru: () => (/* binding */ readOidcRequest),
/* harmony export */   V1: () => (/* binding */ readJobContext),
/* harmony export */   cI: () => (/* binding */ readRun),
/* harmony export */   vZ: () => (/* binding */ isOnDefaultBranch)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _google_diagnosis_diagnose_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1165);
/* harmony import */ var _google_diagnosis_rows_identity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3353);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8173);




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
    const branch = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(event))['repository'])['default_branch']);
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

/***/ 2187:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ isInUse),
/* harmony export */   o: () => (/* binding */ deleteResource)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8173);
/* harmony import */ var _diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8491);
/* harmony import */ var _operations_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6345);




/** The one reason to refuse that needs nobody's attention: what is used stays. */
const IN_USE = new Set(['resourceInUseByAnotherResource', 'RESOURCE_IN_USE_BY_ANOTHER_RESOURCE']);
/** Whether a deletion was refused because something uses the resource. */
function isInUse({ reason }) {
    return IN_USE.has(reason);
}
/** Deletes a Compute resource and waits until it is gone. */
async function deleteResource(google, { path, purpose }) {
    const answer = await google.request({
        service: 'compute',
        method: 'DELETE',
        path,
        query: { requestId: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)() },
        purpose,
        accept: [400, 403, 404],
    });
    if (answer.status === 404)
        return 'absent';
    if (answer.status >= 300)
        return (0,_diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .readFailure */ .f)(answer.status, answer.text);
    const operation = await (0,_operations_js__WEBPACK_IMPORTED_MODULE_1__/* .waitUntilDone */ .e)(google, (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)(answer.json), { purpose });
    return failureOf(operation) ?? 'deleted';
}
// Whether a resource is in use is found out before or within the operation, at Google's choice.
function failureOf(operation) {
    const [first] = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)(operation['error'])['errors']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY);
    const status = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asNumber */ .i)(operation['httpErrorStatusCode']);
    if (first === undefined && status === undefined)
        return undefined;
    return {
        status: status ?? 400,
        reason: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(first?.['code']),
        message: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(first?.['message']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(operation['httpErrorMessage']),
        details: {},
    };
}


/***/ }),

/***/ 3926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y7: () => (/* binding */ templatePath),
/* harmony export */   hv: () => (/* binding */ groupName),
/* harmony export */   zm: () => (/* binding */ groupPath)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** `zones/Z` or `regions/R`, with or without project and host in front of it. */
const LINK = /^(?:https:\/\/[^?#]*?\/)?(?:projects\/([^/]+)\/)?(zones|regions)\/([^/]+)\/instanceGroupManagers\/([^/?#]+)$/;
/** https://cloud.google.com/compute/docs/naming-resources */
const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
/**
 * The API path of a group: of a plain name in the scope's region, or of the zonal or regional group
 * that an id or a URL names.
 *
 * @throws ActionError TERRAFORM_OUTPUTS when it is none of these
 */
function groupPath(reference, { projectId, region }) {
    if (NAME.test(reference)) {
        return `projects/${projectId}/regions/${region}/instanceGroupManagers/${reference}`;
    }
    const [, project = projectId, kind, location, name] = LINK.exec(reference) ?? [];
    if (name === undefined || !NAME.test(name)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_OUTPUTS', `The instance group "${reference}" is neither the name of a regional group nor the id of a zonal or regional one.`, {
            hint: 'Let the output group_name be the name or the id of the group: value = google_compute_instance_group_manager.main.id',
        });
    }
    return `projects/${project}/${kind}/${location}/instanceGroupManagers/${name}`;
}
/** What people call the group: the last part of a name, an id or a URL. */
function groupName(reference) {
    return reference.slice(reference.lastIndexOf('/') + 1);
}
/** The API path of an instance template: a plain name is one of the scope's region. */
function templatePath(reference, { projectId, region }) {
    const [, project = projectId, place, name] = /(?:projects\/([^/]+)\/)?(global|regions\/[^/]+)\/instanceTemplates\/([^/?#]+)/.exec(reference) ?? [];
    return name === undefined
        ? `projects/${projectId}/regions/${region}/instanceTemplates/${reference}`
        : `projects/${project}/${place}/instanceTemplates/${name}`;
}


/***/ }),

/***/ 9006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ readManagedInstance),
/* harmony export */   iY: () => (/* binding */ readGroup),
/* harmony export */   ir: () => (/* binding */ readGroupError)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early. */
function readGroup(group) {
    const status = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(group['status']);
    return {
        fingerprint: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(group['fingerprint']),
        targetSize: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)(group['targetSize']) ?? 0,
        versions: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(group['versions']).map((item) => {
            const version = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(item);
            return {
                name: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(version['name']),
                instanceTemplate: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(version['instanceTemplate']),
            };
        }),
        isStable: status['isStable'] === true,
        isVersionTargetReached: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(status['versionTarget'])['isReached'] === true,
        hasHealthCheck: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(group['autoHealingPolicies']).some((policy) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(policy)['healthCheck']) !== ''),
    };
}
function readManagedInstance(item) {
    const { zone, name } = placeOf(item['instance']);
    return {
        name: name || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(item['name']),
        id: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(item['id']),
        zone,
        currentAction: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(item['currentAction']),
        instanceStatus: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(item['instanceStatus']),
        versionName: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(item['version'])['name']),
        healthStates: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(item['instanceHealth']).map((health) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(health)['detailedHealthState'])),
        lastErrors: 'lastAttempt' in item ? readAttempt((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(item['lastAttempt'])) : NO_ERRORS,
    };
}
/** Of most VMs: one list for all of them. */
const NO_ERRORS = [];
function readAttempt(attempt) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(attempt['errors'])['errors']).map((error) => readError((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(error)));
}
function readGroupError(item) {
    const details = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(item['instanceActionDetails']);
    const { zone, name } = placeOf(details['instance']);
    return {
        ...readError((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(item['error'])),
        // A time that cannot be read is long ago: an old error must not end a new rollout.
        atMs: Date.parse((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(item['timestamp'])) || 0,
        vm: name,
        zone,
        versionName: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(details['version'])['name']),
    };
}
function readError(error) {
    const [info = {}] = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(error['errorDetails'])
        .map((detail) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(detail)['errorInfo'])['metadatas']))
        .filter((metadata) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(metadata['vmType']) !== '');
    return {
        code: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(error['code']),
        message: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(error['message']),
        machineType: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(info['vmType']),
    };
}
function placeOf(url) {
    const text = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(url);
    const at = text.lastIndexOf(INSTANCES);
    const zoneAt = text.lastIndexOf(ZONES, at);
    if (at < 0 || zoneAt < 0)
        return { zone: '', name: '' };
    return { zone: text.slice(zoneAt + ZONES.length, at), name: text.slice(at + INSTANCES.length) };
}
const ZONES = 'zones/';
const INSTANCES = '/instances/';


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
// EXTERNAL MODULE: ./lib/google/diagnosis/rows/identity.js
var identity = __webpack_require__(3353);
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

/***/ 8491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ failureInWords),
/* harmony export */   f: () => (/* binding */ readFailure)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
function readFailure(status, body) {
    const parsed = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body));
    const error = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(parsed['error']);
    const info = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(error['details']).find((detail) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(detail)['@type']).endsWith('ErrorInfo')));
    const first = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(error['errors'])[0] ?? (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(parsed['errors'])[0]);
    const reason = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(info['reason']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(first['reason']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(first['code']);
    const message = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(error['message']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(first['message']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(parsed['error_description']);
    return {
        status,
        reason: reason || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(error['status']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(parsed['error']),
        message: message || quoted(body),
        details: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(info['metadata']),
    };
}
/** A failure of which only words are known. */
function failureInWords(text) {
    // As Google's Go client prints it: `googleapi: Error 403: MESSAGE, REASON`.
    const [, status = '0'] = /\bError (\d{3}):/.exec(text) ?? [];
    const [, reason = ''] = /\bError \d{3}: .+, ([A-Za-z_]+)\s*$/m.exec(text) ?? [];
    return { status: Number(status), reason, message: text.replace(/\s+/g, ' ').trim(), details: {} };
}
function quoted(body) {
    const text = body.replace(/\s+/g, ' ').trim();
    if (text === '')
        return 'an empty answer';
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}


/***/ }),

/***/ 2173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A9: () => (/* binding */ setIssuer),
/* harmony export */   Fy: () => (/* binding */ describeProvider),
/* harmony export */   It: () => (/* binding */ undeleteProvider),
/* harmony export */   LQ: () => (/* binding */ enableProvider),
/* harmony export */   PI: () => (/* binding */ setMapping),
/* harmony export */   R0: () => (/* binding */ listProviders),
/* harmony export */   WY: () => (/* binding */ enablePool),
/* harmony export */   vT: () => (/* binding */ setAudience),
/* harmony export */   yM: () => (/* binding */ setCondition)
/* harmony export */ });
/* harmony import */ var _remedies_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4265);

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
    return (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(['gcloud iam workload-identity-pools providers list'], {
        'workload-identity-pool': pool,
        location: 'global',
        project,
    });
}
/** Undoes `--disabled` of the pool. */
function enablePool(name) {
    const { pool, project } = parseProviderName(name);
    const words = ['gcloud iam workload-identity-pools update', pool, '--no-disabled'];
    return (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(words, { location: 'global', project });
}
function onProvider(verb, name, flags = {}) {
    const { project, pool, provider } = parseProviderName(name);
    return (0,_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .command */ .G5)(['gcloud iam workload-identity-pools providers', verb, provider], {
        'workload-identity-pool': pool,
        location: 'global',
        project,
        ...flags,
    });
}


/***/ }),

/***/ 4265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E$: () => (/* binding */ createStateBucket),
/* harmony export */   G5: () => (/* binding */ command),
/* harmony export */   GU: () => (/* binding */ grantOnRepository),
/* harmony export */   Gm: () => (/* binding */ linkBilling),
/* harmony export */   KV: () => (/* binding */ enableSecretVersion),
/* harmony export */   OC: () => (/* binding */ disableConstraint),
/* harmony export */   Rb: () => (/* binding */ enableApis),
/* harmony export */   Ru: () => (/* binding */ grantRole),
/* harmony export */   Ut: () => (/* binding */ quotaPage),
/* harmony export */   Wc: () => (/* binding */ grantOnSecret),
/* harmony export */   X$: () => (/* binding */ createSecret),
/* harmony export */   fp: () => (/* binding */ grantServiceAgent),
/* harmony export */   gA: () => (/* binding */ grantOnBucket),
/* harmony export */   gw: () => (/* binding */ grantOnServiceAccount),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   sp: () => (/* binding */ addSecretVersion),
/* harmony export */   up: () => (/* binding */ updateBucket),
/* harmony export */   vB: () => (/* binding */ createRepository),
/* harmony export */   yz: () => (/* binding */ enableApi)
/* harmony export */ });
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

/***/ 3353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JW: () => (/* binding */ IDENTITY_ROWS),
/* harmony export */   UR: () => (/* binding */ SHORT_MAPPING),
/* harmony export */   VU: () => (/* binding */ TOKEN_PERMISSIONS),
/* harmony export */   wH: () => (/* binding */ NO_TOKEN)
/* harmony export */ });
/* harmony import */ var _provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2173);

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
            fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .describeProvider */ .Fy)(provider),
        })),
    },
    {
        id: 'sts-audience',
        explain: inWords(/Invalid value for "?audience/i, ({ provider = UNNAMED }) => ({
            means: 'The input "workload_identity_provider" must be the full name of the provider (not of the pool), with the project NUMBER and without "https:". These there are:',
            fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .listProviders */ .R0)(provider),
        })),
    },
    {
        id: 'sts-allowed-audiences',
        explain: inWords(/audience in ID Token .*does not match/i, ({ provider = UNNAMED }) => ({
            means: 'The provider takes tokens for other audiences only than that of its own name, which this action asks for:',
            fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .setAudience */ .vT)(provider, `https://iam.googleapis.com/${provider}`),
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
                fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .describeProvider */ .Fy)(provider),
            };
        },
    },
    {
        id: 'sts-mapping',
        explain: inWords(/mapped attribute.*127 bytes/i, ({ provider = UNNAMED }) => ({
            means: 'A claim of this job is longer than the 127 bytes that Google takes for a mapped attribute: a long name of a branch, a repository or an environment. Map a shorter one to google.subject:',
            fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .setMapping */ .PI)(provider, SHORT_MAPPING),
        })),
    },
    {
        id: 'provider-condition',
        explain: inWords(/attribute condition must reference one of the provider's claims/i, ({ provider = UNNAMED, jobs }) => ({
            means: 'Everybody on GitHub could come in through a provider without a condition: Google wants one that names the repository by its id.',
            fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .setCondition */ .yM)(provider, `assertion.repository_id == '${jobs?.split('/').at(-1) ?? 'REPOSITORY_ID'}'`),
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
                fix: (0,_provider_remedies_js__WEBPACK_IMPORTED_MODULE_0__/* .setIssuer */ .A9)(provider, issuer),
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

/***/ 8353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ resolveEndpoints),
/* harmony export */   Z: () => (/* binding */ SERVICE_NAMES)
/* harmony export */ });
const SERVICE_NAMES = {
    artifactregistry: 'Artifact Registry',
    cloudbilling: 'Cloud Billing',
    cloudresourcemanager: 'Resource Manager',
    compute: 'Compute Engine',
    iam: 'IAM',
    secretmanager: 'Secret Manager',
    serviceusage: 'Service Usage',
    storage: 'Cloud Storage',
    registry: 'Artifact Registry',
};
/**
 * Google's public endpoints, or those that the environment names. The variables are the google
 * Terraform provider's own, so that one setting moves terraform and the action alike; STS and the
 * registry, which the provider does not know, follow the same spelling.
 */
function resolveEndpoints(region, env) {
    const custom = (service, fallback) => env[`GOOGLE_${service}_CUSTOM_ENDPOINT`] || fallback;
    const registryHost = custom('DOCKER_REGISTRY', `${region}-docker.pkg.dev`);
    return {
        artifactregistry: custom('ARTIFACT_REGISTRY', 'https://artifactregistry.googleapis.com/v1/'),
        cloudbilling: custom('CLOUD_BILLING', 'https://cloudbilling.googleapis.com/v1/'),
        cloudresourcemanager: custom('RESOURCE_MANAGER', 'https://cloudresourcemanager.googleapis.com/v1/'),
        iam: custom('IAM', 'https://iam.googleapis.com/v1/'),
        serviceusage: custom('SERVICE_USAGE', 'https://serviceusage.googleapis.com/v1/'),
        compute: custom('COMPUTE', 'https://compute.googleapis.com/compute/v1/'),
        secretmanager: custom('SECRET_MANAGER', 'https://secretmanager.googleapis.com/v1/'),
        storage: custom('STORAGE', 'https://storage.googleapis.com/storage/v1/'),
        registry: `${isLoopback(registryHost) ? 'http' : 'https'}://${registryHost}/`,
        stsToken: `${custom('STS', 'https://sts.googleapis.com/v1/')}token`,
        iamCredentials: custom('IAM_CREDENTIALS', 'https://iamcredentials.googleapis.com/v1/'),
        registryHost,
    };
}
// Docker itself speaks plain HTTP to a registry on loopback and to no other.
function isLoopback(host) {
    return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host);
}


/***/ }),

/***/ 6345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ changeCompute),
/* harmony export */   e: () => (/* binding */ waitUntilDone)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _lib_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8335);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8173);




// operations.wait answers after 2 minutes at the latest; our own timeout must lie behind that.
const WAIT_TIMEOUT_MS = 130_000;
/** `wait` is best effort and may answer at once: it is not asked again sooner than this. */
const PAUSE_MS = 1_000;
const DEADLINE_MS = 15 * 60_000;
/**
 * Sends the change and waits until its operation is DONE. `requestId` makes a repeated request the
 * same request for Compute Engine
 * (https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroupManagers/patch).
 *
 * @throws ActionError GCP_OPERATION_FAILED when the operation carries an error
 */
async function changeCompute(google, change) {
    const answer = await google.request({
        ...change,
        service: 'compute',
        query: { requestId: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)() },
    });
    if (answer.status >= 300)
        return { refused: answer.status };
    throwIfFailed(google, await waitUntilDone(google, (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)(answer.json), change), change.purpose);
    return 'done';
}
/** The operation once it is DONE, with or without an error in it. @throws ActionError GCP_OPERATION_FAILED after a quarter of an hour */
async function waitUntilDone(google, first, { purpose }) {
    const startedAt = google.clock.now();
    let operation = first;
    while (operation['status'] !== 'DONE') {
        const askedAt = google.clock.now();
        if (askedAt - startedAt > DEADLINE_MS) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .l('GCP_OPERATION_FAILED', `Could not ${purpose}: operation ${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(operation['name'])} was still ${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(operation['status'])} after ${(0,_lib_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .renderDuration */ .P)(DEADLINE_MS)}.`);
        }
        operation = await waitOnce(google, operation, purpose);
        const restMs = PAUSE_MS - (google.clock.now() - askedAt);
        if (operation['status'] !== 'DONE' && restMs > 0)
            await google.pause(restMs);
    }
    return operation;
}
async function waitOnce(google, operation, purpose) {
    const link = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(operation['selfLink']);
    if (link === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Compute Engine answered without an operation.`);
    }
    const path = link.slice(link.indexOf('projects/'));
    const answer = await google.request({
        service: 'compute',
        method: 'POST',
        path: `${path}/wait`,
        purpose: `${purpose} (waiting for the operation)`,
        timeoutMs: WAIT_TIMEOUT_MS,
    });
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)(answer.json);
}
// The server does not always set the HTTP status of a failed operation, so both are looked at.
function throwIfFailed(google, operation, purpose) {
    const errors = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY)(operation['error'])['errors']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asRecord */ .qY);
    if (errors.length === 0 && operation['httpErrorStatusCode'] === undefined)
        return;
    const said = errors.map((error) => `${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(error['code'])}: ${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(error['message'])}`);
    const status = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asNumber */ .i)(operation['httpErrorStatusCode']) ?? 403;
    const hints = errors.flatMap(({ code, message }) => google.fixFor({ status, reason: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(code), message: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(message), details: {} }) ?? []);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .l('GCP_OPERATION_FAILED', `Could not ${purpose}: ${said.join('; ') || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asText */ .e1)(operation['httpErrorMessage'])}`, { hint: hints[0] });
}


/***/ }),

/***/ 202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ SecretManager),
  $: () => (/* binding */ placeOf)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/lib/crc32c.js
/** The polynomial of Castagnoli, bits reversed (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
        remainder = (remainder >>> 1) ^ ((remainder & 1) * POLYNOMIAL);
    }
    return remainder;
});
/** CRC-32C of the bytes, as an unsigned number; `node:zlib` knows another polynomial only. */
function crc32c(bytes) {
    let remainder = ~0;
    for (const byte of bytes) {
        remainder = (remainder >>> 8) ^ (REMAINDERS[(remainder ^ byte) & 0xff] ?? 0);
    }
    return ~remainder >>> 0;
}

// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
;// CONCATENATED MODULE: ./lib/google/secret-manager.js




/**
 * Secrets and their versions in one project. A secret is its short id, or `projects/P/secrets/S`.
 * A value is read by `accessVersion` alone, and passes no message.
 */
class SecretManager {
    #google;
    #projectId;
    constructor(google, projectId) {
        this.#google = google;
        this.#projectId = projectId;
    }
    /**
     * The number behind a version (`latest` or a number), as text. `latest` is the newest one that
     * can be read: Google's alias is the newest of all, and of no use once somebody disables that.
     *
     * @throws ActionError GCP_REQUEST_FAILED when it is disabled or destroyed
     */
    async resolveVersion(secret, version) {
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'GET',
            path: `${this.#nameOf(secret)}/versions/${version}`,
            purpose: `find version "${version}" of secret ${secret}`,
        });
        const found = readVersion((0,lib_json/* asRecord */.qY)(answer.json));
        if (found.number === '')
            throw unclear(secret, version);
        if (found.state === 'ENABLED')
            return found.number;
        const readable = version === 'latest' ? await this.#newestEnabled(secret) : undefined;
        if (readable !== undefined)
            return readable;
        throw new errors/* ActionError */.l('GCP_REQUEST_FAILED', `Version ${found.number} of secret ${secret} is ${found.state}: no VM could read it.`, { hint: this.#remedyOf(secret, found) });
    }
    /** Undefined when there is no such secret. */
    async findSecret(secret) {
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'GET',
            path: this.#nameOf(secret),
            purpose: `look for secret ${secret}`,
            accept: [404],
        });
        if (answer.status === 404)
            return undefined;
        const aliases = Object.values((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(answer.json)['versionAliases']));
        return { aliased: aliases.map(String) };
    }
    /** Makes a secret without a version, kept where Google likes; one that is there stays as it is. */
    async ensureSecret(secret, labels) {
        const name = this.#nameOf(secret);
        const id = name.slice(name.lastIndexOf('/') + 1);
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'POST',
            path: name.slice(0, name.lastIndexOf('/')),
            query: { secretId: id },
            body: { replication: { automatic: {} }, labels },
            purpose: `create secret ${secret}`,
            accept: [409],
        });
        return answer.status === 409 ? 'existed' : 'created';
    }
    /** The versions that can be read, newest first; undefined when there is no such secret. */
    async listEnabled(secret) {
        const versions = [];
        let pageToken = '';
        do {
            const answer = await this.#google.request({
                service: 'secretmanager',
                method: 'GET',
                path: `${this.#nameOf(secret)}/versions`,
                query: { filter: 'state:ENABLED', ...(pageToken !== '' && { pageToken }) },
                purpose: `list the versions of secret ${secret}`,
                accept: [404],
            });
            if (answer.status === 404)
                return undefined;
            const page = (0,lib_json/* asRecord */.qY)(answer.json);
            versions.push(...(0,lib_json/* asList */.DD)(page['versions']).map((item) => readVersion((0,lib_json/* asRecord */.qY)(item))));
            pageToken = (0,lib_json/* asText */.e1)(page['nextPageToken']);
        } while (pageToken !== '');
        return versions
            .filter(({ state }) => state === 'ENABLED')
            .sort((one, other) => Number(other.number) - Number(one.number));
    }
    /** The value of a version (a number or `latest`). @throws ActionError GCP_* */
    async accessVersion(secret, version) {
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'GET',
            path: `${this.#nameOf(secret)}/versions/${version}:access`,
            purpose: `read version "${version}" of secret ${secret}`,
            accept: [400, 403, 404],
        });
        if (answer.status === 403)
            return { kind: 'denied', message: messageOf(answer) };
        if (answer.status >= 400)
            return { kind: 'gone' };
        const found = (0,lib_json/* asRecord */.qY)(answer.json);
        const payload = (0,lib_json/* asRecord */.qY)(found['payload']);
        const bytes = Buffer.from((0,lib_json/* asText */.e1)(payload['data']), 'base64');
        const { number } = readVersion(found);
        const isWhole = payload['dataCrc32c'] === undefined || String(payload['dataCrc32c']) === String(crc32c(bytes));
        if (number === '' || !isWhole)
            throw unclear(secret, version);
        return { kind: 'value', number, bytes };
    }
    /**
     * Adds a version and returns its number. Google has nothing that makes this safe to repeat: where
     * the answer to the first try is lost, the value is there twice, and the newer one counts.
     *
     * @throws ActionError GCP_*; GCP_UNEXPECTED_ANSWER when Google did not check the checksum
     */
    async addVersion(secret, bytes) {
        const data = Buffer.from(bytes).toString('base64');
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'POST',
            path: `${this.#nameOf(secret)}:addVersion`,
            body: { payload: { data, dataCrc32c: String(crc32c(bytes)) } },
            purpose: `add a version to secret ${secret}`,
        });
        const added = (0,lib_json/* asRecord */.qY)(answer.json);
        const { number } = readVersion(added);
        if (number === '' || added['clientSpecifiedPayloadChecksum'] !== true) {
            throw new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not confirm that the new version of secret ${secret} arrived whole.`, { hint: 'Run the job again: what is there is compared first.' });
        }
        return number;
    }
    /** Takes a version out of use; it can be enabled again. `changed`: somebody was faster. */
    async disableVersion(secret, { number, etag }) {
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'POST',
            path: `${this.#nameOf(secret)}/versions/${number}:disable`,
            body: { etag },
            purpose: `disable version ${number} of secret ${secret}`,
            // 400 is Google's answer for an etag of before, and for a version that is destroyed by now.
            accept: [400, 404, 409, 412],
        });
        return answer.status >= 400 ? 'changed' : 'disabled';
    }
    async #newestEnabled(secret) {
        return (await this.listEnabled(secret))?.[0]?.number;
    }
    /** What is destroyed nobody can enable. */
    #remedyOf(name, { number, state }) {
        const { secret, project } = placeOf(name, this.#projectId);
        return state === 'DESTROYED'
            ? `Its value is gone for good. Run: ${(0,remedies/* addSecretVersion */.sp)(secret, project)}\nThen deploy the commit that you want, which makes a release with the new version.`
            : `Run: ${(0,remedies/* enableSecretVersion */.KV)(number, { secret, project })}, or name another version.`;
    }
    #nameOf(secret) {
        return secret.startsWith('projects/') ? secret : `projects/${this.#projectId}/secrets/${secret}`;
    }
}
/** A secret's short id, and the project that it is in: mostly this one. */
function placeOf(name, projectId) {
    const [, project = projectId, secret = name] = /^projects\/([^/]+)\/secrets\/(.+)$/.exec(name) ?? [];
    return { secret, project };
}
function readVersion(version) {
    const [, number = ''] = /\/versions\/([0-9]+)$/.exec((0,lib_json/* asText */.e1)(version['name'])) ?? [];
    return { number, state: (0,lib_json/* asText */.e1)(version['state']), etag: (0,lib_json/* asText */.e1)(version['etag']) };
}
function messageOf({ json }) {
    return (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(json)['error'])['message']);
}
function unclear(secret, version) {
    return new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not say which version of secret ${secret} "${version}" is.`);
}


/***/ }),

/***/ 3537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ abortable)
/* harmony export */ });
/** The outcome of `work`, or at once the signal's reason; `work` itself goes on, and nobody waits for it. */
async function abortable(signal, work) {
    signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
        return await Promise.race([work(), promise]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
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


/***/ }),

/***/ 5077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Z: () => (/* binding */ renderOutputs),
/* harmony export */   YH: () => (/* binding */ renderPlanOutputs),
/* harmony export */   iG: () => (/* binding */ renderRolloutOutputs),
/* harmony export */   zt: () => (/* binding */ renderFailure)
/* harmony export */ });
/** The outputs of action.yml after a deploy that came to its end, as text. */
function renderOutputs(result) {
    return new Map([...renderRolloutOutputs(result), ['changes', JSON.stringify(result.changes)]]);
}
/** Those of a release that was brought onto the group, whichever way: all that a rollback has. */
function renderRolloutOutputs(result) {
    return new Map([
        ['outcome', result.outcome],
        ['release', result.release],
        ['previous_release', result.previousRelease],
        ['image', result.image],
        ['vms', JSON.stringify(result.vms)],
        ['url', result.url],
        ['steps', JSON.stringify(result.steps)],
        ['duration_seconds', (result.durationMs / 1000).toFixed(1)],
    ]);
}
/** The outputs of action.yml after a plan. */
function renderPlanOutputs(result) {
    const { monthlyCostUsd, hasDrift, paths } = result;
    return new Map([
        ['has_changes', String(result.hasChanges)],
        ['has_destructive_changes', String(result.hasDestructiveChanges)],
        ['changes', JSON.stringify(result.changes)],
        ['plan_hash', result.planHash],
        ['monthly_cost_usd', monthlyCostUsd === undefined ? '' : monthlyCostUsd.toFixed(2)],
        ['comment_url', result.commentUrl],
        ['has_drift', hasDrift === undefined ? '' : String(hasDrift)],
        ['plan_path', paths.plan],
        ['plan_json_path', paths.json],
        ['plan_markdown_path', paths.markdown],
    ]);
}
/** The outputs after a failure: what went wrong, in a code to branch on and in words. */
function renderFailure({ message, code, outcome, runs, }) {
    return new Map([
        ['outcome', outcome],
        ['release', runs ?? ''],
        ['failure_code', code],
        ['failure_reason', message],
    ]);
}


/***/ }),

/***/ 3021:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EU: () => (/* binding */ fence),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   SS: () => (/* binding */ codeSpan),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   h8: () => (/* binding */ htmlCode),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   zD: () => (/* binding */ grouped)
/* harmony export */ });
/** Ways to put text of others into a comment: it is shown, and never does anything. */
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
// Bidirectional controls can make a reviewer read another text than the one that is applied
// (https://trojansource.codes); a bare carriage return ends a line of Markdown.
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const MAY_BE_INVISIBLE = /[^\t\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u0600]/;
const LONGEST_RUN = 999;
/** The text with what cannot be seen written out as `\u202e`; tabs and line feeds stay. */
function visible(text) {
    if (!MAY_BE_INVISIBLE.test(text))
        return text;
    return text.replace(INVISIBLE, writtenOut);
}
function writtenOut(found) {
    if (found === '\r')
        return '\\r';
    let result = '';
    for (let index = 0; index < found.length; index++) {
        result += `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return result;
}
/** One line of text as code inside HTML, where Markdown is not read. */
function htmlCode(text) {
    return `<code>${oneLine(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)}</code>`;
}
/** One line of text as code inside Markdown: no mention, no reference, no markup comes to life. */
function codeSpan(text) {
    const line = oneLine(text);
    if (line.trim() === '')
        return '` `';
    const ticks = '`'.repeat(longestRun(line, '`') + 1);
    const pad = line.startsWith('`') || line.endsWith('`') || /^ .* $/.test(line) ? ' ' : '';
    return `${ticks}${pad}${line}${pad}${ticks}`;
}
/**
 * A fenced block of lines, whose fence is longer than any run inside. Runs of a length that no
 * text has by chance are cut, or the fence would take all the room.
 */
function fence(text, language) {
    const ticks = longestRun(text, '`');
    const sign = ticks < 100 || ticks <= longestRun(text, '~') ? '`' : '~';
    const run = longestRun(text, sign);
    const bar = sign.repeat(Math.max(3, Math.min(run, LONGEST_RUN) + 1));
    return `${bar}${language}\n${run > LONGEST_RUN ? withoutLongRuns(text, sign) : text}\n${bar}`;
}
function withoutLongRuns(text, sign) {
    const runs = sign === '`' ? /`{1000,}/g : /~{1000,}/g;
    return text.replace(runs, ({ length }) => `${sign.repeat(100)}…(${grouped(length)})`);
}
function longestRun(text, sign) {
    let longest = 0;
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at)) {
        const start = at;
        while (text[at] === sign)
            at++;
        longest = Math.max(longest, at - start);
    }
    return longest;
}
/** The text on one line, with what cannot be seen written out. */
function oneLine(text) {
    return visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
/** `1 resource`, `2 resources`. */
function counted(count, noun) {
    return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
/** 10000 as `10,000`. */
function grouped(count) {
    return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}


/***/ }),

/***/ 7390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a6: () => (/* binding */ DEPLOYMENT_STATE),
/* harmony export */   aV: () => (/* binding */ WORK_DIRECTORY_STATE),
/* harmony export */   yU: () => (/* binding */ ATTEMPT_STATE)
/* harmony export */ });
/** Keys of the runner's state, under which main leaves what post needs; never a secret. */
const WORK_DIRECTORY_STATE = 'work_directory';
/** The attempt that post must look after when main could not; empty when there is none. */
const ATTEMPT_STATE = 'attempt';
/** Id of the GitHub deployment that post must end when main could not; empty when there is none. */
const DEPLOYMENT_STATE = 'deployment';


/***/ }),

/***/ 8189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ readPlan),
/* harmony export */   u: () => (/* binding */ outputValues)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** Reads `terraform show -json PLAN`; counts as terraform's own summary line does. */
function readPlan({ path, json, hasChanges, warnings, }) {
    const plan = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(json);
    const changes = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(plan['resource_changes']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY);
    const actions = changes.map((change) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(change['change'])['actions']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1));
    const count = (action) => actions.filter((list) => list.includes(action)).length;
    const created = changes.filter((_, index) => actions[index]?.includes('create'));
    return {
        path,
        json,
        hasChanges,
        warnings,
        counts: { add: count('create'), change: count('update'), destroy: count('delete') },
        createdTypes: new Set(created.map((change) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(change['type']))),
        outputs: outputValues((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(plan['planned_values'])['outputs'])),
    };
}
/** Plain values of terraform's `{name: {value, type, sensitive}}`. */
function outputValues(outputs) {
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(output)['value']]));
}


/***/ })

};
