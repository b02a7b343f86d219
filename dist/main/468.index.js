export const id = 468;
export const ids = [468];
export const modules = {

/***/ 6396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ octokitApi)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

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
    const response = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(error)['response']);
    const { status, headers, data } = response;
    if (typeof status !== 'number')
        throw error;
    return { status, headers: toHeaders(headers), data };
}
function toHeaders(headers) {
    return Object.fromEntries(Object.entries((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]));
}


/***/ }),

/***/ 5031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ composeGitHub),
  P: () => (/* binding */ composeGitHubClient)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/adapters/network/octokit.js
var octokit = __webpack_require__(6396);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
// EXTERNAL MODULE: ./lib/github/api/failure.js
var failure = __webpack_require__(5314);
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
class GitHubClient {
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
            throw (0,failure/* unreachable */.HB)(request, error);
        }
        if (answer.status < 300 || request.accept?.includes(answer.status))
            return answer;
        throw (0,failure/* toError */.iT)(request, (0,failure/* readFailure */.f1)(answer, clock.now()));
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
        throw (0,failure/* toError */.iT)(request, { kind: 'refused', status, message });
    }
    async #attempt(request, giveUpAt) {
        try {
            return { done: await this.requestOnce(request) };
        }
        catch (error) {
            if (!(error instanceof failure/* GitHubError */.y_) || !error.isPassing)
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

// EXTERNAL MODULE: ./lib/github/marker.js
var github_marker = __webpack_require__(5917);
;// CONCATENATED MODULE: ./lib/github/pull-requests.js

const PERMISSION = 'pull-requests: write';
async function fetchPullRequest(client, number) {
    const { data } = await client.request({
        route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
        parameters: { pull_number: number },
        purpose: `read pull request #${number}`,
        permission: PERMISSION,
    });
    return readPullRequest(data);
}
/**
 * The merged pull request that brought this commit to its branch; undefined for a direct push, and
 * for a commit that is merely part of one: what was reviewed is the whole of it.
 */
async function findMergedPullRequest(client, commit) {
    const pulls = await client.readAll({
        route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
        parameters: { commit_sha: commit },
        purpose: `find the pull request of commit ${commit.slice(0, 7)}`,
        permission: 'pull-requests: read',
    });
    const merged = (0,json/* asList */.DD)(pulls)
        .map(readPullRequest)
        .filter(({ state }) => state === 'merged');
    // A fast-forward by hand makes no commit of its own.
    return (merged.find(({ mergeCommit }) => mergeCommit === commit) ??
        merged.find(({ headSha }) => headSha === commit));
}
/** GitHub lists no more of them than this. */
const MAX_FILES = 3_000;
/** What a pull request changes, also under the name that a file had before; undefined where GitHub lists not all. */
async function listChangedFiles(client, number) {
    const files = await client.readAll({
        route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
        parameters: { pull_number: number },
        purpose: `list the files of pull request #${number}`,
        permission: 'pull-requests: read',
    });
    if (files.length >= MAX_FILES)
        return undefined;
    const names = files.map(json/* asRecord */.qY).flatMap((file) => [file['filename'], file['previous_filename']]);
    return names.map(json/* asText */.e1).filter((name) => name !== '');
}
function readPullRequest(data) {
    const pull = (0,json/* asRecord */.qY)(data);
    const isMerged = (0,json/* asText */.e1)(pull['merged_at']) !== '';
    return {
        number: (0,json/* asNumber */.i)(pull['number']) ?? 0,
        headSha: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(pull['head'])['sha']),
        baseRef: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(pull['base'])['ref']),
        state: isMerged ? 'merged' : pull['state'] === 'closed' ? 'closed' : 'open',
        // Of an open one it is the trial merge that GitHub keeps.
        mergeCommit: isMerged ? (0,json/* asText */.e1)(pull['merge_commit_sha']) : '',
        mergedBy: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(pull['merged_by'])['login']),
        url: (0,json/* asText */.e1)(pull['html_url']),
    };
}

;// CONCATENATED MODULE: ./lib/github/sticky/generation.js
/**
 * Whether `a` is the later word on a pull request whose branch is at `head` (undefined where there
 * is none). What speaks of the head beats what speaks of another commit, also after a force push
 * back to an older one; then the later run, and of one run the later attempt.
 */
function isNewer(a, b, head) {
    const isOfHead = (generation) => generation.commit === head;
    if (a.commit !== b.commit && isOfHead(a) !== isOfHead(b))
        return isOfHead(a);
    if (a.runId !== b.runId)
        return a.runId > b.runId;
    return a.runAttempt > b.runAttempt;
}
function isSame(a, b) {
    return a.commit === b.commit && a.runId === b.runId && a.runAttempt === b.runAttempt;
}

;// CONCATENATED MODULE: ./lib/github/sticky/step.js

/**
 * What to do next, so that in the end one text is left that shows the latest run. GitHub knows no
 * condition for a write, so each run looks, does one step and looks again. All runs agree on the
 * text to keep (the oldest) and on the words to show (the latest run's), so they help each other,
 * in whatever order their requests arrive.
 */
function nextStep(scene) {
    const { wanted, finish, done } = scene;
    const [target, ...extras] = scene.seen.toSorted((a, b) => a.id - b.id);
    const newest = newestOf(scene.seen, scene.head);
    if (!target || !newest)
        return startStep(scene);
    const isOurs = wanted !== undefined && wins(wanted, newest, scene);
    const body = finish(isOurs ? wanted.body : newest.body);
    if (!shows(target, body, done)) {
        // GitHub may answer from a copy that is behind. Who acted on that could overwrite somebody.
        if (done.written.has(body) && done.replaced.has(target.body))
            return { kind: 'wait' };
        return { kind: 'update', id: target.id, body };
    }
    const extra = extras.at(-1);
    if (extra)
        return { kind: 'remove', id: extra.id };
    const isShown = isOurs || (wanted !== undefined && isSame(wanted.generation, newest.generation));
    return { kind: 'settled', shows: isShown ? 'ours' : 'newer', at: target };
}
function startStep({ wanted, finish, done }) {
    if (!wanted)
        return { kind: 'settled', shows: 'nothing', at: undefined };
    if (done.written.size > 0)
        return { kind: 'wait' };
    return { kind: 'create', body: finish(wanted.body) };
}
function newestOf(seen, head) {
    return seen.reduce((best, one) => (best && !isNewer(one.generation, best.generation, head) ? best : one), undefined);
}
function wins(wanted, newest, { head, done }) {
    const ours = wanted.generation;
    const theirs = newest.generation;
    // Two jobs of one run that say different things: whoever comes last has the last word, once.
    if (isSame(ours, theirs))
        return done.written.size === 0;
    if (isNewer(ours, theirs, head))
        return true;
    // An old run that was started again after the other had ended looked at the world later.
    return ours.commit === theirs.commit && newest.updatedAtMs + 1000 <= wanted.startedAtMs;
}
// GitHub may keep a text otherwise than it was sent; then its first line says that it is the one.
function shows({ body }, wanted, { written }) {
    if (normal(body) === normal(wanted))
        return true;
    return written.has(wanted) && firstLine(body) === firstLine(wanted);
}
function normal(text) {
    return text.replaceAll('\r\n', '\n').trim();
}
function firstLine(text) {
    return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}

;// CONCATENATED MODULE: ./lib/github/sticky/settle.js


const MAX_STEPS = 30;
const MAX_FAILURES = 4;
const MAX_WAITS = 3;
const FIRST_PAUSE_MS = 1_000;
/** No run waits longer than this for a limit of GitHub's to end. */
const MAX_PAUSE_MS = 120_000;
/** Looks and acts until nothing is left to do. @throws GitHubError */
function settle(client, shelf, wanted) {
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
        throw new failure/* GitHubError */.y_(`Could not ${this.#shelf.purpose}: after ${MAX_STEPS} attempts somebody else had changed it again.`, { kind: 'lost' }, { hint: 'Look for another workflow that writes it all the time.' });
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
        if (!(error instanceof failure/* GitHubError */.y_) || !error.isPassing)
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
function readSightings(items, { kind, name }, login) {
    return items.flatMap((item) => {
        const { id, number, body, user, updated_at: updatedAt, html_url: url } = (0,json/* asRecord */.qY)(item);
        const generation = (0,github_marker/* parseMarker */.gY)((0,json/* asText */.e1)(body));
        const isOurs = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(user)['login']).toLowerCase() === login.toLowerCase();
        if (!isOurs || generation?.kind !== kind || generation.name !== name)
            return [];
        const updatedAtMs = Date.parse((0,json/* asText */.e1)(updatedAt)) || 0;
        const handle = (0,json/* asNumber */.i)(number) ?? (0,json/* asNumber */.i)(id) ?? 0;
        return [{ id: handle, body: (0,json/* asText */.e1)(body), generation, updatedAtMs, url: (0,json/* asText */.e1)(url) }];
    });
}

;// CONCATENATED MODULE: ./lib/github/comments.js





const comments_PERMISSION = 'pull-requests: write';
/** Whoever deleted it: the next look tells what that means. */
const GONE = [404, 410];
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
/** Brings the one comment of the subject in order; without `wanted` only what is there already. */
function settleComment(client, { pullRequest, subject }, wanted) {
    return settle(client, commentShelf(client, pullRequest, subject), wanted);
}
/** Our comments of a subject on a pull request, as GitHub lists them. */
async function listOwnComments(client, pullRequest, subject) {
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
                listOwnComments(client, number, subject),
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
            return (0,json/* asText */.e1)((0,json/* asRecord */.qY)(answer.data)['html_url']);
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
    const marker = (0,github_marker/* parseMarker */.gY)(body);
    if (!marker)
        return body;
    const [, first = '', rest = ''] = PARTS.exec(body) ?? [];
    const { state } = pullRequest;
    const words = noteOf(marker.commit, pullRequest);
    const line = (0,github_marker/* markClosed */.W)(first, state === 'open' ? undefined : state);
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
async function wasEditedByOthers(client, comment, login) {
    const { data } = await client.request({
        route: 'POST /graphql',
        parameters: { query: EDITOR_QUERY, variables: { id: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(comment)['node_id']) } },
        purpose: 'find out who changed the comment with the plan',
        permission: 'pull-requests: read',
    });
    const node = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(data)['data'])['node']);
    if (node['editor'] === null)
        return false;
    const editor = (0,json/* asRecord */.qY)(node['editor']);
    // Here an app has no "[bot]" behind its login, as it has everywhere else.
    const suffix = editor['__typename'] === 'Bot' ? '[bot]' : '';
    return `${(0,json/* asText */.e1)(editor['login'])}${suffix}`.toLowerCase() !== login.toLowerCase();
}
const EDITOR_QUERY = 'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } } } }';

;// CONCATENATED MODULE: ./lib/github/issues.js



const issues_PERMISSION = 'issues: write';
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
const ISSUES = '/repos/{owner}/{repo}/issues';
/** Keeps one open issue of the subject up to date, or makes it. One that somebody closed stays closed. */
function settleIssue(client, text, wanted) {
    return settle(client, issueShelf(client, text), wanted);
}
/** Closes every open issue of the subject. @returns how many there were */
async function closeIssues(client, { subject, label }) {
    const open = await listOpen(client, { subject, label });
    for (const { id } of open)
        await issues_close(client, id, 'completed');
    return open.length;
}
function issueShelf(client, { subject, title, label }) {
    const purpose = `write the issue "${title}"`;
    const write = async (route, parameters) => {
        const request = { route, parameters, purpose, permission: issues_PERMISSION };
        return (0,json/* asText */.e1)((0,json/* asRecord */.qY)((await client.requestOnce(request)).data)['html_url']);
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
    const proper = issues.filter((issue) => !('pull_request' in (0,json/* asRecord */.qY)(issue)));
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
class GitHub {
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
        const comment = comments.find((one) => (0,json/* asRecord */.qY)(one)['id'] === sighting?.id);
        const marker = sighting && (0,github_marker/* parseMarker */.gY)(sighting.body);
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
    const marker = (0,github_marker/* parseMarker */.gY)(body);
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
    return ports && options && new GitHubClient(ports, options);
}
function connect({ config, env, log, signal, }) {
    if (config.githubToken === '')
        return undefined;
    log.mask(config.githubToken);
    const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com';
    return [
        { api: (0,octokit/* octokitApi */.k)({ token: config.githubToken, apiUrl }, log), clock: clock/* systemClock */.m, log },
        { repository: env['GITHUB_REPOSITORY'] ?? '', signal },
    ];
}


/***/ }),

/***/ 5314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   f1: () => (/* binding */ readFailure),
/* harmony export */   iT: () => (/* binding */ toError),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _lib_network_reason_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(702);



/** What GitHub refused or could not do, with the permission to add where that is the reason. */
class GitHubError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l {
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
    return new GitHubError(text, failure, { hint: hintFor(failure, permission) });
}
function unreachable({ purpose }, cause) {
    const text = `Could not ${purpose}: GitHub did not answer (${(0,_lib_network_reason_js__WEBPACK_IMPORTED_MODULE_1__/* .networkReason */ .d)(cause)}).`;
    return new GitHubError(text, { kind: 'lost' }, { cause, hint: STATUS_PAGE });
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
    const { message, errors } = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(data);
    const details = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(errors).map((error) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(error)['message']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(error));
    const texts = [(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(message), ...details].filter((text) => text !== '');
    return texts.length > 0 ? texts.join(': ') : `status ${status} without a reason`;
}


/***/ }),

/***/ 5917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bd: () => (/* binding */ renderMarker),
/* harmony export */   W: () => (/* binding */ markClosed),
/* harmony export */   gY: () => (/* binding */ parseMarker)
/* harmony export */ });
/* unused harmony export digestOf */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9968);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);



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
function parseMarker(body) {
    const [, kind, name = '', json = ''] = PATTERN.exec(body) ?? [];
    if (kind !== 'plan' && kind !== 'drift')
        return undefined;
    const data = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json));
    const { v, run_id: runId, run_attempt: runAttempt, closed } = data;
    if (v !== 1 || !Number.isSafeInteger(runId) || !Number.isSafeInteger(runAttempt))
        return undefined;
    const destructive = 'destructive' in data ? readChanges(data['destructive']) : undefined;
    const digest = destructive ? digestOf(destructive) : (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['destructive_digest']);
    const decoded = decodeName(name);
    if (digest === '' || decoded === undefined)
        return undefined;
    return {
        kind,
        name: decoded,
        runId: Number(runId),
        runAttempt: Number(runAttempt),
        commit: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['commit']),
        planHash: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['plan_hash']),
        destructive,
        destructiveDigest: digest,
        changes: 'changes' in data ? wordsOf((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['changes'])) : undefined,
        closed: closed === 'merged' || closed === 'closed' ? closed : undefined,
    };
}
/** The same body, whose marker now says how the pull request ended; without a marker it stays as it is. */
function markClosed(body, closed) {
    const marker = parseMarker(body);
    if (!marker || marker.closed === closed)
        return body;
    return body.replace(PATTERN, () => render({ ...marker, closed }));
}
/** Equal for equal sets of changes, whatever their order. */
function digestOf(changes) {
    const lines = changes.map(({ address, action }) => (0,_lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .d)([action, address])).sort();
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(lines.join('\n')).digest('hex');
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
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(value).map((item) => {
        const { address, action } = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(item);
        return { address: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(address), action: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(action) };
    });
}
function wordsOf(text) {
    return text.split(' ').filter((word) => word !== '');
}


/***/ }),

/***/ 1226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ renderCostLine),
/* harmony export */   u: () => (/* binding */ renderCostDetails)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3021);

/** `about 5.65 USD a month, +0.00`. */
function renderCostLine(cost) {
    if (cost.monthlyUsd === undefined)
        return 'cost not known';
    const most = cost.monthlyUsdAtMost;
    const amount = most === undefined
        ? renderUsd(cost.monthlyUsd)
        : `${renderUsd(cost.monthlyUsd)} to ${renderUsd(most)}`;
    const difference = cost.differenceUsd === undefined ? '' : `, ${renderDifference(cost.differenceUsd)}`;
    return `${cost.isPartial ? 'at least' : 'about'} ${amount} USD a month${difference}`;
}
/** What the sum is made of, as Markdown; empty without prices. */
function renderCostDetails(cost, code) {
    if (cost.unreadable !== undefined)
        return [`Cost: ${code(cost.unreadable)}`];
    const parts = cost.parts.map(({ name, monthlyUsd }) => `- ${code(name)} ${renderUsd(monthlyUsd)} USD`);
    const unknown = cost.unknown.map((name) => `- not in the sum: ${code(name)}`);
    const onDemand = cost.monthlyUsdOnDemand === undefined
        ? []
        : [`- the same without Spot VMs: ${renderUsd(cost.monthlyUsdOnDemand)} USD`];
    return [...parts, ...unknown, ...onDemand];
}
function renderUsd(amount) {
    const [whole = '', cents = ''] = amount.toFixed(2).split('.');
    return `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .grouped */ .zD)(Number(whole))}.${cents}`;
}
function renderDifference(amount) {
    return `${amount < 0 ? '−' : '+'}${renderUsd(Math.abs(amount))}`;
}


/***/ })

};
