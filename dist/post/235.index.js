export const id = 235;
export const ids = [235];
export const modules = {

/***/ 6235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  endDeployment: () => (/* binding */ endDeployment)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: ./lib/adapters/runner/runner-log.js
var runner_log = __webpack_require__(6842);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
;// CONCATENATED MODULE: ./lib/github/api/failure.js



/** What GitHub refused or could not do, with the permission to add where that is the reason. */
class failure_GitHubError extends errors/* ActionError */.l {
    kind;
    waitMs;
    constructor(text, { kind, waitMs }, more) {
        super(CODES[kind], text, { ...more, isPassing: kind === 'limited' || kind === 'lost' });
        this.name = 'GitHubError';
        this.kind = kind;
        this.waitMs = waitMs;
    }
}
/** Pure: what an answer of 300 and above says. */
function readFailure(answer, nowMs) {
    const { status, headers } = answer;
    const message = messageOf(answer);
    const fields = { status, message };
    if (status === 429 || (status === 403 && isLimit(message, headers)))
        return { ...fields, kind: 'limited', waitMs: waitOf(headers, nowMs) };
    if (status >= 500 || status === 408)
        return { ...fields, kind: 'lost' };
    return { ...fields, kind: status === 401 || status === 403 ? 'denied' : 'refused' };
}
function toError({ purpose, permission }, failure) {
    const text = `Could not ${purpose}: GitHub answered ${failure.status}: ${failure.message}`;
    return new failure_GitHubError(text, failure, { hint: hintFor(failure, permission) });
}
function unreachable({ purpose }, cause) {
    const text = `Could not ${purpose}: GitHub did not answer (${(0,network_reason/* networkReason */.d)(cause)}).`;
    return new failure_GitHubError(text, { kind: 'lost' }, { cause, hint: STATUS_PAGE });
}
const CODES = {
    denied: 'GITHUB_DENIED',
    refused: 'GITHUB_REQUEST_FAILED',
    limited: 'GITHUB_REQUEST_FAILED',
    lost: 'GITHUB_UNREACHABLE',
};
/** GitHub asks for a minute at least where it names no time for its secondary limit. */
const LIMITED_MS = 60_000;
const STATUS_PAGE = 'Check https://www.githubstatus.com and the network of the runner, then run the job again.';
function hintFor({ kind, status, message }, permission) {
    if (kind === 'lost')
        return STATUS_PAGE;
    if (kind === 'limited')
        return 'The token has used up its requests for now: run the job again later.';
    if (status === 401)
        return 'The input `github_token` must be a token that is still valid, such as ${{ github.token }}.';
    if (/is locked/i.test(message))
        return 'Unlock the conversation of the pull request, or set the input `comment` to false.';
    if (/personal access token/i.test(message))
        return `Give the token of the input \`github_token\` the permission \`${permission}\`, or leave the input out.`;
    if (kind === 'denied' || status === 404)
        return `Add \`permissions: ${permission}\` to the job. A pull request from a fork never gets it.`;
    return undefined;
}
// The documentation names the headers; the words are all that tells a secondary limit without them.
function isLimit(message, headers) {
    return (headers['retry-after'] !== undefined ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit|abuse detection/i.test(message));
}
function waitOf(headers, nowMs) {
    const after = Number(headers['retry-after'] ?? Number.NaN);
    if (after >= 0)
        return after * 1000;
    if (headers['x-ratelimit-remaining'] !== '0')
        return LIMITED_MS;
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    return reset > 0 ? Math.max(0, reset * 1000 - nowMs) : LIMITED_MS;
}
function messageOf({ status, data }) {
    const { message, errors } = (0,json/* asRecord */.qY)(data);
    const details = (0,json/* asList */.DD)(errors).map((error) => (0,json/* asText */.e1)((0,json/* asRecord */.qY)(error)['message']) || (0,json/* asText */.e1)(error));
    const texts = [(0,json/* asText */.e1)(message), ...details].filter((text) => text !== '');
    return texts.length > 0 ? texts.join(': ') : `status ${status} without a reason`;
}

;// CONCATENATED MODULE: ./lib/github/deployment/deployments.js


const PERMISSION = 'deployments: write';
/** The most that GitHub allows for either description. */
const LONGEST_DESCRIPTION = 140;
/** How soon after a lost answer to a write the world is looked at again. */
const LOOK_AGAIN_MS = 1_000;
/** Newest first; of a commit, or of an environment, at most 100. @throws GitHubError */
async function listDeployments(client, filter) {
    const { data } = await client.request({
        route: 'GET /repos/{owner}/{repo}/deployments',
        parameters: { ...filter, per_page: 100 },
        purpose: 'look up the deployments',
        permission: PERMISSION,
    });
    return asList(data).map(readDeployment);
}
/** States and logs, newest first. @throws GitHubError */
async function listStatuses(client, id) {
    const { data } = await client.request({
        route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
        parameters: { deployment_id: id, per_page: 30 },
        purpose: 'look up what became of a deployment',
        permission: PERMISSION,
    });
    return asList(data).map((item) => {
        const { state, log_url, target_url } = asRecord(item);
        return { state: asText(state), logUrl: asText(log_url) || asText(target_url) };
    });
}
/**
 * Makes one, and no second one where the answer got lost: its payload tells it from any other.
 *
 * @throws GitHubError
 */
async function createDeployment(client, wanted) {
    const request = {
        route: 'POST /repos/{owner}/{repo}/deployments',
        parameters: {
            ref: wanted.sha,
            task: 'deploy',
            auto_merge: false,
            // The checks of the commit: this very job is one of them, and not over.
            required_contexts: [],
            environment: wanted.environment,
            description: fitted(wanted.description),
            payload: wanted.payload,
        },
        purpose: `show a deployment to ${wanted.environment}`,
        permission: PERMISSION,
    };
    const create = async () => readDeployment((await client.requestOnce(request)).data).id;
    try {
        return await create();
    }
    catch (error) {
        if (!(error instanceof GitHubError) || !error.isPassing)
            throw error;
        await client.pause(error.waitMs ?? LOOK_AGAIN_MS);
        const made = (await listDeployments(client, { sha: wanted.sha })).find(({ payload }) => payload[wanted.key] === wanted.payload[wanted.key]);
        return made?.id ?? create();
    }
}
/** Says what has become of a deployment. @throws GitHubError */
async function addStatus(client, id, { state, description, logUrl, environmentUrl }) {
    await client.request({
        route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
        parameters: {
            deployment_id: id,
            state,
            description: fitted(description),
            log_url: logUrl,
            ...(/^https?:\/\//.test(environmentUrl) && { environment_url: environmentUrl }),
            // GitHub would end those of other services of the same environment, and none of production.
            auto_inactive: false,
        },
        purpose: 'say what became of the deployment',
        permission: PERMISSION,
    });
}
/** One line that GitHub takes, cut where it must be. */
function fitted(description) {
    const line = description.replace(/\s+/g, ' ').trim();
    if (line.length <= LONGEST_DESCRIPTION)
        return line;
    return `${line.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
function readDeployment(item) {
    const { id, environment, payload } = asRecord(item);
    // Whatever was given as text comes back as text.
    const fields = typeof payload === 'string' ? parseJson(payload || '{}') : payload;
    return { id: Number(id), environment: asText(environment), payload: asRecord(fields) };
}

// EXTERNAL MODULE: ./lib/lib/redact.js
var redact = __webpack_require__(7158);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
;// CONCATENATED MODULE: ./lib/adapters/network/octokit.js

/**
 * GitHub's API through @actions/github, which honours HTTP(S)_PROXY and NO_PROXY. It is loaded by
 * the first request: most jobs never make one. It never retries: policy is the client's affair.
 */
function octokitApi({ token, apiUrl }, log) {
    let loading;
    return {
        send: async ({ route, parameters, timeoutMs, signal }) => {
            loading ??= load(token, apiUrl, log);
            const octokit = await loading;
            const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
            // An Enterprise Server has GraphQL beside its REST API and not below it.
            const baseUrl = route === 'POST /graphql' ? apiUrl.replace(/\/v3\/?$/, '') : apiUrl;
            try {
                const answer = await octokit.request(route, {
                    ...parameters,
                    baseUrl,
                    // Without a log of its own a request speaks to the console.
                    request: { signal: either, log: octokit.log },
                });
                return { status: answer.status, headers: toHeaders(answer.headers), data: answer.data };
            }
            catch (error) {
                return readAnswer(error);
            }
        },
    };
}
async function load(token, baseUrl, log) {
    const { getOctokit } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
    // Octokit's own log is the console, which knows no secrets.
    const say = (message) => log.debug(message);
    return getOctokit(token, { baseUrl, log: { debug: say, info: say, warn: say, error: say } });
}
/** Octokit throws every status from 300 on. @throws what has no answer at all */
function readAnswer(error) {
    const response = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(error)['response']);
    const { status, headers, data } = response;
    if (typeof status !== 'number')
        throw error;
    return { status, headers: toHeaders(headers), data };
}
function toHeaders(headers) {
    return Object.fromEntries(Object.entries((0,json/* asRecord */.qY)(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
;// CONCATENATED MODULE: ./lib/github/api/client.js



const TIMEOUT_MS = 15_000;
/** How long failures of GitHub are tried again. */
const LOST_FOR_MS = 30_000;
const POLICY = { totalMs: 150_000, firstDelayMs: 500, maxDelayMs: 8_000 };
const MAX_PAGES = 100;
/**
 * The one way to GitHub's API. `request` is for what may be repeated, and does so after any passing
 * failure. `requestOnce` never does: a write that broke off may have been carried out, and after a
 * wait the world may be another one. Whoever writes looks again, and then decides.
 */
class client_GitHubClient {
    #ports;
    #options;
    #repository;
    #login;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        const [owner = '', repo = ''] = options.repository.split('/');
        this.#repository = { owner, repo };
    }
    /** @throws GitHubError with the permission to add, where that is the reason */
    request(request) {
        const { clock, log } = this.#ports;
        const { signal, random = Math.random } = this.#options;
        const giveUpAt = clock.now() + TIMEOUT_MS + LOST_FOR_MS;
        return (0,retry/* retry */.L)(() => this.#attempt(request, giveUpAt), POLICY, {
            clock,
            signal,
            random,
            onRetry: (why, delayMs) => log.debug(`${request.route}: ${why}; again in ${Math.round(delayMs)} ms`),
        });
    }
    /** @throws GitHubError; one that is passing leaves open whether the request was carried out */
    async requestOnce(request) {
        const { api, clock } = this.#ports;
        const { signal } = this.#options;
        const parameters = { ...this.#repository, ...request.parameters };
        const { route } = request;
        let answer;
        try {
            answer = await api.send({ route, parameters, timeoutMs: TIMEOUT_MS, signal });
        }
        catch (error) {
            signal.throwIfAborted();
            throw unreachable(request, error);
        }
        if (answer.status < 300 || request.accept?.includes(answer.status))
            return answer;
        throw toError(request, readFailure(answer, clock.now()));
    }
    /** Every item of a list, over all of its pages. */
    async readAll(request) {
        const items = [];
        for (let page = 1; page <= MAX_PAGES; page++) {
            const parameters = { ...request.parameters, per_page: 100, page };
            const { data, headers } = await this.request({ ...request, parameters });
            if (Array.isArray(data))
                items.push(...data);
            // A page may be short and yet not the last one: GitHub leaves out what it hides.
            if (!/rel="next"/.test(headers['link'] ?? ''))
                break;
        }
        return items;
    }
    /**
     * The login that writes with this token. GraphQL says it for every kind of token; REST's
     * `/user` refuses those of jobs and apps.
     */
    ownLogin() {
        this.#login ??= this.#readLogin();
        return this.#login;
    }
    /** Waits, unless the run is cancelled. */
    pause(durationMs) {
        return this.#ports.clock.sleep(durationMs, this.#options.signal);
    }
    get log() {
        return this.#ports.log;
    }
    async #readLogin() {
        const request = {
            route: 'POST /graphql',
            parameters: { query: '{ viewer { login } }' },
            purpose: 'find out whose token this is',
            permission: 'pull-requests: write',
        };
        const { data, status } = await this.request(request);
        const viewer = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(data)['data'])['viewer']);
        const login = (0,json/* asText */.e1)(viewer['login']);
        if (login !== '')
            return login;
        const message = 'GitHub named no login for the token.';
        throw toError(request, { kind: 'refused', status, message });
    }
    async #attempt(request, giveUpAt) {
        try {
            return { done: await this.requestOnce(request) };
        }
        catch (error) {
            if (!(error instanceof failure_GitHubError) || !error.isPassing)
                throw error;
            const isLimit = error.kind === 'limited';
            if (!isLimit && this.#ports.clock.now() >= giveUpAt)
                throw error;
            const giveUp = () => {
                throw error;
            };
            return { again: error.message, notBeforeMs: error.waitMs, giveUp };
        }
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/github/marker.js



/** A quarter of what GitHub allows a comment: the rest is for people. */
const MAX_LENGTH = 16_384;
/** One line that GitHub shows to nobody; it must be the first of the body. At most 16,384 characters. */
function renderMarker(marker) {
    const whole = { ...marker, destructiveDigest: digestOf(marker.destructive) };
    // What is destroyed matters more than what else is changed.
    const attempts = [whole, { ...whole, changes: undefined }];
    const texts = attempts.map(render);
    const least = render({ ...whole, changes: undefined, destructive: undefined });
    return texts.find(({ length }) => length <= MAX_LENGTH) ?? least;
}
/** The marker that a body starts with, or undefined; text of others never makes it throw. */
function marker_parseMarker(body) {
    const [, kind, name = '', json = ''] = PATTERN.exec(body) ?? [];
    if (kind !== 'plan' && kind !== 'drift')
        return undefined;
    const data = asRecord(parseJson(json));
    const { v, run_id: runId, run_attempt: runAttempt, closed } = data;
    if (v !== 1 || !Number.isSafeInteger(runId) || !Number.isSafeInteger(runAttempt))
        return undefined;
    const destructive = 'destructive' in data ? readChanges(data['destructive']) : undefined;
    const digest = destructive ? digestOf(destructive) : asText(data['destructive_digest']);
    const decoded = decodeName(name);
    if (digest === '' || decoded === undefined)
        return undefined;
    return {
        kind,
        name: decoded,
        runId: Number(runId),
        runAttempt: Number(runAttempt),
        commit: asText(data['commit']),
        planHash: asText(data['plan_hash']),
        destructive,
        destructiveDigest: digest,
        changes: 'changes' in data ? wordsOf(asText(data['changes'])) : undefined,
        closed: closed === 'merged' || closed === 'closed' ? closed : undefined,
    };
}
/** The same body, whose marker now says how the pull request ended; without a marker it stays as it is. */
function marker_markClosed(body, closed) {
    const marker = marker_parseMarker(body);
    if (!marker || marker.closed === closed)
        return body;
    return body.replace(PATTERN, () => render({ ...marker, closed }));
}
/** Equal for equal sets of changes, whatever their order. */
function digestOf(changes) {
    const lines = changes.map(({ address, action }) => canonicalJson([action, address])).sort();
    return createHash('sha256').update(lines.join('\n')).digest('hex');
}
const PATTERN = /^<!-- deploy-spot-mig:(plan|drift) (\S+) (\{.*\}) -->/;
function render(marker) {
    const { kind, name, destructive, destructiveDigest, changes } = marker;
    const data = {
        v: 1,
        run_id: marker.runId,
        run_attempt: marker.runAttempt,
        commit: marker.commit,
        plan_hash: marker.planHash,
        ...(destructive
            ? { destructive: destructive.map(({ address, action }) => ({ address, action })) }
            : { destructive_digest: destructiveDigest }),
        ...(changes && { changes: changes.join(' ') }),
        ...(marker.closed && { closed: marker.closed }),
    };
    return `<!-- deploy-spot-mig:${kind} ${encodeName(name)} ${escapeJson(JSON.stringify(data))} -->`;
}
/**
 * Nothing in it ends an HTML comment (`-->`, `--!>`), and nobody is pinged by an address that has
 * `@team` or `#12` in it, whoever reads the text. All these stand only inside of JSON strings.
 */
function escapeJson(json) {
    return json.replace(/[<>&@#]|(?<=-)-/g, (character) => {
        const code = character.charCodeAt(0).toString(16).padStart(4, '0');
        return `\\u${code}`;
    });
}
// A name of Google Cloud may have `--` in it.
function encodeName(name) {
    return encodeURIComponent(name).replaceAll('--', '-%2D');
}
function decodeName(name) {
    try {
        return decodeURIComponent(name);
    }
    catch {
        // Somebody else's text: no name of ours is malformed.
        return undefined;
    }
}
function readChanges(value) {
    return asList(value).map((item) => {
        const { address, action } = asRecord(item);
        return { address: asText(address), action: asText(action) };
    });
}
function wordsOf(text) {
    return text.split(' ').filter((word) => word !== '');
}

;// CONCATENATED MODULE: ./lib/github/sticky/settle.js


const MAX_STEPS = 30;
const MAX_FAILURES = 4;
const MAX_WAITS = 3;
const FIRST_PAUSE_MS = 1_000;
/** No run waits longer than this for a limit of GitHub's to end. */
const MAX_PAUSE_MS = 120_000;
/** Looks and acts until nothing is left to do. @throws GitHubError */
function settle_settle(client, shelf, wanted) {
    return new Settling(client, shelf, wanted).run();
}
class Settling {
    #client;
    #shelf;
    #wanted;
    #written = new Set();
    #replaced = new Set();
    #url = '';
    #failures = 0;
    #waits = 0;
    constructor(client, shelf, wanted) {
        this.#client = client;
        this.#shelf = shelf;
        this.#wanted = wanted;
    }
    async run() {
        for (let steps = 0; steps < MAX_STEPS; steps++) {
            const { isOver, ...scene } = await this.#shelf.look();
            // What people saw before it was over is what they reviewed: later words must not take its place.
            if (isOver && this.#written.size === 0)
                this.#wanted = undefined;
            const done = { written: this.#written, replaced: this.#replaced };
            const step = nextStep({ ...scene, wanted: this.#wanted, done });
            if (step.kind === 'settled')
                return { shows: step.shows, url: step.at?.url ?? this.#url };
            if (step.kind === 'wait') {
                // It was taken, and that is certain; only the answers are late.
                if (this.#waits === MAX_WAITS)
                    return { shows: 'ours', url: this.#url };
                await this.#client.pause(FIRST_PAUSE_MS * 2 ** this.#waits++);
            }
            else
                await this.#act(step, scene.seen);
        }
        throw new GitHubError(`Could not ${this.#shelf.purpose}: after ${MAX_STEPS} attempts somebody else had changed it again.`, { kind: 'lost' }, { hint: 'Look for another workflow that writes it all the time.' });
    }
    /** After a write that broke off nothing is certain: the next look tells whether it was carried out. */
    async #act(step, seen) {
        try {
            if (step.kind === 'remove')
                await this.#shelf.remove(step.id);
            else if (step.kind === 'update')
                await this.#update(step, seen);
            else {
                this.#url = await this.#shelf.create(step.body);
                this.#written.add(step.body);
            }
        }
        catch (error) {
            await this.#bear(error);
        }
    }
    async #update({ id, body }, seen) {
        const before = seen.find((sighting) => sighting.id === id);
        if (!(await this.#shelf.update(id, body)) || !before)
            return;
        this.#url = before.url;
        this.#written.add(body);
        this.#replaced.add(before.body);
    }
    async #bear(error) {
        if (!(error instanceof GitHubError) || !error.isPassing)
            throw error;
        const pauseMs = error.waitMs ?? FIRST_PAUSE_MS * 2 ** this.#failures;
        this.#failures += 1;
        if (this.#failures > MAX_FAILURES || pauseMs > MAX_PAUSE_MS)
            throw error;
        this.#client.log.debug(`${error.message} Looking again in ${pauseMs} ms.`);
        await this.#client.pause(pauseMs);
    }
}

;// CONCATENATED MODULE: ./lib/github/sticky/sightings.js


/**
 * Those of GitHub's comments or issues that `login` wrote for the subject. A marker in somebody
 * else's text is worth nothing: anyone may copy one.
 */
function sightings_readSightings(items, { kind, name }, login) {
    return items.flatMap((item) => {
        const { id, number, body, user, updated_at: updatedAt, html_url: url } = asRecord(item);
        const generation = parseMarker(asText(body));
        const isOurs = asText(asRecord(user)['login']).toLowerCase() === login.toLowerCase();
        if (!isOurs || generation?.kind !== kind || generation.name !== name)
            return [];
        const updatedAtMs = Date.parse(asText(updatedAt)) || 0;
        const handle = asNumber(number) ?? asNumber(id) ?? 0;
        return [{ id: handle, body: asText(body), generation, updatedAtMs, url: asText(url) }];
    });
}

;// CONCATENATED MODULE: ./lib/github/comments.js





const comments_PERMISSION = 'pull-requests: write';
/** Whoever deleted it: the next look tells what that means. */
const GONE = (/* unused pure expression or super */ null && ([404, 410]));
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
/** Brings the one comment of the subject in order; without `wanted` only what is there already. */
function comments_settleComment(client, { pullRequest, subject }, wanted) {
    return settle(client, commentShelf(client, pullRequest, subject), wanted);
}
/** Our comments of a subject on a pull request, as GitHub lists them. */
async function comments_listOwnComments(client, pullRequest, subject) {
    const [login, comments] = await Promise.all([
        client.ownLogin(),
        client.readAll({
            route: `GET ${COMMENTS}`,
            parameters: { issue_number: pullRequest },
            purpose: `read the comments of pull request #${pullRequest}`,
            permission: comments_PERMISSION,
        }),
    ]);
    return comments.filter((comment) => readSightings([comment], subject, login).length > 0);
}
function commentShelf(client, number, subject) {
    const purpose = `write the comment on pull request #${number}`;
    const write = (route, parameters) => client.requestOnce({ route, parameters, accept: GONE, purpose, permission: comments_PERMISSION });
    return {
        purpose,
        look: async () => {
            const [pullRequest, comments, login] = await Promise.all([
                fetchPullRequest(client, number),
                comments_listOwnComments(client, number, subject),
                client.ownLogin(),
            ]);
            return {
                seen: readSightings(comments, subject, login),
                head: pullRequest.headSha,
                isOver: pullRequest.state === 'merged',
                finish: (body) => renderNote(body, pullRequest),
            };
        },
        create: async (body) => {
            const route = `POST ${COMMENTS}`;
            const parameters = { issue_number: number, body };
            const answer = await client.requestOnce({
                route,
                parameters,
                purpose,
                permission: comments_PERMISSION,
            });
            return asText(asRecord(answer.data)['html_url']);
        },
        update: async (id, body) => {
            const { status } = await write(`PATCH ${COMMENT}`, { comment_id: id, body });
            return !GONE.includes(status);
        },
        remove: async (id) => {
            await write(`DELETE ${COMMENT}`, { comment_id: id });
        },
    };
}
/**
 * Pure: below its marker the comment says when its pull request is over, or has moved on to another
 * commit than the one that is shown; else it says nothing there.
 */
function renderNote(body, pullRequest) {
    const marker = parseMarker(body);
    if (!marker)
        return body;
    const [, first = '', rest = ''] = PARTS.exec(body) ?? [];
    const { state } = pullRequest;
    const words = noteOf(marker.commit, pullRequest);
    const line = markClosed(first, state === 'open' ? undefined : state);
    if (words === '')
        return rest === '' ? line : `${line}\n${rest}`;
    return `${line}\n> ${words} ${NOTE}\n\n${rest.trimStart()}`;
}
const NOTE = '<!-- deploy-spot-mig:note -->';
/** The marker's line, a note that may follow it, and all the rest. */
const PARTS = /^([^\r\n]*)(?:\r?\n> [^\r\n]* <!-- deploy-spot-mig:note -->)?(?:\r?\n)?(.*)$/s;
function noteOf(shown, pullRequest) {
    const { state, headSha, mergeCommit, mergedBy, baseRef } = pullRequest;
    const short = (sha) => sha.slice(0, 12);
    const by = mergedBy === '' ? '' : ` by ${mergedBy}`;
    if (state === 'merged')
        return `**Merged** into ${asCode(baseRef)} as ${short(mergeCommit)}${by}: the deploy of that commit makes a plan of its own.`;
    if (state === 'closed')
        return '**Closed without merging**: nothing of this plan is applied.';
    if (shown === headSha)
        return '';
    return `**Outdated**: this is the plan of ${short(shown)}, and the branch is at ${short(headSha)} now.`;
}
// A branch may be called almost anything.
function asCode(ref) {
    return `\`${ref.replaceAll('`', "'")}\``;
}
/** Whether somebody else than `login` had the last hand on a comment: people with write access may edit it. */
async function comments_wasEditedByOthers(client, comment, login) {
    const { data } = await client.request({
        route: 'POST /graphql',
        parameters: { query: EDITOR_QUERY, variables: { id: asText(asRecord(comment)['node_id']) } },
        purpose: 'find out who changed the comment with the plan',
        permission: 'pull-requests: read',
    });
    const node = asRecord(asRecord(asRecord(data)['data'])['node']);
    if (node['editor'] === null)
        return false;
    const editor = asRecord(node['editor']);
    // Here an app has no "[bot]" behind its login, as it has everywhere else.
    const suffix = editor['__typename'] === 'Bot' ? '[bot]' : '';
    return `${asText(editor['login'])}${suffix}`.toLowerCase() !== login.toLowerCase();
}
const EDITOR_QUERY = 'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } } } }';

;// CONCATENATED MODULE: ./lib/github/issues.js



const issues_PERMISSION = 'issues: write';
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
const ISSUES = '/repos/{owner}/{repo}/issues';
/** Keeps one open issue of the subject up to date, or makes it. One that somebody closed stays closed. */
function issues_settleIssue(client, text, wanted) {
    return settle(client, issueShelf(client, text), wanted);
}
/** Closes every open issue of the subject. @returns how many there were */
async function issues_closeIssues(client, { subject, label }) {
    const open = await listOpen(client, { subject, label });
    for (const { id } of open)
        await issues_close(client, id, 'completed');
    return open.length;
}
function issueShelf(client, { subject, title, label }) {
    const purpose = `write the issue "${title}"`;
    const write = async (route, parameters) => {
        const request = { route, parameters, purpose, permission: issues_PERMISSION };
        return asText(asRecord((await client.requestOnce(request)).data)['html_url']);
    };
    return {
        purpose,
        look: async () => ({
            seen: await listOpen(client, { subject, label }),
            finish: (body) => body,
        }),
        create: (body) => write(`POST ${ISSUES}`, { title, body, labels: [label] }),
        update: async (id, body) => {
            await write(`PATCH ${ISSUE}`, { issue_number: id, title, body });
            return true;
        },
        remove: (id) => issues_close(client, id, 'not_planned'),
    };
}
async function listOpen(client, { subject, label }) {
    const [login, issues] = await Promise.all([
        client.ownLogin(),
        client.readAll({
            route: `GET ${ISSUES}`,
            parameters: { state: 'open', labels: label },
            purpose: `look for an open issue with the label ${label}`,
            permission: issues_PERMISSION,
        }),
    ]);
    // GitHub lists pull requests among the issues.
    const proper = issues.filter((issue) => !('pull_request' in asRecord(issue)));
    return readSightings(proper, subject, login);
}
async function issues_close(client, number, reason) {
    await client.request({
        route: `PATCH ${ISSUE}`,
        parameters: { issue_number: number, state: 'closed', state_reason: reason },
        purpose: `close issue #${number}`,
        permission: issues_PERMISSION,
    });
}

;// CONCATENATED MODULE: ./lib/github/github.js








/** What a deployment wants of GitHub, for one repository, as the owner of one token. */
class github_GitHub {
    #client;
    constructor(ports, options) {
        this.#client = new GitHubClient(ports, options);
    }
    /**
     * Leaves one comment that shows the latest run: updated in place, made again where somebody
     * deleted it, with a note where the pull request is over.
     */
    async upsertComment({ pullRequest, ...text }) {
        const { marker, wanted } = read(text);
        const where = { pullRequest, subject: marker };
        return toWritten(await settleComment(this.#client, where, wanted));
    }
    /** Lets the comment say that its pull request is over (or open again). @returns whether there is one */
    async closeComment(pullRequest, subject) {
        const { shows } = await settleComment(this.#client, { pullRequest, subject }, undefined);
        return shows !== 'nothing';
    }
    /** Our comment about the subject; should there be several, that of the latest run. */
    async findOwnComment(pullRequest, subject) {
        const comments = await listOwnComments(this.#client, pullRequest, subject);
        const login = await this.#client.ownLogin();
        const sightings = readSightings(comments, subject, login);
        const sighting = sightings.toSorted((a, b) => (isNewer(a.generation, b.generation) ? -1 : 1))[0];
        const comment = comments.find((one) => asRecord(one)['id'] === sighting?.id);
        const marker = sighting && parseMarker(sighting.body);
        if (!sighting || !marker)
            return undefined;
        const wasEdited = await wasEditedByOthers(this.#client, comment, login);
        const { id, url, body } = sighting;
        return { id, url, body, marker, wasEdited };
    }
    fetchPullRequest(number) {
        return fetchPullRequest(this.#client, number);
    }
    /** Undefined where there are more than GitHub lists. */
    changedFiles(pullRequest) {
        return listChangedFiles(this.#client, pullRequest);
    }
    /** Undefined for a direct push, which nobody has reviewed. */
    mergedPullRequestOf(commit) {
        return findMergedPullRequest(this.#client, commit);
    }
    /** Leaves one open issue that shows the latest run. */
    async upsertIssue({ title, label, ...text }) {
        const { marker, wanted } = read(text);
        return toWritten(await settleIssue(this.#client, { subject: marker, title, label }, wanted));
    }
    /** Closes what `upsertIssue` left open. @returns how many issues that were */
    closeIssue(subject, label) {
        return closeIssues(this.#client, { subject, label });
    }
}
function toWritten({ url, shows }) {
    return { url, shows: shows === 'ours' ? 'ours' : 'newer' };
}
function read({ body, startedAtMs }) {
    const marker = parseMarker(body);
    // A mistake of ours, and not of anybody who could mend it.
    if (!marker)
        throw new Error('A text without a marker would never be found again.');
    return { marker, wanted: { body, generation: marker, startedAtMs } };
}

;// CONCATENATED MODULE: ./lib/compose/outside/github.js




/** GitHub's API as the owner of the job's token; undefined without one. */
function composeGitHub(parts) {
    const [ports, options] = connect(parts) ?? [];
    return ports && options && new GitHub(ports, options);
}
/** The same, request by request. */
function composeGitHubClient(parts) {
    const [ports, options] = connect(parts) ?? [];
    return ports && options && new client_GitHubClient(ports, options);
}
function connect({ config, env, log, signal, }) {
    if (config.githubToken === '')
        return undefined;
    log.mask(config.githubToken);
    const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com';
    return [
        { api: octokitApi({ token: config.githubToken, apiUrl }, log), clock: clock/* systemClock */.m, log },
        { repository: env['GITHUB_REPOSITORY'] ?? '', signal },
    ];
}

;// CONCATENATED MODULE: ./lib/compose/deployment-end.js







/** How long the post step may take for GitHub's page of deployments. */
const POST_MS = 15_000;
/** Says of the deployment of a main step that was killed that it has ended. Never throws. */
async function endDeployment(config, env, id) {
    const log = new runner_log/* RunnerLog */.r(core, new redact/* Redactor */.p());
    const signal = AbortSignal.timeout(POST_MS);
    const client = composeGitHubClient({ config, env, log, signal });
    if (client === undefined)
        return;
    try {
        await addStatus(client, id, {
            state: 'failure',
            description: 'The run was stopped before it could tell how it ended.',
            logUrl: (0,context/* readJobContext */.V1)(env).runUrl,
            environmentUrl: '',
        });
    }
    catch (error) {
        log.info(`GitHub shows the deployment as still going on. ${(0,errors/* describeError */.U)(error)}`);
    }
}


/***/ })

};
