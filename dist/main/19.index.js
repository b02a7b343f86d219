export const id = 19;
export const ids = [19];
export const modules = {

/***/ 19:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeDeploy: () => (/* binding */ composeDeploy)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(6058);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/adapters/disk/docker-folder.js



const CONFIG = 'config.json';
/** The user's folder of Docker's client on this machine. */
function dockerFolder(env) {
    const own = (0,external_node_path_.resolve)(env['DOCKER_CONFIG'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.docker'));
    return {
        readConfig: () => (0,promises_.readFile)((0,external_node_path_.join)(own, CONFIG), 'utf8').catch(ifMissing(undefined)),
        mirror: async (directory) => {
            await (0,promises_.rm)(directory, { recursive: true, force: true });
            await (0,promises_.mkdir)(directory, { recursive: true, mode: 0o700 });
            const names = await (0,promises_.readdir)(own).catch(ifMissing([]));
            for (const name of names.filter((name) => name !== CONFIG)) {
                await (0,promises_.symlink)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(directory, name));
            }
            // buildx writes there, also where the folder is not there yet: not into ours, which goes.
            return { BUILDX_CONFIG: env['BUILDX_CONFIG'] || (0,external_node_path_.join)(own, 'buildx') };
        },
    };
}
/** Only what is not there is nothing; a file that may not be read is an error. */
function ifMissing(instead) {
    return (error) => {
        const isCoded = typeof error === 'object' && error !== null && 'code' in error;
        if (isCoded && error.code === 'ENOENT')
            return instead;
        throw error;
    };
}

;// CONCATENATED MODULE: ./lib/adapters/disk/file-reader.js

/** Reads parts of files of this machine. */
const openLocalFile = async (path) => {
    const handle = await (0,promises_.open)(path, 'r');
    const { size } = await handle.stat();
    return {
        sizeBytes: size,
        read: async (offset, length) => {
            const bytes = Buffer.alloc(length);
            const { bytesRead } = await handle.read(bytes, 0, length, offset);
            return bytes.subarray(0, bytesRead);
        },
        close: () => handle.close(),
    };
};

// EXTERNAL MODULE: ./lib/adapters/disk/files.js
var files = __webpack_require__(1903);
// EXTERNAL MODULE: ./lib/adapters/disk/tree.js
var tree = __webpack_require__(1662);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
;// CONCATENATED MODULE: ./lib/adapters/network/upload.js



/**
 * Uploads through gaxios, as all of Google's requests go, proxies included. The file is streamed:
 * of a layer of gigabytes only some kilobytes are in memory.
 */
function gaxiosBlobSender() {
    const client = new src.gaxios.Gaxios();
    return {
        send: async ({ method, url, headers, body, idleMs, signal }) => {
            const idle = new Idle(idleMs);
            try {
                const response = await client.request({
                    method,
                    url,
                    headers: { ...headers },
                    ...(body && { body: external_node_stream_.Readable.from(readPart(body, idle)) }),
                    signal: AbortSignal.any([signal, idle.signal]),
                    responseType: 'text',
                    redirect: 'manual',
                    retry: false,
                    validateStatus: () => true,
                });
                return {
                    status: response.status,
                    headers: Object.fromEntries(response.headers),
                    body: typeof response.data === 'string' ? response.data : '',
                };
            }
            catch (error) {
                // The library says of every abort no more than that it was one.
                idle.signal.throwIfAborted();
                throw error;
            }
            finally {
                idle.end();
            }
        },
    };
}
/** Aborts when nothing has moved for a while: a large upload may take long, a dead one may not. */
class Idle {
    #stop = new AbortController();
    #timer;
    constructor(idleMs) {
        const reason = new Error(`nothing moved for ${idleMs / 1000} s`);
        this.#timer = setTimeout(() => this.#stop.abort(reason), idleMs);
    }
    get signal() {
        return this.#stop.signal;
    }
    moved() {
        this.#timer.refresh();
    }
    end() {
        clearTimeout(this.#timer);
    }
}
async function* readPart({ path, offset, length }, idle) {
    const stream = (0,external_node_fs_.createReadStream)(path, { start: offset, end: offset + length - 1 });
    for await (const chunk of stream) {
        idle.moved();
        yield chunk;
    }
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./lib/image/gate/image/source.js
var image_source = __webpack_require__(6598);
// EXTERNAL MODULE: ./lib/adapters/processes/lines.js
var processes_lines = __webpack_require__(4041);
;// CONCATENATED MODULE: ./lib/adapters/processes/byte-stream.js





/** Large, since each piece is a round trip to a thread. */
const FILE_PIECE_BYTES = 256 * 1024;
const OURS = /^(?:INPUT|ACTIONS|STATE)_/;
/** Streams of this machine: what a tool writes to its standard output, and files. */
class LocalByteStreams {
    #environment;
    constructor(environment) {
        // As for every other child: neither the inputs nor the right to ask GitHub for tokens.
        const inherited = Object.entries(environment).filter(([name]) => !OURS.test(name));
        this.#environment = Object.fromEntries(inherited);
    }
    async *ofTool(tool, args, signal) {
        signal.throwIfAborted();
        const env = this.#environment;
        const child = (0,external_node_child_process_.spawn)(tool, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
        const lastWords = listen(child);
        const ended = (0,external_node_events_.once)(child, 'close').then(([code]) => code === 0
            ? undefined
            : code === null
                ? 'was ended by a signal'
                : `ended with exit code ${code}`, (cause) => `could not be started (${cause.message})`);
        // It only writes what is read here: nothing of it has to end in order.
        const kill = () => child.kill('SIGKILL');
        signal.addEventListener('abort', kill, { once: true });
        try {
            yield* child.stdout;
            const problem = await ended;
            signal.throwIfAborted();
            if (problem !== undefined)
                throw new image_source/* StreamError */.lm(`${tool} ${problem}${lastWords()}`);
        }
        finally {
            signal.removeEventListener('abort', kill);
            kill();
            await ended;
        }
    }
    async *ofFile(path, signal) {
        signal.throwIfAborted();
        try {
            yield* (0,external_node_fs_.createReadStream)(path, { signal, highWaterMark: FILE_PIECE_BYTES });
        }
        catch (cause) {
            signal.throwIfAborted();
            throw new image_source/* StreamError */.lm(cause instanceof Error ? cause.message : String(cause), cause);
        }
    }
}
function listen({ stderr }) {
    let last = '';
    const lines = new processes_lines/* LineSplitter */.g((line) => {
        if (line.trim() !== '')
            last = line.trim();
    });
    stderr?.on('data', (bytes) => lines.write(bytes));
    stderr?.on('end', () => lines.end());
    return () => (last === '' ? '' : `: ${last}`);
}

// EXTERNAL MODULE: ./lib/adapters/processes/processes.js + 3 modules
var processes = __webpack_require__(344);
// EXTERNAL MODULE: ./lib/github/reviewed.js
var reviewed = __webpack_require__(5382);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
;// CONCATENATED MODULE: ./lib/lib/alongside.js
/**
 * Does some work, and beside it a task that nobody depends on: the task may go on for a while after
 * the work, is stopped then, and at once when the work fails. It is always waited for. It must not reject.
 */
async function alongside(work, sideTask, { clock, patienceMs, signal }) {
    const enough = new AbortController();
    const aside = sideTask(AbortSignal.any([signal, enough.signal]));
    try {
        const result = await work();
        const patience = clock.sleep(patienceMs, enough.signal).catch(() => undefined);
        await Promise.race([aside, patience]);
        return result;
    }
    finally {
        enough.abort(new Error('nobody waits for it any more'));
        await aside;
    }
}

// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/stopwatch.js
var stopwatch = __webpack_require__(2648);
;// CONCATENATED MODULE: ./lib/lib/together.js
/**
 * Runs two tasks side by side. When one fails the other is aborted and waited for, so that nothing
 * goes on behind the error's back; the first failure is the one thrown.
 */
async function together(signal, first, second) {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    let failure;
    const guarded = async (task) => {
        try {
            return await task(either);
        }
        catch (error) {
            failure ??= { error };
            stop.abort(error);
            throw error;
        }
    };
    const [a, b] = await Promise.allSettled([guarded(first), guarded(second)]);
    if (failure)
        throw failure.error;
    if (a.status === 'rejected')
        throw a.reason;
    if (b.status === 'rejected')
        throw b.reason;
    return [a.value, b.value];
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
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
    return new errors/* ActionError */.l(CODES[verdict.cause], text, { hint: hintFor(verdict) });
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
function hintFor({ cause, reason, evidence }) {
    switch (cause) {
        case 'capacity':
            return `Nothing is wrong with the release. Push again later, or let Google choose from more: further \`zones\`, another \`machine_type\`, or \`provisioning: standard\`.`;
        case 'quota':
            return `See what is used: gcloud compute regions describe ${regionIn([reason, ...evidence])} --format="yaml(quotas)", and ask for more at https://console.cloud.google.com/iam-admin/quotas. With strategy "surge" it must do for the group and its new VMs together.`;
        case 'permission':
            return permissionHint(reason);
        case 'configuration':
            return 'Correct the setting that the error names, then push again.';
        default:
            return 'Fix the cause and push again.';
    }
}
function regionIn(texts) {
    return /\b[a-z]+-[a-z]+\d+\b/.exec(texts.join(' '))?.[0] ?? 'REGION';
}
/** Google names both accounts (SERVICE_ACCOUNT_ACCESS_DENIED), so the command can be whole. */
function permissionHint(reason) {
    const [, account, user] = /service account '([^']+)'\. User: '([^']+)'/.exec(reason) ?? [];
    if (account !== undefined && user !== undefined) {
        return `Run: gcloud iam service-accounts add-iam-policy-binding ${account} --member=serviceAccount:${user} --role=roles/iam.serviceAccountUser`;
    }
    return "VMs of a group are made by the project's Google APIs service agent. Run: gcloud projects add-iam-policy-binding PROJECT_ID --member=serviceAccount:PROJECT_NUMBER@cloudservices.gserviceaccount.com --role=roles/compute.instanceGroupManagerServiceAgent";
}

// EXTERNAL MODULE: ./lib/lib/guarded.js
var guarded = __webpack_require__(9115);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
;// CONCATENATED MODULE: ./lib/release/ledger/lock-record.js

/** A lock that nobody renewed for so long has no living holder. */
const STALE_AFTER_MS = 180_000;
/** Whoever wrote a lock that cannot be read: its age alone counts. */
function parseLock(text) {
    const record = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text));
    return {
        holder: (0,json/* asText */.e1)(record['holder']),
        runUrl: (0,json/* asText */.e1)(record['run_url']),
        actor: (0,json/* asText */.e1)(record['actor']),
        acquiredAt: (0,json/* asText */.e1)(record['acquired_at']),
        renewedAt: (0,json/* asText */.e1)(record['renewed_at']),
    };
}
function renderLock(record) {
    const file = {
        holder: record.holder,
        run_url: record.runUrl,
        actor: record.actor,
        acquired_at: record.acquiredAt,
        renewed_at: record.renewedAt,
    };
    return `${JSON.stringify(file, undefined, 2)}\n`;
}
/** Since the last renewal, by Google's clock alone. */
function ageMsOf({ updatedAtMs, serverNowMs }) {
    return serverNowMs - updatedAtMs;
}
/** `https://…/runs/7 (started by octocat)`. */
function describeOwner({ runUrl, actor }) {
    return `${runUrl || 'a run that left no URL'}${actor && ` (started by ${actor})`}`;
}

;// CONCATENATED MODULE: ./lib/release/ledger/lease.js





const RENEW_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 10_000;
/** Given up before others may take it, so that the work is told in time. */
const LOST_AFTER_MS = STALE_AFTER_MS - 15_000;
/** A lock that this run holds: renewed by `keep`, gone after `release`. */
class Lease {
    #ports;
    #held;
    constructor(ports, held) {
        this.#ports = ports;
        this.#held = held;
    }
    /**
     * Renews until `over` aborts. One renewal that fails is tried again; only so many that the lock
     * may be somebody else's by now are the end.
     *
     * @throws ActionError DEPLOY_LOCK_LOST; the reason of `over`
     */
    async keep(over) {
        const { clock, log } = this.#ports;
        let dueAtMs = this.#held.confirmedAtMs + RENEW_EVERY_MS;
        for (;;) {
            await clock.sleep(Math.max(dueAtMs - clock.now(), 0), over);
            try {
                await this.#renewInTime(over);
                dueAtMs = this.#held.confirmedAtMs + RENEW_EVERY_MS;
            }
            catch (error) {
                over.throwIfAborted();
                if (error instanceof errors/* ActionError */.l && error.code === 'DEPLOY_LOCK_LOST')
                    throw error;
                log.info(`The deploy lock could not be renewed, which is tried again: ${(0,network_reason/* networkReason */.d)(error)}`);
                dueAtMs = clock.now() + RETRY_AFTER_MS;
            }
        }
    }
    /** Removes the lock if it is still ours. */
    async release() {
        const { name, owner, generation } = this.#held;
        await lease_removeLock(this.#ports.store, { name, holder: owner.holder, generation });
    }
    /** A request that hangs must not hide that the time is up. */
    async #renewInTime(over) {
        const { clock } = this.#ports;
        const restMs = Math.max(this.#held.confirmedAtMs + LOST_AFTER_MS - clock.now(), 0);
        const guard = async (renewed) => {
            await clock.sleep(restMs, renewed);
            throw this.#tooLate();
        };
        await (0,guarded/* guarded */.N)(over, { work: () => this.#renew(), guard, patienceMs: 0, clock });
    }
    async #renew() {
        if (await this.#rewrite(this.#held.generation))
            return;
        // Somebody else's, or our own earlier renewal that we took for failed.
        const { name, owner } = this.#held;
        const found = await this.#ports.store.read(name);
        if (found === undefined)
            throw this.#lost('somebody removed it');
        const there = parseLock(found.text);
        if (there.holder !== owner.holder)
            throw this.#lost(`${describeOwner(there)} has it now`);
        if (!(await this.#rewrite(found.generation)))
            throw this.#lost('it changed hands just now');
    }
    async #rewrite(ifGeneration) {
        const confirmedAtMs = this.#ports.clock.now();
        const { name, owner, acquiredAt } = this.#held;
        const renewedAt = new Date(confirmedAtMs).toISOString();
        const text = renderLock({ ...owner, acquiredAt, renewedAt });
        const written = await this.#ports.store.write(name, text, { ifGeneration });
        if (written === 'conflict')
            return false;
        this.#held = { ...this.#held, generation: written.generation, confirmedAtMs };
        return true;
    }
    #tooLate() {
        return this.#lost(`it could not be renewed for ${(0,duration/* renderDuration */.P)(LOST_AFTER_MS)}`);
    }
    #lost(why) {
        const { store } = this.#ports;
        return new errors/* ActionError */.l('DEPLOY_LOCK_LOST', `This run lost its deploy lock ${store.url(this.#held.name)}: ${why}.`, {
            hint: 'Another run may be deploying: look at what it came to before running this job again.',
        });
    }
}
/** Removes a lock of this holder, whichever generation it has by now; anybody else's stays. */
async function lease_removeLock(store, lock) {
    let generation = lock.generation ?? (await ownGeneration(store, lock));
    // Only a renewal of our own that was under way can make this go round again.
    while (generation !== undefined) {
        const outcome = await store.remove(lock.name, { ifGeneration: generation });
        generation = outcome === 'conflict' ? await ownGeneration(store, lock) : undefined;
    }
}
async function ownGeneration(store, { name, holder }) {
    const found = await store.read(name);
    return found && parseLock(found.text).holder === holder ? found.generation : undefined;
}

;// CONCATENATED MODULE: ./lib/release/ledger/deploy-lock.js






const WAIT_MS = 15 * 60_000;
const POLL_MS = 5_000;
const RACE_PAUSE_MS = 500;
/** How long work whose lock was lost may take to stop before the run ends without it. */
const PATIENCE_MS = 120_000;
/**
 * Runs `work` while this run alone holds the deploy lock. Its signal aborts when the lock is lost.
 * A lock that cannot be removed afterwards is no failure of the work: it frees itself.
 *
 * @throws ActionError DEPLOY_LOCKED, DEPLOY_LOCK_LOST, GCP_*; what `work` throws
 */
async function withDeployLock(ports, options, work) {
    const lease = await acquireDeployLock(ports, options);
    try {
        return await (0,guarded/* guarded */.N)(options.signal, {
            work,
            guard: (over) => lease.keep(over),
            patienceMs: PATIENCE_MS,
            clock: ports.clock,
        });
    }
    finally {
        await lease.release().catch((error) => {
            const freeIn = (0,duration/* renderDuration */.P)(STALE_AFTER_MS);
            ports.log.warning(`The deploy lock could not be removed; it frees itself in ${freeIn}: ${(0,network_reason/* networkReason */.d)(error)}`);
        });
    }
}
/**
 * Creates the lock, waiting while a living run holds it; one of a run that died is taken over. The
 * lease is not renewed yet.
 *
 * @throws ActionError DEPLOY_LOCKED when the wait was too long, GCP_*; the signal's reason
 */
async function acquireDeployLock(ports, options) {
    const wait = new Wait(ports, options);
    let found;
    let claim = claimOn(found, options.owner);
    for (let isFirst = true;; isFirst = false) {
        const lease = claim === undefined ? undefined : await tryClaim(ports, options, claim);
        if (lease) {
            sayTakeover(ports, found, options.owner);
            return lease;
        }
        // The first claim is a guess; one that fails after a look at the lock lost a race.
        if (!isFirst)
            await wait.pause(claim === undefined ? found : undefined);
        found = await ports.store.read(lockName(options.prefix));
        claim = claimOn(found, options.owner);
    }
}
async function tryClaim(ports, { prefix, owner }, ifGeneration) {
    const name = lockName(prefix);
    const confirmedAtMs = ports.clock.now();
    const acquiredAt = new Date(confirmedAtMs).toISOString();
    const text = renderLock({ ...owner, acquiredAt, renewedAt: acquiredAt });
    const written = await ports.store.write(name, text, { ifGeneration });
    if (written === 'conflict')
        return undefined;
    const { generation } = written;
    return new Lease(ports, { name, owner, acquiredAt, generation, confirmedAtMs });
}
/** Whether any run, living or dead, holds the lock. */
async function isDeployLocked(store, prefix) {
    return (await store.read(lockName(prefix))) !== undefined;
}
/** For the step after a run that could not do it itself: removes the lock if that run still holds it. */
async function releaseDeployLock(store, { prefix, holder }) {
    await removeLock(store, { name: lockName(prefix), holder });
}
function lockName(prefix) {
    return `${prefix}/deploy.lock`;
}
/** The generation that may be overwritten; undefined while a living run holds the lock. */
function claimOn(found, owner) {
    if (found === undefined)
        return '0';
    const isOurs = parseLock(found.text).holder === owner.holder;
    return isOurs || ageMsOf(found) >= STALE_AFTER_MS ? found.generation : undefined;
}
function sayTakeover({ log }, found, owner) {
    if (found === undefined)
        return;
    const before = parseLock(found.text);
    log.info(before.holder === owner.holder
        ? 'This run holds the deploy lock already, from an earlier start.'
        : `Took over the deploy lock of ${describeOwner(before)}, which did not renew it for ${(0,duration/* renderDuration */.P)(ageMsOf(found))}.`);
}
/** Waits for one holder after the other, up to a limit for all of them. */
class Wait {
    #ports;
    #options;
    #startedAtMs;
    #said;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#startedAtMs = ports.clock.now();
    }
    /** `found` is the lock of a living run; undefined after a race that was lost. */
    async pause(found) {
        const { clock, log } = this.#ports;
        const { signal, waitMs = WAIT_MS, random = Math.random } = this.#options;
        const record = parseLock(found?.text ?? '');
        const restMs = this.#startedAtMs + waitMs - clock.now();
        if (restMs <= 0)
            throw this.#tooLong(record, waitMs);
        if (found && this.#said !== record.holder) {
            this.#said = record.holder;
            log.info(`Waiting for the deploy lock: ${describeOwner(record)} holds it.`);
        }
        // Some jitter, so that several waiting runs do not ask in step.
        const pauseMs = (found ? POLL_MS : RACE_PAUSE_MS) * (0.8 + 0.4 * random());
        await clock.sleep(Math.min(pauseMs, restMs), signal);
    }
    #tooLong(record, waitMs) {
        const { store } = this.#ports;
        const since = record.acquiredAt && ` since ${record.acquiredAt}`;
        return new errors/* ActionError */.l('DEPLOY_LOCKED', `Another run holds the deploy lock ${store.url(lockName(this.#options.prefix))}${since}: ${describeOwner(record)}. This run waited ${(0,duration/* renderDuration */.P)(waitMs)} for it.`, {
            hint: `Wait for that run to end, or cancel it, then run this job again. A run that died loses the lock after ${(0,duration/* renderDuration */.P)(STALE_AFTER_MS)} by itself.`,
        });
    }
}

// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
;// CONCATENATED MODULE: ./lib/release/ledger/ledger.js

const EMPTY_LEDGER = { entries: [], more: {} };
/** Adds an open entry with the next number, as the last one. */
function openEntry(ledger, entry, startedAt) {
    const opened = {
        ...entry,
        attempt: (ledger.entries.at(-1)?.attempt ?? 0) + 1,
        startedAt,
        finishedAt: null,
        outcome: null,
        rolledBackTo: null,
        reason: null,
        more: {},
    };
    return { ...ledger, entries: [...ledger.entries, opened] };
}
/**
 * Writes down how an attempt ended. A second time with the same outcome changes nothing.
 *
 * @throws ActionError LEDGER_CONFLICT when it ended in another way already, or never began
 */
function closeEntry(ledger, attempt, closing) {
    const entry = ledger.entries.find((known) => known.attempt === attempt);
    if (entry === undefined) {
        throw new errors/* ActionError */.l('LEDGER_CONFLICT', `The ledger holds no attempt ${attempt}.`, {
            hint: 'Somebody may have replaced it while this run deployed: look at its earlier versions.',
        });
    }
    if (entry.outcome === closing.outcome)
        return ledger;
    if (entry.outcome !== null)
        throw alreadyClosed(entry, closing.outcome);
    const { finishedAt, outcome, rolledBackTo = null, reason = null } = closing;
    const closed = { ...entry, finishedAt, outcome, rolledBackTo, reason };
    return {
        ...ledger,
        entries: ledger.entries.map((known) => (known === entry ? closed : known)),
    };
}
function alreadyClosed({ attempt, outcome, runUrl }, wanted) {
    return new errors/* ActionError */.l('LEDGER_CONFLICT', `Attempt ${attempt} (${runUrl}) is in the ledger as "${outcome}" already; it cannot become "${wanted}".`, {
        hint: 'Another run has finished it, which happens when this one did not renew its deploy lock: trust the ledger.',
    });
}
/** Attempts that no run has finished: one that runs now, or that a dead run left behind. */
function openEntries({ entries }) {
    return entries.filter(({ outcome }) => outcome === null);
}
/**
 * Where to go back to, best first: for each release whose last word is that it was verified, the
 * entry that says so, newest first. One that failed or was taken back after that is none.
 */
function lastVerified({ entries }, { otherThan }) {
    const lastWords = new Map();
    for (const entry of entries.toReversed()) {
        if (isVerdict(entry) && !lastWords.has(entry.release))
            lastWords.set(entry.release, entry);
    }
    return [...lastWords.values()].filter(({ release, outcome }) => outcome === 'verified' && release !== otherThan);
}
/** Whether the last word on a release is that it was verified. */
function isVerified(ledger, release) {
    return lastVerified(ledger, { otherThan: undefined }).some((entry) => entry.release === release);
}
// A run that was interrupted says nothing about the release.
function isVerdict({ outcome }) {
    return outcome !== null && outcome !== 'interrupted';
}

;// CONCATENATED MODULE: ./lib/release/ledger/ledger-format.js


const VERSION = 1;
const KINDS = ['deploy', 'rollback'];
const OUTCOMES = ['verified', 'rolled_back', 'failed', 'interrupted'];
/**
 * Reads the file; `url` is its gs:// address, for the message. Unknown fields are kept, everything
 * else that is not as this version writes it is refused: a ledger that is taken for empty would
 * forget where to go back to.
 *
 * @throws ActionError LEDGER_UNREADABLE
 */
function parseLedger(text, url) {
    const file = (0,json/* parseJson */.qF)(text);
    if (!(0,json/* isRecord */.u4)(file))
        throw damaged(url, 'it is not a JSON object');
    const { version, entries, ...more } = file;
    if (typeof version !== 'number')
        throw damaged(url, 'it has no "version"');
    if (version !== VERSION)
        throw unknownVersion(url, version);
    if (!Array.isArray(entries))
        throw damaged(url, 'it has no list "entries"');
    const parsed = entries.map((entry, index) => parseEntry(entry, index, url));
    const unordered = parsed.find((entry, index) => entry.attempt <= (parsed[index - 1]?.attempt ?? 0));
    if (unordered)
        throw damaged(url, `attempt ${unordered.attempt} does not follow the one before it`);
    return { entries: parsed, more };
}
/** The file, pretty-printed because people read it. */
function renderLedger({ entries, more }) {
    const file = { version: VERSION, ...more, entries: entries.map(renderEntry) };
    return `${JSON.stringify(file, undefined, 2)}\n`;
}
/** In the order of the file. */
function renderEntry(entry) {
    return {
        attempt: entry.attempt,
        kind: entry.kind,
        release: entry.release,
        template: entry.template,
        image: entry.image,
        previous: entry.previous,
        commit: entry.commit,
        ref: entry.ref,
        actor: entry.actor,
        run_url: entry.runUrl,
        holder: entry.holder,
        started_at: entry.startedAt,
        finished_at: entry.finishedAt,
        outcome: entry.outcome,
        rolled_back_to: entry.rolledBackTo,
        reason: entry.reason,
        ...entry.more,
    };
}
function parseEntry(value, index, url) {
    if (!(0,json/* isRecord */.u4)(value))
        throw damaged(url, `entry ${index + 1} is not a JSON object`);
    const fields = new Fields(value, (field, wanted) => damaged(url, `"${field}" of entry ${index + 1} is not ${wanted}`));
    const entry = {
        attempt: fields.positiveInteger('attempt'),
        kind: fields.oneOf('kind', KINDS),
        release: fields.name('release'),
        template: fields.name('template'),
        image: fields.name('image'),
        previous: fields.orNull('previous', () => fields.name('previous')),
        commit: fields.text('commit'),
        ref: fields.text('ref'),
        actor: fields.text('actor'),
        runUrl: fields.text('run_url'),
        holder: fields.name('holder'),
        startedAt: fields.time('started_at'),
        finishedAt: fields.orNull('finished_at', () => fields.time('finished_at')),
        outcome: fields.orNull('outcome', () => fields.oneOf('outcome', OUTCOMES)),
        rolledBackTo: fields.orNull('rolled_back_to', () => fields.name('rolled_back_to')),
        reason: fields.orNull('reason', () => fields.text('reason')),
    };
    if ((entry.outcome === null) !== (entry.finishedAt === null)) {
        throw damaged(url, `entry ${index + 1} has only one of "finished_at" and "outcome"`);
    }
    return { ...entry, more: fields.rest() };
}
/** Takes known fields out of a record; what is left is unknown. */
class Fields {
    #record;
    #taken = new Set();
    #wrong;
    constructor(record, wrong) {
        this.#record = record;
        this.#wrong = wrong;
    }
    text(field) {
        const value = this.#take(field);
        if (typeof value !== 'string')
            throw this.#wrong(field, 'a text');
        return value;
    }
    name(field) {
        const value = this.text(field);
        if (value === '')
            throw this.#wrong(field, 'a name: it is empty');
        return value;
    }
    time(field) {
        const value = this.text(field);
        if (Number.isNaN(Date.parse(value)))
            throw this.#wrong(field, 'a time');
        return value;
    }
    positiveInteger(field) {
        const value = this.#take(field);
        if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
            return value;
        throw this.#wrong(field, 'a whole number above 0');
    }
    oneOf(field, choices) {
        const value = this.#take(field);
        const choice = choices.find((known) => known === value);
        if (choice === undefined)
            throw this.#wrong(field, `one of ${choices.join(', ')}`);
        return choice;
    }
    /** A field that is missing is not null. */
    orNull(field, read) {
        return this.#take(field) === null ? null : read();
    }
    rest() {
        return Object.fromEntries(Object.entries(this.#record).filter(([field]) => !this.#taken.has(field)));
    }
    #take(field) {
        this.#taken.add(field);
        return this.#record[field];
    }
}
function damaged(url, problem) {
    return new errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} is damaged: ${problem}.`, {
        hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one. To begin a new history instead, run: gcloud storage mv ${url} ${url}.damaged`,
    });
}
function unknownVersion(url, version) {
    return new errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} has format version ${version}; this release of deploy-spot-mig reads version ${VERSION} only.`, { hint: 'Use the release of deploy-spot-mig that deployed last, or a newer one.' });
}

;// CONCATENATED MODULE: ./lib/release/ledger/ledger-file.js




/**
 * Whoever writes holds the deploy lock, so conflicts are rare, and Google takes one write a second.
 * Long, because requests that hang count as well and an entry that is not written is a loss.
 */
const PATIENCE = { totalMs: 300_000, firstDelayMs: 250, maxDelayMs: 4_000 };
/** The ledger in the state bucket. No change is ever lost to another writer, or made twice. */
class LedgerFile {
    #ports;
    #options;
    #name;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#name = `${options.prefix}/releases.json`;
    }
    /**
     * An empty ledger before the first deploy.
     *
     * @throws ActionError LEDGER_UNREADABLE, GCP_*
     */
    async read() {
        const { ledger } = await this.#load();
        return ledger;
    }
    /**
     * Adds an open entry and gives its number.
     *
     * @throws ActionError LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
     */
    async open(entry) {
        const startedAt = this.#now();
        const tried = new Set();
        let attempt = 0;
        await this.change((ledger) => {
            // Written by an earlier try whose answer was lost, and with another run's entry behind it by now.
            const ours = ledger.entries.find((known) => known.holder === entry.holder && tried.has(known.attempt));
            const next = ours ? ledger : openEntry(ledger, entry, startedAt);
            attempt = ours?.attempt ?? next.entries.at(-1)?.attempt ?? 0;
            tried.add(attempt);
            return next;
        });
        return attempt;
    }
    /**
     * Writes down how an attempt ended; a second time with the same outcome changes nothing.
     *
     * @throws ActionError LEDGER_CONFLICT when it ended in another way already, LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
     */
    async close(attempt, closing) {
        const finishedAt = this.#now();
        return this.change((ledger) => closeEntry(ledger, attempt, { ...closing, finishedAt }));
    }
    /**
     * Replaces the ledger by what `change` makes of it, and gives that; the same ledger again means
     * that nothing is to be written. `change` may be called again, also on a ledger in which its
     * effect stands already, and must see that.
     *
     * @throws what `change` throws; ActionError LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
     */
    async change(change) {
        const { signal, random = Math.random } = this.#options;
        const tools = { clock: this.#ports.clock, signal, random };
        return (0,retry/* retry */.L)(() => this.#tryChange(change), PATIENCE, tools);
    }
    async #tryChange(change) {
        const { ledger, generation } = await this.#load();
        const next = change(ledger);
        if (next === ledger)
            return { done: ledger };
        const written = await this.#ports.store.write(this.#name, renderLedger(next), {
            ifGeneration: generation,
        });
        if (written !== 'conflict')
            return { done: next };
        return { again: 'somebody else changed the ledger', giveUp: () => this.#giveUp() };
    }
    async #load() {
        const { store } = this.#ports;
        const found = await store.read(this.#name);
        if (found === undefined)
            return { ledger: EMPTY_LEDGER, generation: '0' };
        const ledger = parseLedger(found.text, store.url(this.#name));
        return { ledger, generation: found.generation };
    }
    #giveUp() {
        throw new errors/* ActionError */.l('LEDGER_BUSY', `Could not write the ledger ${this.#ports.store.url(this.#name)}: others changed it each time between reading and writing.`, {
            hint: 'Look for runs or scripts that write this object without end, then run the job again.',
        });
    }
    #now() {
        return new Date(this.#ports.clock.now()).toISOString();
    }
}

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
            ...(others > 0 ? [`and ${others} more VMs report that they failed`] : []),
        ],
    };
}
/** A VM that is recreated keeps its name but not its id. */
function identityOf({ id, name }) {
    return id || name;
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

;// CONCATENATED MODULE: ./lib/release/rollout/readiness.js
function survey({ group, instances, reports }, policy) {
    const unready = [];
    for (const instance of instances) {
        const why = obstacleOf(instance, reports.get(instance.name), { group, policy });
        if (why !== undefined)
            unready.push({ instance, why });
    }
    const groupWide = [
        ...(instances.length === group.targetSize
            ? []
            : [`there are ${instances.length} VMs where ${group.targetSize} are wanted`]),
        ...(group.isVersionTargetReached ? [] : ['not every VM has its target version']),
        ...(group.isStable ? [] : ['the group is still changing']),
    ];
    const elsewhere = isOnRelease(group, policy)
        ? []
        : [`the group is on version ${renderVersions(group)}`];
    return { unready, groupWide: [...elsewhere, ...groupWide] };
}
/** Why the group does not run the release everywhere, most telling first; empty when it does. */
function renderObstacles({ unready, groupWide }, group, policy) {
    const vms = renderUnready(unready, policy);
    // Where the group is on another version, that is why its VMs are.
    if (isOnRelease(group, policy))
        return [...vms, ...groupWide];
    return [...groupWide.slice(0, 1), ...vms, ...groupWide.slice(1)];
}
/** VM by VM, those of the release first: that the others are still there is only the consequence. */
function renderUnready(unready, { release }) {
    const isOurs = ({ instance }) => instance.versionName === release;
    return [...unready.filter(isOurs), ...unready.filter((vm) => !isOurs(vm))].map(({ instance, why }) => `${instance.name} ${why}`);
}
/** Whether this VM runs the release and serves. */
function isReady(instance, report, context) {
    return obstacleOf(instance, report, context) === undefined;
}
function isOnRelease({ versions }, { release }) {
    return versions.length === 1 && versions[0]?.name === release;
}
function renderVersions({ versions }) {
    return versions.map(({ name }) => name).join(', ') || '(none)';
}
function obstacleOf(instance, report, { group, policy }) {
    const { versionName, currentAction, instanceStatus, lastErrors, healthStates } = instance;
    if (versionName !== policy.release)
        return `is on version ${versionName || '(none)'}`;
    if (lastErrors.length > 0 && instanceStatus !== 'RUNNING')
        return lastErrors.map(({ code, message }) => `${code}: ${message}`).join('; ');
    if (currentAction !== 'NONE')
        return `is ${currentAction}`;
    if (instanceStatus !== 'RUNNING')
        return `is ${instanceStatus || 'not there yet'}`;
    if (group.hasHealthCheck && !isHealthy(instance))
        return `is ${healthStates.join(', ') || 'not probed yet'}`;
    return obstacleIn(report, policy);
}
function obstacleIn(report, policy) {
    if (report === undefined)
        return 'has not reported yet';
    if (report.phase !== 'ready')
        return `reports "${report.phase}"${report.detail && `: ${report.detail}`}`;
    if (report.release !== policy.release || report.image !== policy.image)
        return `runs release ${report.release || '(none)'} with ${report.image || 'no image'}`;
    return undefined;
}
// "every" of nothing is true: without a state there is no health.
function isHealthy({ healthStates }) {
    return healthStates.length > 0 && healthStates.every((state) => state === 'HEALTHY');
}

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
        strangeCount: isOnRelease(group, policy) ? 0 : memory.strangeCount + 1,
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
    const found = survey.unready.length > 0 ? renderUnready(survey.unready, policy) : survey.groupWide;
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
    const look = { observation, policy, survey: survey(observation, policy) };
    const next = remember(memory, look);
    return { memory: next, verdict: judge(next, look) };
}
/** Why the group does not run the release everywhere, most telling first; empty when it does. */
function obstacles(observation, policy) {
    return renderObstacles(survey(observation, policy), observation.group, policy);
}
function judge(memory, look) {
    const { observation, policy } = look;
    if (memory.strangeCount >= STRANGE_OBSERVATIONS) {
        const reason = `somebody else moved the group to version ${renderVersions(observation.group)}`;
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
    const [reason] = renderObstacles(look.survey, observation.group, policy);
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

;// CONCATENATED MODULE: ./lib/release/rollout/boot-report.js

/** Guest attribute to which the startup script writes. */
const BOOT_REPORT_PATH = 'deploy/boot';
/** Undefined when the value is no boot report. */
function readBootReport(value) {
    const report = (0,json/* asRecord */.qY)(value);
    const phase = (0,json/* asText */.e1)(report['phase']);
    if (phase === '')
        return undefined;
    return {
        phase,
        detail: (0,json/* asText */.e1)(report['detail']),
        release: (0,json/* asText */.e1)(report['release']),
        image: (0,json/* asText */.e1)(report['image']),
        log: (0,json/* asText */.e1)(report['log']),
    };
}

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
        const report = readBootReport(await this.#compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH));
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

;// CONCATENATED MODULE: ./lib/release/watch/phase.js

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
    if (isReady(instance, report, { group, policy }))
        return 'ready';
    return report === undefined || report.phase === 'ready' ? 'verifying' : report.phase;
}

;// CONCATENATED MODULE: ./lib/release/watch/state-book.js
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

;// CONCATENATED MODULE: ./lib/release/watch/narrator.js



/** Beyond this many VMs a line for each would be read by nobody. */
const MAX_VMS_IN_LINES = 20;
const BETWEEN_COUNTS_MS = 10_000;
/** Tells what happens: a line for each VM whose state changed, or counts for a large group. */
class Narrator {
    #log;
    #policy;
    #startedAtMs;
    #states = new StateBook((instance, { reports }) => renderState(instance, reports.get(instance.name)));
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
            const phase = phaseOf(instance, observation, this.#policy);
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
    const { unready, groupWide } = survey(observation, policy);
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

;// CONCATENATED MODULE: ./lib/release/watch/timeline.js


/** Enough for a thousand VMs of an ordinary rollout, and little enough to keep. */
const MAX_ENTRIES = 10_000;
/** Which VM was in which phase from when on; of a rollout without end the end is kept. */
class Timeline {
    #phases;
    #entries = [];
    constructor(policy) {
        this.#phases = new StateBook((instance, observation) => phaseOf(instance, observation, policy));
    }
    get entries() {
        return this.#entries;
    }
    note(observation) {
        const { atMs } = observation;
        for (const { vm, state } of this.#phases.update(observation))
            this.#entries.push({ atMs, vm, phase: state ?? 'gone' });
        if (this.#entries.length > MAX_ENTRIES)
            this.#entries = this.#entries.slice(-MAX_ENTRIES);
    }
}

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
        this.#timeline = new Timeline(options.policy);
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
        if (last === undefined || !isOnRelease(last.group, this.#options.policy))
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
        return instances.every((instance) => isReady(instance, reports.get(instance.name), context));
    }
    /** Only VMs that matter for the verdict are asked: those of our version that are not ready yet. */
    async #askReports(instances, group) {
        const { policy } = this.#options;
        this.#reports.forgetAllBut((name) => this.#roster.find(name));
        const { latest } = this.#reports;
        const isLastWord = instances.every((instance) => lacksNothingElse(instance, policy));
        await this.#reports.ask(instances.filter((instance) => instance.versionName === policy.release &&
            !isReady(instance, latest.get(instance.name), { group, policy })), isLastWord);
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

;// CONCATENATED MODULE: ./lib/release/attempt/adoption.js

/**
 * Pure. To be asked under the deploy lock, when every open attempt is that of a run which is no more.
 * The one that brought the group where this run wants it goes on. Of the others nothing is left to
 * finish: this run moves the group away, or the group is on another release already.
 */
function adopt(ledger, { groupIsOn, release }) {
    const open = openEntries(ledger);
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
 * @throws ActionError as `moveGroup` does, LEDGER_*; then the attempt is still open
 */
async function endUnwatched(ports, unwatched) {
    const { isOurs, outcome, why } = unwatched;
    const ledger = await ports.file.read();
    const entry = openEntries(ledger).find(isOurs);
    if (entry === undefined)
        return;
    const { rolledBackTo, left } = await putBack(ports, unwatched, { ledger, entry });
    ports.log.info(`Attempt ${entry.attempt}, release ${entry.release}: ${why}; ${left}.`);
    await ports.file.close(entry.attempt, { outcome, rolledBackTo, reason: `${why}; ${left}` });
}
async function putBack(ports, unwatched, { ledger, entry }) {
    const { compute } = ports;
    const { release, previous } = entry;
    const isItsPlace = previous === release && isVerified(ledger, release);
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
    for (const { release, template } of lastVerified(ledger, { otherThan })) {
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

;// CONCATENATED MODULE: ./lib/release/attempt/settled.js



/** What there is to say when nothing is left to do, nor to write down; else undefined. */
async function findSettled({ compute, clock, log }, options, file) {
    const { policy, release } = options;
    const [ledger, observation] = await Promise.all([
        file.read(),
        // The watch will tell what each VM does; told here as well it would stand there twice.
        new GroupWatch({ compute, clock, log: murmuring(log) }, options).observe(),
    ]);
    const [last] = lastVerified(ledger, { otherThan: undefined });
    const isSettled = openEntries(ledger).length === 0 &&
        last?.release === release.id &&
        obstacles(observation, policy).length === 0;
    if (!isSettled)
        return undefined;
    return { wasRolled: false, previousRelease: release.id, observation, timeline: [] };
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
var image_reference = __webpack_require__(8424);
;// CONCATENATED MODULE: ./lib/image/registry.js



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
    const repository = (0,image_reference/* repositoryOf */._M)(reference);
    const answer = await fetchManifest(google, repository, { reference: (0,image_reference/* digestOf */.ol)(reference) });
    if (answer.status === 404) {
        throw new errors/* ActionError */.l('IMAGE_MISSING', `The image ${reference} is not in the registry.`, {
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
        tags.push(...(0,json/* asList */.DD)((0,json/* asRecord */.qY)(answer.json)['tags']).map(json/* asText */.e1));
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

;// CONCATENATED MODULE: ./lib/release/attempt/way-back.js




/**
 * The newest verified release, other than this one, of which everything is still there: instance
 * template, image, secret versions. One that has lost its image or a secret is still better than
 * none, as VMs that run it need neither; one without template is none. Undefined when there is none.
 */
async function chooseWayBack(ports, ledger, otherThan) {
    const damaged = [];
    for (const entry of lastVerified(ledger, { otherThan })) {
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
    const imageLoss = findDigest(google, (0,image_reference/* repositoryOf */._M)(image), (0,image_reference/* digestOf */.ol)(image)).then((digest) => (digest ? '' : `the registry has no ${image}`), describe);
    const secretLosses = secretsOf(template).map(({ secret, version }) => secretManager.resolveVersion(secret, version).then(() => '', describe));
    const losses = await Promise.all([imageLoss, ...secretLosses]);
    return losses.filter((loss) => loss !== '');
}
// A question that fails is a loss as well: what cannot be seen cannot be relied on.
function describe(error) {
    return error instanceof Error ? error.message : String(error);
}
/** `NAME=secret/version` lines of the metadata that the startup script reads. */
function secretsOf({ properties }) {
    const items = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(properties['metadata'])['items']).map(json/* asRecord */.qY);
    const lines = (0,json/* asText */.e1)(items.find(({ key }) => key === 'app-secrets')?.['value']).split('\n');
    return lines.flatMap((line) => {
        const [, secret, version] = /^[^=]+=(.+)\/([^/]+)$/.exec(line) ?? [];
        return secret !== undefined && version !== undefined ? [{ secret, version }] : [];
    });
}

;// CONCATENATED MODULE: ./lib/release/attempt/take-back.js







/**
 * Brings the group back to the last verified release and watches it arrive. Gives the error that
 * the run ends with: what failed, and what runs now.
 */
async function takeBack(ports, { attempt, group, policy, file, signal, failure, observation }) {
    const target = await chooseWayBack(ports, await file.read(), policy.release);
    if (target === undefined) {
        await file.close(attempt, { outcome: 'failed', reason: take_back_headline(failure) });
        return extended(failure, nothingToGoBackTo(group, observation));
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
    });
    if (verdict.kind === 'verified') {
        const rolledBackTo = target.release;
        await file.close(attempt, { outcome: 'rolled_back', rolledBackTo, reason: take_back_headline(failure) });
        const text = `${(0,group_reference/* groupName */.hv)(group)} was taken back: it runs release ${rolledBackTo} again, verified.`;
        return extended(failure, { text, outcome: 'rolled_back', runs: rolledBackTo });
    }
    const why = rolloutFailure(verdict, { group, policy: back });
    const reason = `${take_back_headline(failure)} The way back failed too: ${take_back_headline(why)}`;
    await file.close(attempt, { outcome: 'failed', reason });
    const text = `The way back failed too: ${why.message}\n${describeRunning(group, seen)}`;
    return extended(failure, { text, hint: why.hint });
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
function nothingToGoBackTo(group, observation) {
    const text = `There is no verified release to go back to. ${describeRunning(group, observation)}`;
    const hint = 'Fix the cause and push again; the next release replaces this one. The group keeps trying until then, which costs what its VMs cost.';
    return { text, hint };
}

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
    const { prefix, holder, provenance, random = Math.random } = options;
    const file = new LedgerFile({ store, clock: ports.clock }, { prefix, signal, random });
    const [settled, isLocked] = await Promise.all([
        findSettled(ports, options, file),
        isDeployLocked(store, prefix),
    ]);
    // A lock is another run that may be about to move the group, or what is left of a dead one.
    if (settled && !isLocked)
        return asUnchanged(settled, ports);
    const { runUrl, actor } = provenance;
    const lock = { prefix, owner: { holder, runUrl, actor }, signal: options.signal, random };
    return withDeployLock({ store, clock: ports.clock, log: ports.log }, lock, async (either) => {
        const settledByNow = isLocked ? await findSettled(ports, options, file) : undefined;
        if (settledByNow)
            return asUnchanged(settledByNow, ports);
        return underLock({ ports, options, file, signal: either });
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
    const { continued, closed } = adopt(ledger, { groupIsOn, release: release.id });
    for (const { entry, closing } of closed) {
        await file.close(entry.attempt, closing);
        ports.log.warning(`Attempt ${entry.attempt}, release ${entry.release} (${entry.runUrl}): ${closing.reason}.`);
    }
    if (continued) {
        ports.log.info(`Going on with attempt ${continued.attempt}, which ${continued.runUrl} left open.`);
        const { attempt, previous } = continued;
        return { attempt, previousRelease: previous ?? '', isContinued: true };
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
    return { attempt, previousRelease: groupIsOn, isContinued: false };
}
async function roll(story, begun) {
    const { ports, options, file, signal } = story;
    const { group, policy, release } = options;
    const templateLink = await linkOf(ports.compute, release, group);
    const { attempt, previousRelease, isContinued } = begun;
    const sinceMs = ports.clock.now();
    const { compute } = ports.lasting;
    const destination = { release: release.id, templateLink };
    const { wasPatched } = await moveGroup({ compute, signal }, group, destination);
    const { verdict, observation, timeline } = await watchUntilVerdict(ports, {
        group,
        policy,
        signal,
        ...(wasPatched && { sinceMs }),
    });
    if (verdict.kind === 'verified') {
        await file.close(attempt, { outcome: 'verified' });
        return {
            attempted: { wasRolled: wasPatched || isContinued, previousRelease, observation, timeline },
        };
    }
    const failure = rolloutFailure(verdict, { group, policy });
    if (verdict.kind === 'failed' && options.autoRollback) {
        const failed = { attempt, group, policy, file, signal, failure, observation };
        return { failure: await takeBack(ports, failed) };
    }
    await file.close(attempt, { outcome: 'failed', reason: take_back_headline(failure) });
    return { failure: extended(failure, { text: describeRunning(group, observation) }) };
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
async function stop({ ports, options, file }, attempt, cause) {
    const { clock, log } = ports;
    const { compute, signal } = ports.lasting;
    const why = 'the run was cancelled';
    // Where nothing but the cancel ended it, a move that was under way has been waited for.
    const lateMs = cause === options.signal.reason ? 0 : LATE_MS;
    await endUnwatched({ compute, file, clock, log }, { ...ourAttempt(options, attempt), why, outcome: 'interrupted', lateMs, signal }).catch((error) => {
        log.warning(`What the cancel cut short is left to the post step: ${(0,errors/* describeError */.U)(error)}`);
    });
}
/** The group could not be read or changed any more: what is left to try is one step back. */
async function breakOff({ ports, options, file, signal }, attempt, cause) {
    const { compute, clock, log } = ports;
    const why = `it could not be watched to its end (${(0,errors/* describeError */.U)(cause).split('\n', 1)[0]})`;
    await endUnwatched({ compute, file, clock, log }, { ...ourAttempt(options, attempt), why, outcome: 'failed', lateMs: LATE_MS, signal }).catch((error) => {
        log.warning(`The group was left as it is, and the next run settles it: ${(0,errors/* describeError */.U)(error)}`);
    });
}
// An entry that was written although the answer was lost is known by its holder only.
function ourAttempt({ group, holder }, attempt) {
    const isOurs = (entry) => attempt === undefined ? entry.holder === holder : entry.attempt === attempt;
    return { group, isOurs };
}

// EXTERNAL MODULE: ./lib/lib/canonical-json.js
var canonical_json = __webpack_require__(9968);
;// CONCATENATED MODULE: ./lib/release/release.js



/** Instance metadata in which the startup script finds what to run. */
const IMAGE_KEY = 'app-image';
const RELEASE_KEY = 'app-release';
const SECRETS_KEY = 'app-secrets';
const NOTICE_KEY = 'app-preemption-notice';
/** Pure: the same parts always give the same release. */
function makeRelease(parts) {
    const properties = withMetadata(withoutServerFields(parts.base.properties), {
        [IMAGE_KEY]: parts.image,
        ...preemptionNotice(parts.base.properties),
        ...(parts.secretLines !== undefined && { [SECRETS_KEY]: parts.secretLines }),
    });
    const id = (0,external_node_crypto_.createHash)('sha256').update((0,canonical_json/* canonicalJson */.d)(properties)).digest('hex').slice(0, 12);
    return {
        id,
        template: {
            name: `${parts.name}-${id}`,
            description: JSON.stringify({
                ...parts.provenance,
                image: parts.image,
                base: parts.base.name,
            }),
            properties: {
                ...withMetadata(properties, { [RELEASE_KEY]: id }),
                labels: { ...(0,json/* asRecord */.qY)(properties['labels']), release: id },
            },
        },
    };
}
// A VM cannot ask how long a notice it will get, so the seconds that its template asks for are told.
function preemptionNotice(properties) {
    const duration = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(properties['scheduling'])['preemptionNoticeDuration']);
    const seconds = Number(duration['seconds'] ?? 0);
    return seconds > 0 ? { [NOTICE_KEY]: String(seconds) } : {};
}
const SERVER_FIELDS = new Set(['kind', 'fingerprint']);
/** Their keys are the users' own: one of them may be called "kind". */
const USER_MAPS = new Set(['labels', 'resourceManagerTags']);
// Fields that the server adds to what it returns: they would make equal templates look different.
function withoutServerFields(value) {
    const kept = Object.entries(value).filter(([key]) => !SERVER_FIELDS.has(key));
    return Object.fromEntries(kept.map(([key, member]) => [key, USER_MAPS.has(key) ? member : cleaned(member)]));
}
function cleaned(value) {
    if (Array.isArray(value))
        return value.map(cleaned);
    return (0,json/* isRecord */.u4)(value) ? withoutServerFields(value) : value;
}
/** Sets metadata items; the list is sorted by key, since its order carries no meaning. */
function withMetadata(properties, set) {
    const metadata = (0,json/* asRecord */.qY)(properties['metadata']);
    const kept = (0,json/* asList */.DD)(metadata['items'])
        .map(json/* asRecord */.qY)
        .filter((item) => !Object.hasOwn(set, (0,json/* asText */.e1)(item['key'])));
    const items = [...kept, ...Object.entries(set).map(([key, value]) => ({ key, value }))];
    items.sort((a, b) => ((0,json/* asText */.e1)(a['key']) < (0,json/* asText */.e1)(b['key']) ? -1 : 1));
    return { ...properties, metadata: { ...metadata, items } };
}

;// CONCATENATED MODULE: ./lib/release/prepare.js




/** The release of this image on this base, with its instance template in place. */
async function prepareRelease({ google, compute, secretManager, log }, options) {
    const { name, baseTemplateName, image, provenance } = options;
    const [base, secretLines] = await Promise.all([
        fetchBase(compute, baseTemplateName),
        resolveSecretLines(options.secrets, secretManager),
    ]);
    const release = makeRelease({ name, base, image, secretLines, provenance });
    log.info(`Release ${release.id} = ${base.name} + ${image}`);
    if ((await compute.fetchTemplate(release.template.name)) === undefined) {
        // The tag first: a template whose image may be cleaned up could not be rolled back to.
        await tagManifest(google, image, (0,image_reference/* releaseTag */.aF)(release.id));
        await compute.ensureTemplate(release.template);
    }
    return release;
}
async function fetchBase(compute, name) {
    const base = await compute.fetchTemplate(name);
    if (base)
        return base;
    throw new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Compute Engine does not know the base template ${name} that Terraform's outputs name.`, { hint: 'Somebody may have deleted it: run the deploy again, so that terraform makes it anew.' });
}
/** `latest` becomes a number here, so that a release stays what it is. Undefined: there are no secrets. */
async function resolveSecretLines(secrets, secretManager) {
    if (secrets.size === 0)
        return undefined;
    const lines = [...secrets].map(async ([name, { secret, version }]) => {
        return `${name}=${secret}/${await secretManager.resolveVersion(secret, version)}`;
    });
    return (await Promise.all(lines)).sort().join('\n');
}

;// CONCATENATED MODULE: ./lib/release/prune/decision.js

/** A run may be about to open the attempt for a template, or to make one for a tag, of its own. */
const YOUNG_MS = 24 * 3_600_000;
/** Pure. What it does not know it keeps. */
function decidePruning(facts) {
    const { templates, tags } = facts;
    const kept = keptReleases(facts);
    const spared = sparedTemplates(facts);
    const isKept = ({ id, name }) => kept.has(id) || spared.has(id) || facts.usedTemplates.has(name);
    const standing = new Set(templates.map(({ id }) => id));
    const strange = new Set(strangers(facts));
    const isOrphan = (id) => !kept.has(id) && !standing.has(id) && (!strange.has(id) || facts.forgotten.has(id));
    return {
        doomed: templates.filter((template) => !isKept(template)).sort(byAge),
        orphans: [...tags.tagged.keys()].filter(isOrphan).sort(),
        untagged: templates.filter((template) => isKept(template) &&
            template.image.startsWith(facts.ownImage) &&
            !tags.tagged.has(template.id)),
    };
}
/**
 * Releases of which there is a tag, but no template and no attempt: a run died before it made the
 * template, or is about to make it. A tag does not say how old it is, its image does.
 */
function strangers({ ledger, templates, tags, }) {
    const standing = new Set(templates.map(({ id }) => id));
    const known = new Set(ledger.entries.map(({ release }) => release));
    return [...tags.tagged.keys()].filter((id) => !standing.has(id) && !known.has(id));
}
/** The releases to keep by what the ledger says, whether or not they are there. */
function keptReleases({ ledger, tags, running, keepReleases, }) {
    const verified = lastVerified(ledger, { otherThan: undefined });
    const newest = verified.slice(0, Math.max(keepReleases, 1));
    const oldestKept = newest.at(-1)?.attempt ?? 0;
    const [predecessor] = lastVerified(ledger, { otherThan: running });
    const cameFrom = ledger.entries.findLast(({ release, previous }) => release === running && previous !== running);
    // One that was interrupted before all of these has long been followed by a verified release.
    const unfinished = ledger.entries.filter(({ outcome, attempt }) => outcome === 'interrupted' && attempt > oldestKept);
    return new Set([
        running,
        ...tags.pinned,
        ...newest.map(({ release }) => release),
        predecessor?.release ?? null,
        cameFrom?.previous ?? null,
        ...[...openEntries(ledger), ...unfinished].flatMap(releasesOf),
    ]);
}
function releasesOf({ release, previous, rolledBackTo }) {
    return [release, previous, rolledBackTo];
}
/**
 * Templates that the ledger has no good word for, and that stay for a while: young ones, and where it
 * knows fewer verified releases than are to be kept, the newest it knows nothing of. Somebody may
 * have begun a new ledger, and what it forgot is all that there is to go back to.
 */
function sparedTemplates({ ledger, templates, keepReleases, nowMs, }) {
    const verified = new Set(lastVerified(ledger, { otherThan: undefined }).map(({ release }) => release));
    const known = new Set(ledger.entries.map(({ release }) => release));
    const isYoung = ({ createdAtMs = nowMs }) => nowMs - createdAtMs < YOUNG_MS;
    const young = templates.filter((template) => !verified.has(template.id) && isYoung(template));
    const places = Math.max(keepReleases - verified.size, 0);
    const unknown = templates.filter(({ id }) => !known.has(id)).sort(byAge);
    const newest = places === 0 ? [] : unknown.slice(-places);
    return new Set([...young, ...newest].map(({ id }) => id));
}
/** Oldest first; a template of unknown age comes last. */
function byAge(one, other) {
    const age = (one.createdAtMs ?? Infinity) - (other.createdAtMs ?? Infinity);
    return age || (one.name < other.name ? -1 : 1);
}

;// CONCATENATED MODULE: ./lib/release/prune/release-tags.js

/** `release-<id>` is ours, `release-<id>-pinned` a person's; the registry keeps both by their prefix. */
const TAG = /^release-([0-9a-f]{12})(-pinned)?$/;
function readReleaseTags(tags) {
    const tagged = new Map();
    const pinned = new Set();
    for (const { name, digest } of tags) {
        const [, id, pin] = TAG.exec(name) ?? [];
        if (id !== undefined && pin === undefined)
            tagged.set(id, digest);
        if (id !== undefined && pin !== undefined)
            pinned.add(id);
    }
    return { tagged, pinned };
}
/**
 * The package of an image, if it lies in the region's registry and in this project: of others nobody
 * said that the deployer may change them. A domain-scoped project has a slash in image names.
 */
function packageOf(image, { host, projectId }) {
    return packageIn((0,image_reference/* repositoryOf */._M)(image), { host, projectId });
}
/** The same of a repository. */
function packageIn(repository, { host, projectId }) {
    const project = `${projectId.replace(':', '/')}/`;
    if (repository.host !== host || !repository.path.startsWith(project))
        return undefined;
    const [repositoryId = '', ...image] = repository.path.slice(project.length).split('/');
    return image.length === 0 ? undefined : { repositoryId, image: image.join('/') };
}

;// CONCATENATED MODULE: ./lib/release/prune/release-template.js

const ID = '[0-9a-f]{12}';
/** What the names of all release templates of a service match, and next to no others. */
function namePattern(service) {
    return `${service}-${ID}`;
}
/**
 * The release behind a template; undefined for every template that is not ours beyond doubt: name,
 * label and description must all three say so. What somebody copied or renamed is theirs.
 */
function readReleaseTemplate(service, { name, labels, description, createdAtMs }) {
    const id = name.slice(service.length + 1);
    if (!new RegExp(`^${namePattern(service)}$`).test(name) || labels['release'] !== id) {
        return undefined;
    }
    const { image, isOurs } = readDescription(description);
    return isOurs ? { id, name, image, createdAtMs } : undefined;
}
/** What a release's template says of its image; empty where it says nothing. */
function imageOfTemplate({ description }) {
    return readDescription(description).image;
}
function readDescription(description) {
    const told = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(description));
    const image = (0,json/* asText */.e1)(told['image']);
    const isOurs = image !== '' && (0,json/* asText */.e1)(told['base']) !== '' && typeof told['commit'] === 'string';
    return { image, isOurs };
}

// EXTERNAL MODULE: ./lib/google/compute/deletion.js
var deletion = __webpack_require__(2187);
;// CONCATENATED MODULE: ./lib/release/prune/sweep.js





const WORKERS = 4;
/** No deletion is begun later: the result of the deploy waits for this. */
const sweep_PATIENCE_MS = 15_000;
/**
 * Carries the decision out, several releases at a time. The template goes first: Google refuses that
 * while anything uses it, so the image of what runs never loses its tag, and what is left by a run
 * that dies in between is a tag too many, which the next one finds.
 */
async function sweepReleases(ports, options, { doomed, orphans, untagged }) {
    const sweep = new Sweep(ports, options);
    const doomedIds = doomed.map(({ id }) => id);
    await sweep.run([
        ...untagged.map((template) => () => sweep.restoreTag(template)),
        ...doomed.map((template) => () => sweep.remove(template)),
        ...orphans.map((release) => () => sweep.removeTag(release)),
    ]);
    return sweep.outcome([...doomedIds, ...orphans]);
}
class Sweep {
    #ports;
    #options;
    #untilMs;
    #gone = [];
    /** Refused by Google, as something uses them. */
    #used = [];
    #remade = [];
    #failures = [];
    /** What one release is denied all others are. */
    #isDenied = false;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#untilMs = ports.clock.now() + sweep_PATIENCE_MS;
    }
    async run(tasks) {
        const rest = tasks.values();
        const work = async () => {
            for (const task of rest) {
                if (this.#isOver())
                    return;
                await task();
            }
        };
        await Promise.all(Array.from({ length: WORKERS }, work));
    }
    outcome(wanted) {
        const settled = new Set([...this.#gone, ...this.#used, ...this.#remade]);
        const left = wanted.filter((release) => !settled.has(release));
        return { gone: this.#gone, failures: this.#failures, left };
    }
    async remove({ id, name, image }) {
        await this.#attempt({ release: id, of: 'template' }, async () => {
            const deletion = await this.#ports.compute.deleteTemplate(name);
            if (typeof deletion === 'object')
                return deletion;
            const of = this.#options.packageOf(image);
            if (of === undefined)
                this.#gone.push(id);
            else
                await this.#deleteTag(id, of);
            return undefined;
        });
    }
    /** Of a release whose template an earlier run deleted, if it still has none. */
    async removeTag(release) {
        const { templateOf, own } = this.#options;
        if (own === undefined)
            return;
        await this.#attempt({ release, of: own }, async () => {
            const standing = await this.#ports.compute.fetchTemplate(templateOf(release));
            if (standing === undefined)
                await this.#deleteTag(release, own);
            return undefined;
        });
    }
    async restoreTag({ id, image }) {
        const of = this.#options.packageOf(image);
        if (of === undefined)
            return;
        await this.#attempt({ release: id, of }, async () => {
            await this.#tag(id, image);
            return undefined;
        });
    }
    async #deleteTag(release, of) {
        if (this.#options.signal.aborted)
            return;
        await this.#attempt({ release, of }, async () => {
            const deletion = await this.#ports.artifacts.deleteTag(of, (0,image_reference/* releaseTag */.aF)(release));
            if (typeof deletion === 'object')
                return deletion;
            const again = await this.#ports.compute.fetchTemplate(this.#options.templateOf(release));
            if (again === undefined) {
                this.#gone.push(release);
                return undefined;
            }
            // Made anew by a deploy of the same content, which may have tagged its image before we looked.
            await this.#tag(release, imageOfTemplate(again));
            this.#remade.push(release);
            return undefined;
        });
    }
    async #tag(release, image) {
        const { google, log } = this.#ports;
        try {
            await tagManifest(google, image, (0,image_reference/* releaseTag */.aF)(release));
            log.debug(`The image of release ${release} had no tag, and has it again.`);
        }
        catch (error) {
            // Nothing is left to keep; who wants to go back to the release is told then.
            if (!(error instanceof errors/* ActionError */.l) || error.code !== 'IMAGE_MISSING')
                throw error;
            log.debug(`Release ${release} has lost its image: ${error.message}`);
        }
    }
    async #attempt(subject, work) {
        try {
            const refusal = await work();
            if (refusal)
                this.#noteRefusal(subject, refusal);
        }
        catch (error) {
            // An outage has been waited for by then; whoever comes next meets it as well.
            this.#isDenied = true;
            this.#failures.push({ ...subject, error });
        }
    }
    #noteRefusal(subject, refusal) {
        if ((0,deletion/* isInUse */.l)(refusal)) {
            this.#used.push(subject.release);
            this.#ports.log.debug(`Release ${subject.release} is left alone: ${refusal.message}`);
            return;
        }
        this.#isDenied ||= refusal.status === 403;
        this.#failures.push({ ...subject, refusal });
    }
    #isOver() {
        return this.#isDenied || this.#options.signal.aborted || this.#ports.clock.now() > this.#untilMs;
    }
}

;// CONCATENATED MODULE: ./lib/release/prune/words.js

const MOST_NAMED = 5;
/** `a1b2…, c3d4… and 3 more`. */
function nameReleases(releases) {
    const named = releases.slice(0, MOST_NAMED).join(', ');
    const rest = releases.length - MOST_NAMED;
    return rest > 0 ? `${named} and ${rest} more` : named;
}
/** One warning for everything that a sweep could not do; undefined when there is nothing to say. */
function describeFailures({ failures, left }, place) {
    const [first] = failures;
    if (first === undefined)
        return undefined;
    const what = left.length > 0
        ? `Old releases are still there (${nameReleases(left)})`
        : `The image of release ${first.release} has no tag that keeps it`;
    return `${what}; the next deploy tries again. ${describeFailure(first, place)}`;
}
function describeFailure(failure, place) {
    if ('error' in failure)
        return (0,errors/* describeError */.U)(failure.error);
    const { refusal, of, release } = failure;
    const subject = of === 'template'
        ? `delete the instance template of release ${release}: Compute Engine`
        : `delete the tag of release ${release}: Artifact Registry`;
    const said = `Could not ${subject} answered ${refusal.status} ${refusal.reason}: ${refusal.message}`;
    if (refusal.status !== 403)
        return said;
    const fix = place.fixFor(refusal);
    return [said, fix, `Run: ${grantCommand(of, place)}`].filter(Boolean).join('\n');
}
/** Least first: on the repository where that is enough. */
function grantCommand(of, { projectId, region, deployer }) {
    const member = deployer === undefined ? 'MEMBER' : `serviceAccount:${deployer}`;
    return of === 'template'
        ? `gcloud projects add-iam-policy-binding ${projectId} --member=${member} --role=roles/compute.instanceAdmin.v1`
        : `gcloud artifacts repositories add-iam-policy-binding ${of.repositoryId} --project=${projectId} --location=${region} --member=${member} --role=roles/artifactregistry.repoAdmin`;
}

;// CONCATENATED MODULE: ./lib/release/prune/prune.js










const MOST_STRANGERS = 10;
const NOTHING = { gone: [], left: [] };
/** Takes template and tag from releases that nobody goes back to any more. Never rejects. */
async function pruneReleases(ports, options) {
    const { log } = ports;
    try {
        const listing = await Promise.all([listReleases(ports, options), prune_listTags(ports, options)]);
        return told(ports, options, await prune(ports, options, listing));
    }
    catch (error) {
        if (options.signal.aborted)
            log.info('Old releases were not all pruned before the cancel.');
        else if (error instanceof errors/* ActionError */.l && error.code === 'DEPLOY_LOCKED') {
            log.debug('Another run deploys by now: the old releases are left to it.');
        }
        else {
            log.warning(`Old releases were not pruned, which the next deploy tries again. ${(0,errors/* describeError */.U)(error)}`);
        }
        return NOTHING;
    }
}
/** Most deploys have nothing to prune, and find that out without the lock. */
async function prune(ports, options, [templates, tags]) {
    const { clock, log, lasting } = ports;
    const { prefix, owner, signal, random = Math.random } = options;
    const { store } = lasting;
    const file = new LedgerFile({ store, clock }, { prefix, signal: lasting.signal, random });
    const ledger = await file.read();
    const { release: running, keepReleases, repository } = options;
    const ownImage = (0,image_reference/* renderDigestReference */.Ao)(repository, '');
    const forgotten = await listForgotten(ports, options, { templates, tags, ledger });
    const wish = { templates, running, keepReleases, ownImage, forgotten, nowMs: clock.now() };
    if (isIdle(decidePruning({ ...wish, ledger, tags, usedTemplates: new Set() })))
        return undefined;
    const lock = { prefix, owner, signal, waitMs: 0, random };
    return withDeployLock({ store, clock, log }, lock, async (either) => {
        // Under the lock no attempt can begin, so what is read now holds until the end.
        const [ledgerNow, tagsNow, usedTemplates] = await Promise.all([
            file.read(),
            prune_listTags(ports, options),
            namesInUse(ports.compute, options.group),
        ]);
        const decision = decidePruning({ ...wish, ledger: ledgerNow, tags: tagsNow, usedTemplates });
        return sweepReleases(ports, sweepOptions(options, either), decision);
    });
}
function isIdle({ doomed, orphans, untagged }) {
    return doomed.length + orphans.length + untagged.length === 0;
}
function sweepOptions({ name, repository, projectId }, signal) {
    const place = { host: repository.host, projectId };
    return {
        templateOf: (release) => `${name}-${release}`,
        packageOf: (image) => packageOf(image, place),
        own: packageIn(repository, place),
        signal,
    };
}
async function listReleases({ compute }, { name }) {
    const listed = await compute.listTemplates(namePattern(name));
    return listed.flatMap((template) => readReleaseTemplate(name, template) ?? []);
}
async function prune_listTags({ artifacts }, { repository, projectId }) {
    const own = packageIn(repository, { host: repository.host, projectId });
    return readReleaseTags(own ? await artifacts.listTags(own) : []);
}
/** Strangers are rare, and so are these questions; those beyond the first few wait for another deploy. */
async function listForgotten({ artifacts, clock }, { repository, projectId }, facts) {
    const own = packageIn(repository, { host: repository.host, projectId });
    if (own === undefined)
        return new Set();
    const isOld = async (release) => {
        const digest = facts.tags.tagged.get(release) ?? '';
        const updatedAtMs = (await artifacts.fetchUpdatedAtMs(own, digest)) ?? Infinity;
        return clock.now() - updatedAtMs > YOUNG_MS ? [release] : [];
    };
    const some = strangers(facts).slice(0, MOST_STRANGERS);
    return new Set((await Promise.all(some.map(isOld))).flat());
}
/** By name alone, which spares a template elsewhere that is called the same. */
async function namesInUse(compute, group) {
    const [{ versions }, used] = await Promise.all([
        compute.fetchGroup(group),
        compute.listUsedTemplates(group),
    ]);
    return new Set([...versions.map(({ instanceTemplate }) => instanceTemplate), ...used].map(group_reference/* groupName */.hv));
}
/** Says what came of it. */
function told({ google, log }, { projectId, region, deployer, keepReleases, signal }, swept) {
    if (swept === undefined)
        return NOTHING;
    const { gone, left } = swept;
    if (gone.length > 0)
        log.info(`Pruned ${nameReleases(gone)}: the last ${keepReleases} verified releases stay.`);
    const place = { projectId, region, deployer, fixFor: google.fixFor.bind(google) };
    const warning = signal.aborted ? undefined : describeFailures(swept, place);
    if (warning !== undefined)
        log.warning(warning);
    else if (left.length > 0)
        log.info(`Left to prune by the next deploy: ${nameReleases(left)}.`);
    return { gone, left };
}

;// CONCATENATED MODULE: ./lib/terraform/outputs.js


const REQUIRED = [
    'group_name',
    'base_template_name',
    'repository_id',
    'vm_service_account',
];
/** @throws ActionError TERRAFORM_OUTPUTS that names every missing output at once */
function readInfrastructure(outputs) {
    const missing = REQUIRED.filter((name) => (0,json/* asText */.e1)(outputs[name]) === '');
    if (missing.length > 0) {
        throw new errors/* ActionError */.l('TERRAFORM_OUTPUTS', `The Terraform configuration does not say ${missing.join(', ')}.`, {
            hint: `Add an output of type string for each of them; terraform/outputs.tf of deploy-spot-mig shows how.`,
        });
    }
    return {
        groupName: (0,json/* asText */.e1)(outputs['group_name']),
        baseTemplateName: (0,json/* asText */.e1)(outputs['base_template_name']),
        repositoryId: (0,json/* asText */.e1)(outputs['repository_id']),
        vmServiceAccount: (0,json/* asText */.e1)(outputs['vm_service_account']),
        port: (0,json/* asNumber */.i)(outputs['port']),
        url: (0,json/* asText */.e1)(outputs['url']) || undefined,
        loadBalancerAddress: (0,json/* asText */.e1)(outputs['load_balancer_address']) || undefined,
    };
}
/**
 * The repository that a plan leaves as it is, so that a push need not wait for the apply. Undefined
 * when this very plan creates it, or cannot tell.
 */
function knownRepositoryId({ createdTypes, outputs }) {
    if (createdTypes.has('google_artifact_registry_repository'))
        return undefined;
    return (0,json/* asText */.e1)(outputs['repository_id']) || undefined;
}

// EXTERNAL MODULE: ./lib/terraform/planning.js
var planning = __webpack_require__(2475);
// EXTERNAL MODULE: ./lib/terraform/review/changes.js
var review_changes = __webpack_require__(5148);
;// CONCATENATED MODULE: ./lib/terraform/review/guard.js


/** Of a list in an error; the rest is counted. */
const MOST_SHOWN = 20;
/**
 * Pure. Refuses a plan that would do what nobody saw in the pull request: with `destructive`, delete
 * or replace something that was not shown; with `exact`, anything that differs.
 *
 * @throws ActionError REVIEW_REFUSED with what differs
 */
function guardReview(mode, digest, reviewed) {
    const changes = changesFor(mode, digest);
    if (changes.length === 0)
        return;
    if ('unreviewedBecause' in reviewed) {
        const what = `Nobody reviewed this plan: ${reviewed.unreviewedBecause}`;
        throw guard_refusal(what, mode, changes.map(guard_describe));
    }
    if (reviewed.planHash === digest.planHash)
        return;
    const surprises = mode === 'exact' ? differences(changes, reviewed) : unseen(changes, reviewed);
    const what = `What ${reviewed.commentUrl} showed is not what would be applied now`;
    if (surprises.length > 0)
        throw guard_refusal(what, mode, surprises);
}
/** Whether it matters at all what was reviewed. */
function needsReview(mode, digest) {
    return changesFor(mode, digest).length > 0;
}
/** Those that somebody must have seen. */
function changesFor(mode, { changes }) {
    if (mode === 'off')
        return [];
    return changes.filter(({ isDestructive }) => mode === 'exact' || isDestructive);
}
function unseen(changes, { destructive }) {
    const seen = new Set(destructive?.map(({ action, address }) => `${action} ${address}`));
    return changes.map(guard_describe).filter((line) => !seen.has(line));
}
function differences(changes, reviewed) {
    const seen = new Set(reviewed.changes);
    const unknown = changes.filter((change) => !seen.has((0,review_changes/* markOf */.Fg)(change)));
    const gone = seen.size - (changes.length - unknown.length);
    return [
        ...unknown.map((change) => `${guard_describe(change)} (not shown, or otherwise)`),
        ...(gone > 0
            ? [`${gone} of the changes that were shown: not planned any more, or otherwise`]
            : []),
        ...(unknown.length === 0 && gone === 0 ? ['the outputs (otherwise than shown)'] : []),
    ];
}
function guard_describe({ action, address }) {
    return `${action} ${address}`;
}
function guard_refusal(what, mode, lines) {
    const shown = lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`);
    const more = lines.length - shown.length;
    if (more > 0)
        shown.push(`  and ${more} more`);
    return new errors/* ActionError */.l('REVIEW_REFUSED', `${what}:\n${shown.join('\n')}\nNothing was applied.`, {
        hint: `Open a pull request whose plan comment shows this and merge it, or run this job once with \`review: off\` (it is \`${mode}\`). If an earlier merge showed it and was never deployed, run its deploy again first.`,
    });
}

// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
// EXTERNAL MODULE: ./lib/lib/last-line.js
var last_line = __webpack_require__(6646);
// EXTERNAL MODULE: ./lib/image/dockerfile/platform.js
var dockerfile_platform = __webpack_require__(5841);
;// CONCATENATED MODULE: ./lib/image/build/builder.js




/** An engine that hangs must not hang the job. */
const TIMEOUT_MS = 30_000;
/** Newer than any: what somebody built without giving it a number. */
const UNNUMBERED = [Number.POSITIVE_INFINITY, 0];
/**
 * Asks Docker what there is, all at once and starting nothing: the engine, and the builder that
 * BUILDX_BUILDER, `docker buildx use` or the Docker context chose.
 *
 * @throws ActionError IMAGE_NO_ENGINE when neither engine nor builder answers
 */
async function findBuilder(commands, signal) {
    const ask = (...args) => commands.runInterruptible('docker', args, { signal, timeoutMs: TIMEOUT_MS });
    const [info, version, inspected] = await Promise.all([
        ask('info', `--format=${INFO}`),
        ask('buildx', 'version'),
        ask('buildx', 'inspect'),
    ]).catch((cause) => {
        signal.throwIfAborted();
        throw noDocker(cause);
    });
    signal.throwIfAborted();
    const hasBuildx = version.exitCode === 0;
    const chosen = readInspection(inspected.stdout);
    // A builder of its own does without the engine.
    const needsEngine = !hasBuildx || chosen.driver === 'docker' || chosen.driver === '';
    if (needsEngine && info.exitCode !== 0) {
        const hangs = `the engine has not answered for ${TIMEOUT_MS / 1000} s.`;
        throw noEngine(info.timedOut ? hangs : (0,last_line/* lastLine */.f)(info.stderr));
    }
    if (hasBuildx && chosen.driver === '')
        throw noBuilder(chosen, inspected);
    const engine = readInfo(info.stdout);
    if (!hasBuildx) {
        return { hasBuildx, name: '', driver: '', platforms: engine.platforms, can: builder_NOTHING };
    }
    const { name, driver, platforms, buildkit } = chosen;
    const hasStore = chosen.hasSnapshotter || engine.hasContainerdStore;
    const exportsLayout = driver !== 'docker' || hasStore;
    const can = builder_judge(readVersion(version.stdout), { buildkit, exportsLayout });
    return { hasBuildx, name, driver, platforms, can };
}
const builder_NOTHING = {
    exportsLayout: false,
    attests: false,
    pinsBases: false,
    takesSecrets: false,
    tellsProgress: false,
    checks: false,
};
// https://github.com/docker/buildx/releases has what came when.
function builder_judge(buildx, { buildkit, exportsLayout }) {
    return {
        exportsLayout,
        attests: exportsLayout && isAtLeast(buildx, [0, 10]) && isAtLeast(buildkit, [0, 11]),
        pinsBases: isAtLeast(buildx, [0, 8]),
        takesSecrets: true,
        tellsProgress: isAtLeast(buildx, [0, 13]),
        checks: isAtLeast(buildx, [0, 15]),
    };
}
/** Reads `github.com/docker/buildx v0.17.1 257815a`; Debian leaves the v out. */
function readVersion(text) {
    const [, major, minor] = /\bv?(\d+)\.(\d+)\.\d+/.exec(text) ?? [];
    const version = [Number(major), Number(minor)];
    return version[0] > 0 || version[1] > 0 ? version : UNNUMBERED;
}
function isAtLeast([major, minor], [a, b]) {
    return major > a || (major === a && minor >= b);
}
/** Reads `docker buildx inspect`, which has no other form than this. */
function readInspection(text) {
    const values = (field) => [...text.matchAll(new RegExp(`^${field}:[ \\t]*(.*)$`, 'gm'))].map(([, value = '']) => value);
    const platforms = values('Platforms').flatMap((line) => 
    // A star marks the platforms that the user named.
    line.split(',').map((name) => name.replace('*', '').trim()));
    return {
        name: values('Name')[0] ?? '',
        driver: values('Driver')[0] ?? '',
        platforms: [...new Set(platforms.filter((name) => name !== ''))],
        buildkit: readVersion(values('(?:BuildKit version|Buildkit)')[0] ?? ''),
        hasSnapshotter: /^\s*org\.mobyproject\.buildkit\.worker\.snapshotter:/m.test(text),
        error: values('Error')[0] ?? '',
    };
}
/** Image store and platform of the engine, one on each line. */
const INFO = '{{json .DriverStatus}}\n{{.OSType}}/{{.Architecture}}';
function readInfo(text) {
    const [status = '', named = ''] = text.split('\n');
    const platform = (0,dockerfile_platform/* parsePlatform */.FL)(named.trim());
    return {
        hasContainerdStore: (0,json/* asList */.DD)((0,json/* parseJson */.qF)(status)).some((pair) => (0,json/* asList */.DD)(pair)[1] === 'io.containerd.snapshotter.v1'),
        platforms: platform ? [(0,dockerfile_platform/* renderPlatform */.qn)(platform)] : [],
    };
}
function noDocker(cause) {
    return new errors/* ActionError */.l('IMAGE_NO_ENGINE', 'There is no docker command on this runner.', {
        cause,
        hint: 'Use a runner with Docker (ubuntu-latest has it), or install it before this step.',
    });
}
function noEngine(why) {
    return new errors/* ActionError */.l('IMAGE_NO_ENGINE', `Docker cannot build the image: ${why || 'the engine does not answer.'}`, {
        hint: 'Use a runner with Docker (ubuntu-latest has it), or start the engine before this step.',
    });
}
function noBuilder({ name, error }, { stderr }) {
    const why = error || (0,last_line/* lastLine */.f)(stderr) || 'it says nothing of itself.';
    return new errors/* ActionError */.l('IMAGE_NO_ENGINE', `The builder${name && ` ${name}`} that this job has chosen cannot be used: ${why}`, { hint: 'See `docker buildx ls`; `docker buildx use default` takes the engine itself.' });
}

;// CONCATENATED MODULE: ./lib/image/build/client-folder.js

/**
 * Works with the user's own client configuration and one login more. It stands in a private folder
 * that is gone afterwards: the user's files never have the token.
 */
async function withLogin({ clientFolder, files, log }, { directory, ...login }, work) {
    try {
        const env = await clientFolder.mirror(directory);
        const { text, secret } = addLogin(await clientFolder.readConfig(), login);
        log.mask(secret);
        await files.writePrivate(`${directory}/config.json`, text);
        return await work({ ...env, DOCKER_CONFIG: directory });
    }
    finally {
        await files.remove(directory);
    }
}
/** The configuration with a login; `secret` is how the token stands in it. */
function addLogin(config, { host, token }) {
    const settings = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(config ?? ''));
    const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64');
    const auths = { ...(0,json/* asRecord */.qY)(settings['auths']), [host]: { auth } };
    // A helper for the host, or for all of them, would win over the login: "" means this file.
    const hasHelper = (0,json/* asText */.e1)(settings['credsStore']) !== '' || (0,json/* asRecord */.qY)(settings['credHelpers'])[host] !== undefined;
    const credHelpers = { ...(0,json/* asRecord */.qY)(settings['credHelpers']), [host]: '' };
    const text = JSON.stringify({ ...settings, auths, ...(hasHelper && { credHelpers }) });
    return { text, secret: auth };
}

// EXTERNAL MODULE: ./lib/image/bases/docker.js
var docker = __webpack_require__(1118);
;// CONCATENATED MODULE: ./lib/image/bases/layers.js



const layers_TIMEOUT_MS = 20_000;
/**
 * The diff ids of the layers that come with the bases of the final image, for those who look only
 * at what the build put above them; undefined when they cannot be had. One or two requests a base:
 * to be asked for only when something is built.
 */
async function findBaseLayers(commands, finalBases, options) {
    const ask = { ...options, timeoutMs: layers_TIMEOUT_MS };
    const layers = await Promise.all(finalBases.map((use) => {
        const base = options.bases.find(({ name, platform }) => name === use.name && platform === use.platform);
        return base?.diffIds ?? (base && askRegistry(commands, base, ask));
    }));
    // With one missing its layers would count as the user's own, which is the safe side.
    const known = layers.flatMap((ids) => ids ?? []);
    return layers.includes(undefined) && known.length === 0 ? undefined : [...new Set(known)];
}
async function askRegistry(commands, base, ask) {
    const image = (0,image_reference/* parseImageName */["if"])(base.name);
    if (image === undefined)
        return undefined;
    const inspect = ['buildx', 'imagetools', 'inspect'];
    const byDigest = (digest) => (0,image_reference/* renderImageName */.$X)({ ...image, tag: undefined, digest });
    const index = await (0,docker/* askDocker */.ad)(commands, [...inspect, '--raw', byDigest(base.digest)], ask);
    if ('missing' in index)
        return undefined;
    const manifests = (0,docker/* readIndex */.vY)(index.found);
    const wanted = base.platform === undefined ? undefined : (0,dockerfile_platform/* parsePlatform */.FL)(base.platform);
    const one = wanted && manifests.find(({ platform }) => (0,dockerfile_platform/* isSamePlatform */.SW)(platform, wanted));
    if (manifests.length > 0 && one === undefined)
        return undefined;
    const reference = byDigest(one?.digest ?? base.digest);
    const config = await (0,docker/* askDocker */.ad)(commands, [...inspect, '--format={{json .Image}}', reference], ask);
    return 'missing' in config ? undefined : (0,docker/* readDiffIds */._q)(config.found);
}

// EXTERNAL MODULE: ./lib/image/tar/header.js
var tar_header = __webpack_require__(1404);
;// CONCATENATED MODULE: ./lib/image/push/tar.js

/**
 * Finds the regular files of an archive by reading its headers alone.
 *
 * @throws TarError when it is none
 */
async function indexTar(file) {
    const entries = new Map();
    let extended = new Map();
    for (let at = 0; at + tar_header/* BLOCK_BYTES */.Yo <= file.sizeBytes;) {
        const block = Buffer.from(await file.read(at, tar_header/* BLOCK_BYTES */.Yo));
        if ((0,tar_header/* isZeroBlock */.ei)(block))
            break;
        const header = (0,tar_header/* parseHeader */.RW)(block);
        const sizeBytes = Number(extended.get('size') ?? header.sizeBytes);
        if (!Number.isSafeInteger(sizeBytes))
            throw new tar_header/* TarError */.mt('has an entry of an impossible size');
        const offset = at + tar_header/* BLOCK_BYTES */.Yo;
        if (header.type === 'x') {
            extended = (0,tar_header/* parseRecords */.Q4)(Buffer.from(await file.read(offset, sizeBytes)));
        }
        else {
            const name = (extended.get('path') ?? header.path).replace(/^\.\//, '');
            if (header.kind === 'file')
                entries.set(name, { offset, sizeBytes });
            extended = new Map();
        }
        at = offset + Math.ceil(sizeBytes / tar_header/* BLOCK_BYTES */.Yo) * tar_header/* BLOCK_BYTES */.Yo;
    }
    return entries;
}

;// CONCATENATED MODULE: ./lib/image/push/layout.js



/** @throws ActionError IMAGE_BUILD_FAILED when the file is no such layout */
async function readLayout(openFile, path) {
    const file = await openFile(path);
    try {
        const reader = new LayoutReader(file, await indexTar(file));
        const index = (0,json/* parseJson */.qF)(await reader.readText('index.json'));
        const [root, ...others] = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(index)['manifests']).map(json/* asRecord */.qY);
        if (root === undefined || others.length > 0) {
            throw new Error(`its index names ${others.length + (root ? 1 : 0)} images`);
        }
        const digest = await reader.readManifest(root);
        return { path, blobs: reader.blobs, manifests: reader.manifests, digest };
    }
    catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new errors/* ActionError */.l('IMAGE_BUILD_FAILED', `The builder handed over ${path}, which is no OCI image layout: ${why}.`, { cause, hint: 'Is the disk full? Free room before this step, then run the job again.' });
    }
    finally {
        await file.close();
    }
}
const MOST_MANIFEST_BYTES = 8 * 1024 * 1024;
class LayoutReader {
    manifests = [];
    #blobs = new Map();
    #file;
    #entries;
    constructor(file, entries) {
        this.#file = file;
        this.#entries = entries;
    }
    get blobs() {
        return [...this.#blobs.values()];
    }
    /** Reads a manifest and all below it; answers the digest of what there is to deploy in it. */
    async readManifest(descriptor) {
        const digest = (0,json/* asText */.e1)(descriptor['digest']);
        if (this.manifests.some((known) => known.digest === digest))
            return digest;
        const text = await this.readText(blobPath(digest));
        const manifest = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text));
        const children = (0,json/* asList */.DD)(manifest['manifests']).map(json/* asRecord */.qY);
        const images = [];
        for (const child of children) {
            const image = await this.readManifest(child);
            if (!isAttestation(child))
                images.push(image);
        }
        const config = manifest['config'] === undefined ? [] : [manifest['config']];
        for (const blob of [...config, ...(0,json/* asList */.DD)(manifest['layers'])])
            this.#addBlob((0,json/* asRecord */.qY)(blob));
        const mediaType = (0,json/* asText */.e1)(manifest['mediaType']) || (0,json/* asText */.e1)(descriptor['mediaType']);
        this.manifests.push({ digest, mediaType, text });
        const [only, ...others] = images;
        return only === undefined || others.length > 0 ? digest : only;
    }
    async readText(name) {
        const { offset, sizeBytes } = this.#entryOf(name);
        if (sizeBytes > MOST_MANIFEST_BYTES)
            throw new Error(`${name} has ${sizeBytes} bytes`);
        return Buffer.from(await this.#file.read(offset, sizeBytes)).toString();
    }
    #addBlob(descriptor) {
        // A layer that lives elsewhere is neither here nor pushed.
        if ((0,json/* asList */.DD)(descriptor['urls']).length > 0)
            return;
        const digest = (0,json/* asText */.e1)(descriptor['digest']);
        const { offset, sizeBytes } = this.#entryOf(blobPath(digest));
        if (sizeBytes !== (0,json/* asNumber */.i)(descriptor['size']))
            throw new Error(`${digest} is cut short`);
        if (offset + sizeBytes > this.#file.sizeBytes)
            throw new Error(`${digest} is cut short`);
        this.#blobs.set(digest, { digest, offset, sizeBytes });
    }
    #entryOf(name) {
        const entry = this.#entries.get(name);
        if (!entry)
            throw new Error(`${name} is missing`);
        return entry;
    }
}
function blobPath(digest) {
    return `blobs/${digest.replace(':', '/')}`;
}
function isAttestation(descriptor) {
    const kind = (0,json/* asRecord */.qY)(descriptor['annotations'])['vnd.docker.reference.type'];
    return kind === 'attestation-manifest';
}

;// CONCATENATED MODULE: ./lib/image/build/command.js


function outcomeOf({ workDirectory }) {
    return { imageId: `${workDirectory}/image-id`, layout: `${workDirectory}/image.tar` };
}
/** The Dockerfile's path in the workspace. */
function dockerfileOf({ context, dockerfile }) {
    return dockerfile ?? external_node_path_.posix.join(context, 'Dockerfile');
}
/** The whole command for this builder. @throws ActionError IMAGE_BUILD_FAILED for what it cannot do */
function renderBuild(builder, options) {
    requireAble(builder, options);
    const { imageId, layout } = outcomeOf(options);
    const { args, env } = renderSubject(builder, options);
    const anew = options.noCache ? ['--no-cache'] : [];
    if (!builder.hasBuildx)
        return { args: ['build', `--iidfile=${imageId}`, ...anew, ...args], env };
    const output = builder.can.exportsLayout
        ? [`--output=type=oci,${csvField(`dest=${layout}`)}${rewriting(options)}`]
        : ['--load', `--iidfile=${imageId}`, ...inlineCacheOf(options)];
    const more = [
        ...readCacheOf(options),
        `--progress=${builder.can.tellsProgress ? 'rawjson' : 'plain'}`,
        ...anew,
        ...platformsOf(options),
        ...(builder.can.attests ? attestations(options) : []),
    ];
    return { args: ['buildx', 'build', ...output, ...more, ...args], env };
}
/** The command that builds nothing any more and brings all layers into the cache. */
function renderCacheExport(builder, options) {
    const { args, env } = renderSubject(builder, options);
    const form = `mode=${options.cachesStages ? 'max' : 'min'},image-manifest=true,oci-mediatypes=true`;
    const to = `--cache-to=type=registry,ref=${options.cache},${form}`;
    const plain = builder.can.attests ? ['--provenance=false'] : [];
    const output = ['--output=type=cacheonly', ...plain, '--progress=plain'];
    return { args: ['buildx', 'build', ...output, to, ...platformsOf(options), ...args], env };
}
function platformsOf({ platforms }) {
    return platforms.length > 0 ? [`--platform=${platforms.join(',')}`] : [];
}
// Said, since what buildx adds by itself never gets into a file; and never mode=max, which tells
// the values of build arguments to all who may pull.
function attestations({ provenance, sbom }) {
    return [
        provenance ? '--attest=type=provenance,mode=min' : '--provenance=false',
        ...(sbom ? ['--attest=type=sbom'] : []),
    ];
}
/** What is to be built: the part that a build and its checks have in common. */
function renderSubject(builder, options) {
    const { context, dockerfile, target, buildArgs, labels, bases } = options;
    const pins = builder.can.pinsBases ? bases.filter(isTagged) : [];
    const args = [
        ...(dockerfile === undefined ? [] : [`--file=${dockerfile}`]),
        ...(target === undefined ? [] : [`--target=${target}`]),
        // A name without "=" takes the value from the environment: no value in argv.
        ...[...buildArgs].map(([name, value]) => CLIENT_VARIABLE.test(name) ? `--build-arg=${name}=${value}` : `--build-arg=${name}`),
        ...[...labels].map(([name, value]) => `--label=${name}=${value}`),
        ...[...options.secrets.keys()].map((id, index) => `--secret=${csvField(`id=${id}`)},env=${secretVariable(index)}`),
        // Both sides bring names into one form, so that `python:3` meets `docker.io/library/python:3`.
        ...pins.map(({ name, digest }) => `--build-context=${name}=docker-image://${name}@${digest}`),
        '--',
        context,
    ];
    return { args, env: buildEnvironment(builder, options) };
}
// Docker's client reads these itself: given through the environment they would change the client.
const CLIENT_VARIABLE = /^(PATH|HOME|TMPDIR|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|EXPERIMENTAL_.*|SOURCE_DATE_EPOCH|(HTTPS?|ALL|FTP)_PROXY|NO_PROXY|OTEL_.*|SSL_CERT_.*|LD_.*|GO[A-Z]*|GRPC_.*|KUBECONFIG|KUBERNETES_.*|SSH_AUTH_SOCK|GOOGLE_APPLICATION_CREDENTIALS|XDG_.*|TERM|NO_COLOR)$/i;
function buildEnvironment({ hasBuildx }, { buildArgs, secrets, commitTime }) {
    const values = [...buildArgs].filter(([name]) => !CLIENT_VARIABLE.test(name));
    const hidden = [...secrets.values()].map((value, index) => [secretVariable(index), value]);
    return {
        ...Object.fromEntries(values),
        ...Object.fromEntries(hidden),
        ...(commitTime !== undefined && { SOURCE_DATE_EPOCH: String(commitTime) }),
        ...(!hasBuildx && { DOCKER_BUILDKIT: '0' }),
    };
}
/** Not the id itself, which may be the name of a variable that the client obeys. */
function secretVariable(index) {
    return `DEPLOY_SPOT_MIG_BUILD_SECRET_${index}`;
}
// It gives all files of all layers but the base's the time of the commit: equal sources give equal
// layers even without a cache, and another commit gives others even where nothing changed. With a
// cache layers are equal by themselves, and are not pushed again with every commit.
function rewriting({ cache, commitTime }) {
    return cache === undefined && commitTime !== undefined ? ',rewrite-timestamp=true' : '';
}
// A cache that is not there, or may not be read, costs a warning and never the build.
function readCacheOf({ cache, noCache }) {
    return cache === undefined || noCache ? [] : [`--cache-from=type=registry,ref=${cache}`];
}
// The engine's own store exports no cache: there the image itself says which step made which layer.
function inlineCacheOf({ cache }) {
    return cache === undefined ? [] : ['--cache-to=type=inline'];
}
/** A base that is named by digest needs no pin. */
function isTagged({ name }) {
    return !name.includes('@');
}
/** buildx reads such options as one line of CSV. */
function csvField(text) {
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function requireAble({ can, hasBuildx, driver }, options) {
    const who = hasBuildx ? `The builder (driver ${driver})` : 'Docker without buildx';
    if (options.secrets.size > 0 && !can.takesSecrets) {
        throw unable(`${who} takes no build secrets.`);
    }
    if (options.platforms.length > 1 && !can.exportsLayout) {
        throw unable(`${who} cannot build for several platforms (${options.platforms.join(', ')}).`);
    }
    if (options.platforms.length === 1 && !hasBuildx) {
        throw unable(`${who} cannot build for a platform of choice (${options.platforms[0]}).`);
    }
}
function unable(message) {
    return new errors/* ActionError */.l('IMAGE_BUILD_FAILED', message, {
        hint: 'Get a builder that can before this step:\n  - uses: docker/setup-buildx-action@v3',
    });
}

;// CONCATENATED MODULE: ./lib/image/build/failure.js

/** A build that ended with an error of its own, shown at the line of the Dockerfile that is known. */
class BuildFailure extends errors/* ActionError */.l {
    constructor({ dockerfile, ending, told }) {
        const { step, lastLines, error, line } = told;
        const cause = CAUSES.find(([pattern]) => pattern.test(`${error}\n${lastLines.join('\n')}`));
        const place = line > 0 ? `${dockerfile}:${line}` : dockerfile;
        const failed = `Building the image from ${place} failed (${ending})`;
        const message = [
            step === '' ? `${failed}.` : `${failed} in the step ${step}.`,
            ...(error === '' ? [] : [error]),
            ...(lastLines.length === 0 ? [] : [`Its last lines:\n${lastLines.join('\n')}`]),
        ].join('\n');
        const title = step === '' ? 'The image could not be built' : `Failed: ${step}`;
        const words = [error || ending, cause?.[1]].filter((part) => part !== undefined).join('\n');
        super('IMAGE_BUILD_FAILED', message, {
            hint: cause?.[1],
            isPassing: cause?.[2] ?? false,
            annotations: [{ severity: 'error', title, message: words, file: dockerfile, line }],
        });
    }
}
/** What people meet often, told by words that stand in no result a builder hands out otherwise. */
const CAUSES = [
    [
        /error reading from server|code = Unavailable|Cannot connect to the Docker daemon|error during connect/i,
        'The builder went away in the middle, such as an engine that ran out of memory: see its log, then run the job again.',
        true,
    ],
    [
        /toomanyrequests|429 Too Many Requests|pull rate limit/i,
        'Docker Hub allows few pulls to those who are not signed in: sign in before this step with docker/login-action, or copy the base image into your own registry.',
        true,
    ],
    [
        /no space left on device|disk quota exceeded/i,
        'The disk is full: free room before this step (`docker system prune --all --force`), or use a runner with a larger disk.',
        false,
    ],
    [
        /failed to (?:calculate checksum|compute cache key).*not found|COPY failed.*(?:not found|no such file|no source files)|ADD failed.*(?:not found|no such file)/is,
        'The build does not see that file: is it left out by .dockerignore, missing in the commit, or outside of the context? Paths of COPY begin at the input `context`.',
        false,
    ],
    [
        /target stage .* could not be found|failed to reach build target/i,
        'The input `target` must be a name that a FROM line of the Dockerfile gives: `FROM … AS <target>`.',
        false,
    ],
    [
        /failed to read dockerfile|unable to prepare context|Cannot locate specified Dockerfile/i,
        'The inputs `context` and `dockerfile` are paths below the root of the repository; was it checked out before this step?',
        false,
    ],
    [
        /no match for platform|exec format error/i,
        'The base image is not there for this platform: see the input `platforms`, and the FROM line.',
        false,
    ],
    [
        /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden|denied: /i,
        'The base image does not exist, or is private: check its name, or sign in to its registry before this step with docker/login-action.',
        false,
    ],
    [
        /manifest unknown|manifest for .* not found|failed to resolve source metadata.*not found|: not found$/im,
        'There is no such base image: check the name and the tag in the FROM line.',
        false,
    ],
    [
        /no such host|i\/o timeout|connection refused|connection reset|TLS handshake timeout|Temporary failure (?:in name resolution|resolving)|could not resolve host|ETIMEDOUT|EAI_AGAIN|unexpected EOF|50[0-4] /i,
        'The network, or a server that the build asks, did not answer: run the job again.',
        true,
    ],
];

;// CONCATENATED MODULE: ./lib/image/build/progress.js
const LAST_LINES = 15;
const ERROR = /^ERROR: (?:failed to build: )?(?:failed to solve: )?(.+)$/;
/** Keeps the newest lines and forgets the others. */
class LastLines {
    #lines = [];
    add(line) {
        if (ERROR.test(line))
            return;
        this.#lines.push(line);
        if (this.#lines.length > LAST_LINES)
            this.#lines.shift();
    }
    get lines() {
        return this.#lines;
    }
}
/** The few lines in which a builder says at its end what went wrong; the other lines pass. */
class LastWords {
    error = '';
    line = 0;
    #place = 0;
    read(line) {
        const [, place] = /^\S.*:(\d+)$/.exec(line) ?? [];
        // `Dockerfile:3`, and below it a rule and the lines around it.
        if (/^-{10,}$/.test(line) && this.#place > 0)
            this.line = this.#place;
        this.#place = Number(place ?? 0);
        this.error ||= ERROR.exec(line)?.[1] ?? '';
        const parsed = /dockerfile parse error (?:on )?line (\d+)/i.exec(line)?.[1];
        if (this.line === 0 && parsed !== undefined)
            this.line = Number(parsed);
    }
}
/** What a terminal would show of a line that was written over and over. */
function withoutOverwritten(line) {
    return (line
        .split('\r')
        .filter((part) => part !== '')
        .at(-1)
        ?.trimEnd() ?? '');
}
/** Progress in words: that of the plain builder, and of buildx before 0.13. */
class PlainProgress {
    #log;
    #last = new LastLines();
    #words = new LastWords();
    #step = '';
    constructor(log) {
        this.#log = log;
    }
    write(line) {
        const text = withoutOverwritten(line);
        if (text === '')
            return;
        this.#log.info(text);
        this.#last.add(text);
        this.#words.read(text);
        // The plain builder's, and buildx's heading above the failed step's output.
        this.#step = /^(?:Step \d+\/\d+ : | > )(.+?):?$/.exec(text)?.[1] ?? this.#step;
    }
    failure() {
        const { error, line } = this.#words;
        return { step: this.#step, lastLines: this.#last.lines, error, line };
    }
}

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./lib/image/build/step-progress.js



/** A step that goes on for so long is named before it ends. */
const SILENT_MS = 5_000;
const LONGEST_NAME = 140;
/**
 * Progress as `--progress=rawjson` tells it (client.SolveStatus of moby/buildkit): what each step
 * writes stands below its name, and one line says how long it took.
 */
class StepProgress {
    #log;
    #steps = new Map();
    #last = new LastLines();
    #words = new LastWords();
    /** Lines of a JSON value that is not whole yet: buildx 0.13 writes it indented. */
    #pending = [];
    #speaker;
    constructor(log) {
        this.#log = log;
    }
    write(line) {
        const isPart = this.#pending.length > 0 || line === '{';
        const status = !isPart && line.startsWith('{') ? (0,json/* parseJson */.qF)(line) : undefined;
        if (isPart)
            this.#collect(line);
        else if (status === undefined)
            this.#writeText(line);
        else
            this.#read((0,json/* asRecord */.qY)(status));
    }
    failure() {
        const steps = [...this.#steps.values()].filter((step) => !isCache(step));
        const failed = steps.filter(({ error }) => error !== '');
        // A step that was stopped because another failed has an error, too; and a builder that went away
        // has told none at all.
        const step = failed.find(({ error }) => !error.includes('context canceled')) ??
            failed[0] ??
            steps.findLast(({ isRunning }) => isRunning);
        const lines = step?.last.lines ?? [];
        return {
            step: step?.name ?? '',
            lastLines: lines.length > 0 ? lines : this.#last.lines,
            error: this.#words.error || (step?.error ?? ''),
            line: this.#words.line,
        };
    }
    #collect(line) {
        this.#pending.push(line);
        if (line !== '}')
            return;
        this.#read((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(this.#pending.join('\n'))));
        this.#pending = [];
    }
    #writeText(line) {
        const text = withoutOverwritten(line);
        if (text === '')
            return;
        this.#log.info(text);
        this.#last.add(text);
        this.#words.read(text);
    }
    #read(status) {
        for (const vertex of (0,json/* asList */.DD)(status['vertexes']))
            this.#readVertex((0,json/* asRecord */.qY)(vertex));
        for (const entry of (0,json/* asList */.DD)(status['logs']))
            this.#readOutput((0,json/* asRecord */.qY)(entry));
        for (const entry of (0,json/* asList */.DD)(status['statuses']))
            this.#nameSilent((0,json/* asRecord */.qY)(entry));
    }
    #readVertex(vertex) {
        const step = this.#stepOf(vertex);
        const startedAt = Date.parse((0,json/* asText */.e1)(vertex['started']));
        if (Number.isNaN(startedAt))
            return;
        if (!step.isRunning)
            Object.assign(step, { startedAt, isRunning: true });
        const endedAt = Date.parse((0,json/* asText */.e1)(vertex['completed']));
        if (Number.isNaN(endedAt))
            return;
        step.isRunning = false;
        this.#writeOutput(step, step.rest);
        step.rest = '';
        step.error = (0,json/* asText */.e1)(vertex['error']);
        this.#end(step, vertex['cached'] === true ? undefined : endedAt - step.startedAt);
    }
    #stepOf(vertex) {
        const digest = (0,json/* asText */.e1)(vertex['digest']);
        const known = this.#steps.get(digest);
        if (known)
            return known;
        const step = {
            name: shorten((0,json/* asText */.e1)(vertex['name'])),
            last: new LastLines(),
            decoder: new external_node_string_decoder_.StringDecoder('utf8'),
            startedAt: 0,
            rest: '',
            isRunning: false,
            isShown: false,
            error: '',
            ended: '',
        };
        this.#steps.set(digest, step);
        return step;
    }
    #end(step, durationMs) {
        const took = durationMs === undefined ? 'cached' : `${(durationMs / 1000).toFixed(1)} s`;
        const text = `${step.name} (${step.error === '' ? took : `failed after ${took}`})`;
        // A base is looked up, then fetched: one step that ends twice.
        if (step.ended === text)
            return;
        step.ended = text;
        const isNews = step.isShown || durationMs === undefined || durationMs >= 50 || step.error !== '';
        const isAside = isInternal(step) ? step.error === '' : isCache(step);
        if (isAside)
            this.#log.debug(text);
        else if (isNews)
            this.#log.info(text);
        this.#speaker = undefined;
    }
    #readOutput(entry) {
        const step = this.#steps.get((0,json/* asText */.e1)(entry['vertex']));
        if (!step)
            return;
        const text = step.rest + step.decoder.write(Buffer.from((0,json/* asText */.e1)(entry['data']), 'base64'));
        const lines = text.split('\n');
        step.rest = lines.pop() ?? '';
        for (const line of lines)
            this.#writeOutput(step, line);
    }
    #writeOutput(step, line) {
        const text = withoutOverwritten(line);
        if (text === '')
            return;
        if (this.#speaker !== step)
            this.#log.info(step.isShown ? `${step.name} (goes on)` : step.name);
        this.#speaker = step;
        step.isShown = true;
        step.last.add(text);
        this.#log.info(`  ${text}`);
    }
    // Transfers tell nothing that is worth a line, but that time goes by.
    #nameSilent(entry) {
        const step = this.#steps.get((0,json/* asText */.e1)(entry['vertex']));
        const now = Date.parse((0,json/* asText */.e1)(entry['timestamp']));
        if (!step?.isRunning || step.isShown || !(now - step.startedAt > SILENT_MS))
            return;
        step.isShown = true;
        this.#log.info(step.name);
    }
}
/** A cache that is not there yet spoils nothing. */
function isCache({ name }) {
    return name.startsWith('importing cache manifest');
}
function isInternal({ name }) {
    return name.startsWith('[internal]');
}
function shorten(name) {
    const line = name.replace(/\s+/g, ' ').trim();
    return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line;
}

;// CONCATENATED MODULE: ./lib/image/build/build.js







const build_TIMEOUT_MS = 60 * 60_000;
/**
 * Builds the image with the user's own builder and configuration, so that private base images
 * work: into a file where the builder can, else into the engine.
 *
 * @throws BuildFailure, ActionError IMAGE_BUILD_FAILED
 */
async function buildImage(ports, builder, options) {
    const { files, openFile, log } = ports;
    const command = renderBuild(builder, options);
    const outcome = outcomeOf(options);
    await files.makeFolder(options.workDirectory);
    // What an earlier build left must not be taken for this one's.
    await Promise.all([files.remove(outcome.imageId), files.remove(outcome.layout)]);
    if (options.sbom && !builder.can.attests) {
        log.warning('The image gets no SBOM: this builder keeps none (docker/setup-buildx-action does).');
    }
    await withRegistryLogin(ports, options, (env) => runBuild(ports, builder, { options, command: { ...command, env: { ...command.env, ...env } } }));
    if (!builder.can.exportsLayout) {
        return { kind: 'engine', imageId: (await files.read(outcome.imageId)).trim() };
    }
    const { digest } = await readLayout(openFile, outcome.layout);
    return { kind: 'layout', path: outcome.layout, digest };
}
/** Builders sign in with what the client has: for our own registry that is a token of now. */
async function withRegistryLogin(ports, { registryHost, workDirectory }, work) {
    if (registryHost === undefined)
        return work({});
    const login = { host: registryHost, token: await ports.tokens.accessToken() };
    return withLogin(ports, { directory: `${workDirectory}/build-config`, ...login }, work);
}
async function runBuild({ commands, log }, builder, { options, command }) {
    const progress = builder.can.tellsProgress ? new StepProgress(log) : new PlainProgress(log);
    const result = await commands.runInterruptible('docker', command.args, {
        env: command.env,
        signal: options.signal,
        timeoutMs: build_TIMEOUT_MS,
        onLine: (line) => progress.write(line),
    });
    options.signal.throwIfAborted();
    if (result.exitCode !== 0)
        throw failed(result, options, progress);
}
function failed({ exitCode, timedOut }, options, progress) {
    return new BuildFailure({
        dockerfile: dockerfileOf(options),
        ending: timedOut ? `it took over ${(0,duration/* renderDuration */.P)(build_TIMEOUT_MS)}` : `exit code ${exitCode}`,
        told: progress.failure(),
    });
}

;// CONCATENATED MODULE: ./lib/image/build/cache.js




const cache_TIMEOUT_MS = 10 * 60_000;
/**
 * Of what `exportCache` writes; an image from an engine's own store is pushed with it as one more tag.
 * Another one for each period, so that no layer outlives it: what a step installs from the network
 * is as old as the layer. Undefined for a period of 0, which wants every step anew.
 */
function cacheTag(nowMs, periodMs) {
    return periodMs > 0 ? `buildcache-${Math.floor(nowMs / periodMs)}` : undefined;
}
/**
 * Brings the layers of a build that has succeeded into the registry, for the next runner. It is no
 * part of the build itself, so that nothing leaves this machine before the gate has looked at the
 * image. Stages that are no part of the image go along, unless they may have seen a secret: nobody
 * has looked at these. Failing costs a warning.
 */
async function exportCache(ports, builder, options) {
    const { cache, workDirectory, signal } = options;
    if (cache === undefined || !builder.can.exportsLayout)
        return;
    const { commands, clock, log, tokens } = ports;
    const startedAt = clock.now();
    const { args, env } = renderCacheExport(builder, options);
    const login = { host: cache.split('/')[0] ?? '', token: await tokens.accessToken() };
    const directory = `${workDirectory}/cache-config`;
    const { exitCode, stderr } = await withLogin(ports, { directory, ...login }, (more) => commands.runInterruptible('docker', args, {
        env: { ...env, ...more },
        signal,
        timeoutMs: cache_TIMEOUT_MS,
    }));
    signal.throwIfAborted();
    if (exitCode === 0) {
        log.info(`Kept the layers for the next build (${(0,duration/* renderDuration */.P)(clock.now() - startedAt)})`);
    }
    else {
        log.warning(`The layers could not be kept for the next build: ${(0,last_line/* lastLine */.f)(stderr)}`);
    }
}

;// CONCATENATED MODULE: ./lib/image/build/checks.js


const checks_TIMEOUT_MS = 2 * 60_000;
/**
 * BuildKit's checks of the Dockerfile (https://docs.docker.com/build/checks/), which build nothing.
 * They never fail: a Dockerfile with `# check=error=true` fails its build by itself, and where a
 * builder knows no checks there are no findings.
 */
async function checkDockerfile({ commands, log }, builder, options) {
    if (!builder.can.checks) {
        log.debug('No build checks: they came with buildx 0.15.');
        return [];
    }
    const { args, env } = renderSubject(builder, options);
    const command = ['buildx', 'build', '--progress=none', '--call=check,format=json', ...args];
    const asked = commands.runInterruptible('docker', command, {
        env,
        signal: options.signal,
        timeoutMs: checks_TIMEOUT_MS,
    });
    const { stdout, stderr } = await asked;
    options.signal.throwIfAborted();
    const findings = readChecks(stdout, dockerfileOf(options));
    if (findings === undefined)
        log.debug(`No build checks: ${stderr.trim()}`);
    return findings ?? [];
}
/** Reads `--call=check,format=json`; undefined where it is none, as with an older BuildKit. */
function readChecks(text, file) {
    const result = (0,json/* parseJson */.qF)(text);
    if (result === undefined)
        return undefined;
    return (0,json/* asList */.DD)((0,json/* asRecord */.qY)(result)['warnings']).map((entry) => {
        const warning = (0,json/* asRecord */.qY)(entry);
        const range = (0,json/* asRecord */.qY)((0,json/* asList */.DD)((0,json/* asRecord */.qY)(warning['location'])['ranges'])[0]);
        return {
            rule: (0,json/* asText */.e1)(warning['ruleName']),
            message: (0,json/* asText */.e1)(warning['detail']) || (0,json/* asText */.e1)(warning['description']),
            file,
            line: (0,json/* asNumber */.i)((0,json/* asRecord */.qY)(range['start'])['line']) ?? 0,
            url: (0,json/* asText */.e1)(warning['url']),
        };
    });
}

// EXTERNAL MODULE: ./lib/image/bases/resolve.js + 1 modules
var resolve = __webpack_require__(3775);
;// CONCATENATED MODULE: ./lib/image/commit-time.js
/**
 * When a commit was made, in seconds since the epoch: the one time that an image may carry, so that
 * the same source gives the same image. Undefined where the checkout does not have the commit.
 */
async function readCommitTime(commands, { folder, commit }) {
    if (!/^[0-9a-f]{40,64}$/.test(commit))
        return undefined;
    // In a container job the checkout belongs to another user, whom git distrusts by itself.
    const args = ['-c', 'safe.directory=*', 'show', '-s', '--format=%ct', commit];
    const asked = commands.run('git', args, { cwd: folder });
    const { exitCode, stdout } = await asked.catch(() => ({ exitCode: 127, stdout: '' }));
    const seconds = Number(stdout.trim());
    return exitCode === 0 && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}

// EXTERNAL MODULE: ./lib/image/source.js + 28 modules
var lib_image_source = __webpack_require__(378);
;// CONCATENATED MODULE: ./lib/image/build-settings.js




/** How this source is built, once it is known that it has to be. */
async function settleBuild({ ports, request, options }, { builder, source, repository, isStale }, layersTag) {
    const { commit, sourceUrl, workDirectory, signal } = options;
    const commitTime = await readCommitTime(ports.commands, { folder: request.context, commit });
    const created = commitTime === undefined ? [] : [new Date(commitTime * 1000).toISOString()];
    return {
        context: request.context,
        dockerfile: request.dockerfile,
        target: request.target,
        buildArgs: request.buildArgs,
        labels: new Map([
            ['org.opencontainers.image.source', sourceUrl],
            ['org.opencontainers.image.revision', commit],
            ...created.map((time) => ['org.opencontainers.image.created', time]),
        ]),
        secrets: request.buildSecrets,
        commitTime,
        // Said to whoever takes it: by itself a builder asks its environment, of which the name knows nothing.
        platforms: builder.hasBuildx ? (0,lib_image_source/* platformsOf */.Wt)(request, builder) : request.platforms,
        bases: (0,resolve/* pinsOf */.c)(source.bases, source.reading.stageNames),
        noCache: isStale,
        registryHost: options.fallback.host,
        cache: repository && layersTag && (0,image_reference/* renderTagReference */.GG)(repository, layersTag),
        cachesStages: request.buildSecrets.size === 0 && !source.reading.usesSecrets,
        sbom: request.sbom,
        provenance: true,
        workDirectory,
        signal,
    };
}

// EXTERNAL MODULE: ./lib/image/gate/gate.js + 41 modules
var gate = __webpack_require__(8705);
;// CONCATENATED MODULE: ./lib/image/built.js











/** Builds the image, and lets it pass only without secrets. @throws ActionError IMAGE_* */
async function build(story, ready) {
    const { ports, options } = story;
    const { steps, signal } = options;
    const { builder, source } = ready;
    const startedAtMs = ports.clock.now();
    const layersTag = cacheTag(startedAtMs, story.request.rebuildAfterMs);
    const settings = await settleBuild(story, ready, layersTag);
    const log = ports.log.labelled('docker');
    const [image, baseLayers] = await steps.time('build', () => together(signal, (either) => buildChecked({ ...ports, log }, builder, { ...settings, signal: either }), (either) => ready.signedIn(source.reading.finalBases, (env) => findBaseLayers(ports.commands, source.reading.finalBases, {
        bases: source.bases,
        signal: either,
        env,
    }))));
    const id = image.kind === 'engine' ? image.imageId : image.digest;
    log.info(`Built ${id}`);
    const [, isUnchanged] = await steps.time('scan', () => together(signal, (either) => guardImage(story, ready, { image, baseLayers: baseLayers ?? [], signal: either }), (either) => isSourceUnchanged(story, ready, either)));
    const { address } = source;
    const hasName = 'address' in address && isUnchanged;
    return {
        kind: 'built',
        builder,
        options: settings,
        image,
        tag: hasName ? (0,image_reference/* sourceTag */.Yr)(address.address, startedAtMs) : (0,image_reference/* buildTag */.NQ)(id),
        // Layers of files that changed meanwhile are not those that the gate has seen.
        cacheTag: isUnchanged ? layersTag : undefined,
    };
}
/** What BuildKit's checks find is shown at its line, and stops nothing. */
async function buildChecked(ports, builder, options) {
    const [image, findings] = await together(options.signal, (signal) => buildImage(ports, builder, { ...options, signal }), (signal) => checkDockerfile(ports, builder, { ...options, signal }));
    for (const finding of findings)
        ports.log.annotate(toAnnotation(finding));
    return image;
}
/** What changed while the builder read it would be found under another's name. */
async function isSourceUnchanged({ ports }, { source, readAgain }, signal) {
    if ('unaddressable' in source.address)
        return true;
    const again = await readAgain(signal).catch((error) => {
        if (error instanceof errors/* ActionError */.l && error.code === 'IMAGE_CONTEXT')
            return undefined;
        throw error;
    });
    if (again && (0,canonical_json/* canonicalJson */.d)(again.address) === (0,canonical_json/* canonicalJson */.d)(source.address))
        return true;
    ports.log.warning('The build context or a base image changed while it was built, so the next deploy builds it again. ' +
        'If a Terraform configuration stands in the context, that does it: commit its .terraform.lock.hcl, or leave it out by .dockerignore.');
    return false;
}
async function guardImage({ ports, request }, { allowList }, { image, baseLayers, signal, }) {
    if (request.secretScan === 'off')
        return;
    const { streams, log } = ports;
    const source = image.kind === 'engine' ? (0,image_source/* engineImage */.Sg)(streams, image.imageId) : (0,image_source/* layoutFile */.NI)(streams, image.path);
    const findings = await (0,gate/* scanImage */.FW)(source, { baseLayers, allowList, signal });
    (0,gate/* guardFindings */._W)(request.secretScan, findings, 'image', log);
    if (findings.length === 0)
        log.info('No secrets in what the image adds to its base.');
    (0,gate/* warnOfAllowList */.Z)(allowList, log);
}
function toAnnotation({ rule, message, file, line, url }) {
    const words = [message, url].filter((part) => part !== '').join('\n');
    return { severity: 'warning', title: `Build check ${rule}`, message: words, file, line };
}

// EXTERNAL MODULE: ./lib/google/diagnosis.js
var diagnosis = __webpack_require__(622);
;// CONCATENATED MODULE: ./lib/image/existing.js




/**
 * Resolves what the input `image` says to a digest that the registry has, and changes nothing.
 *
 * @throws ActionError IMAGE_REFERENCE for what can never be deployed, IMAGE_MISSING, GCP_*
 */
async function resolveExisting(google, text, options) {
    const image = parseDeployable(text.trim(), options);
    const answer = await fetchManifest(google, image, {
        // A digest says exactly what is meant, whatever the tag beside it.
        reference: image.digest ?? image.tag ?? 'latest',
        accept: [400, 401, 403],
    });
    if (answer.status === 404)
        throw missing(image);
    if (answer.status >= 400)
        throw unreadable(image, answer);
    const digest = answer.headers['docker-content-digest'] ?? image.digest;
    if (digest === undefined)
        throw missing(image);
    return { digest, source: { host: image.host, path: image.path } };
}
function parseDeployable(text, { repository }) {
    const image = (0,image_reference/* parseImageName */["if"])(text);
    const example = `Write ${repository.host}/${repository.path}:TAG, or …@sha256:… with a digest.`;
    if (image === undefined || /\s/.test(text)) {
        throw invalid(`The input image is no image reference: "${text}".`, example);
    }
    if (image.host !== repository.host) {
        const why = `The input image names ${image.host}, but the VMs can only pull from ${repository.host}.`;
        throw invalid(why, copyHint(text, repository));
    }
    if (image.path.split('/').length < 3) {
        throw invalid(`The input image names no PROJECT/REPOSITORY/IMAGE: "${text}".`, example);
    }
    if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest)) {
        throw invalid(`The input image has a digest that is no sha256 one: "${text}".`, example);
    }
    return image;
}
/** How to copy an image by hand; a tag of its own keeps the registry's cleanup from taking it. */
function copyHint(source, { host, path }) {
    const target = `${host}/${path}:imported`;
    return [
        `Copy it there first, and name ${target} instead:`,
        `  gcrane cp ${source} ${target}`,
        `or: docker pull ${source} && docker tag ${source} ${target} && docker push ${target}`,
    ].join('\n');
}
function missing(image) {
    const { host, path } = image;
    return new errors/* ActionError */.l('IMAGE_MISSING', `The image ${(0,image_reference/* renderImageName */.$X)(image)} is not in the registry.`, { hint: `See which ones are: gcloud artifacts docker tags list ${host}/${path}` });
}
function unreadable(image, { status, text }) {
    const { message } = (0,diagnosis/* readFailure */.f)(status, text);
    const said = `The registry does not show ${(0,image_reference/* renderImageName */.$X)(image)} (${status}): ${message}`;
    if (status === 400)
        return invalid(said, 'Compare it with what the registry has.');
    if (status === 401) {
        const hint = 'The registry does not take the token of this job: does its identity still exist?';
        return new errors/* ActionError */.l('IMAGE_MISSING', said, { hint });
    }
    const [project, repository] = ownerOf(image);
    const location = /^(.+)-docker\.pkg\.dev$/.exec(image.host)?.[1] ?? 'LOCATION';
    return new errors/* ActionError */.l('IMAGE_MISSING', said, {
        hint: `Grant the deployer roles/artifactregistry.reader on that repository: gcloud artifacts repositories add-iam-policy-binding ${repository} --location ${location} --project ${project} --role roles/artifactregistry.reader --member serviceAccount:DEPLOYER`,
    });
}
/** A project of a domain takes two parts of the path. */
function ownerOf({ path }) {
    const [first = '', second = '', third = ''] = path.split('/');
    return first.includes('.') ? [`${first}:${second}`, third] : [first, second];
}
function invalid(message, hint) {
    return new errors/* ActionError */.l('IMAGE_REFERENCE', message, { hint });
}

// EXTERNAL MODULE: ./lib/image/gate/allow-list.js
var allow_list = __webpack_require__(2653);
;// CONCATENATED MODULE: ./lib/image/reuse.js


/** How far the clock of the machine that built may go ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;
/**
 * The newest image of that address, however old, that is still in the registry; undefined where
 * there is none, or no repository yet.
 *
 * @throws ActionError GCP_*
 */
async function findLatest(google, repository, { address, nowMs }) {
    const times = (await listTags(google, repository))
        .flatMap((tag) => (0,image_reference/* parseSourceTag */.$m)(address, tag) ?? [])
        // One from further ahead would stay fresh for as long as its clock was wrong.
        .filter((builtAtMs) => builtAtMs - nowMs <= MAX_AHEAD_MS)
        .sort((a, b) => b - a);
    // A cleanup may have taken a manifest and left its tag in the list for a while.
    for (const builtAtMs of times) {
        const digest = await findDigest(google, repository, (0,image_reference/* sourceTag */.Yr)(address, builtAtMs));
        if (digest === undefined)
            continue;
        return { digest, builtAtMs, ageMs: Math.max(0, nowMs - builtAtMs) };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/image/image.js












/**
 * Gets the image ready, up to the push: the one that is named, the one that the same source gave
 * before, or a new one that has passed the gate.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
async function prepareImage(ports, request, options) {
    if (request.image !== undefined) {
        const repository = (await options.repository) ?? options.fallback;
        return {
            kind: 'existing',
            image: await resolveExisting(ports.google, request.image, { repository }),
        };
    }
    const story = { ports, request, options };
    const { steps } = options;
    const ready = await steps.time('image', () => lookForKnown(story));
    return 'kind' in ready ? ready : build(story, ready);
}
const HINT_ABOUT_GIT = 'The build context holds .git, which is another one in every checkout: with a line `**/.git` in .dockerignore the image can be found again.';
async function lookForKnown(story) {
    const { ports, request, options } = story;
    const { signal } = options;
    const [builder, eager, allowed] = await Promise.all([
        findBuilder(ports.commands, signal),
        (0,lib_image_source/* readContext */.yI)(ports, request, { builder: 'buildkit', signal }),
        // Without such a file nothing is allowed.
        ports.files.read(allow_list/* ALLOW_LIST_FILE */.a).catch(() => ''),
    ]);
    const context = builder.hasBuildx
        ? eager
        : await (0,lib_image_source/* readContext */.yI)(ports, request, { builder: 'classic', signal });
    const allowList = (0,allow_list/* parseAllowList */.j)(allowed);
    if (context.entries.some(({ path }) => path === '.git' || path.endsWith('/.git')))
        ports.log.info(HINT_ABOUT_GIT);
    // What is known has passed the gate already: then nobody waits for it.
    const dispensable = new AbortController();
    const either = AbortSignal.any([signal, dispensable.signal]);
    const guarded = guardContext(story, { context, allowList, signal: either });
    guarded.catch(() => undefined);
    const signedIn = signIn(story);
    const read = (found, within) => (0,lib_image_source/* readSource */.o$)(ports, request, { builder, context: found, allowed, signedIn, signal: within });
    const [source, repository] = await Promise.all([read(context, signal), options.repository]);
    const { known, isStale } = await findKnown(story, source, repository);
    // A warning is to be given every time.
    if (known && request.secretScan === 'block')
        dispensable.abort();
    else
        await guarded;
    if (known)
        return known;
    const readAgain = async (within) => {
        const kind = builder.hasBuildx ? 'buildkit' : 'classic';
        return read(await (0,lib_image_source/* readContext */.yI)(ports, request, { builder: kind, signal: within }), within);
    };
    return { builder, source, allowList, signedIn, readAgain, repository, isStale };
}
/** A base image of the project itself needs no login of the user's. */
function signIn({ ports, options }) {
    const { host } = options.fallback;
    return async (images, work) => {
        if (!images.some(({ name }) => (0,image_reference/* parseImageName */["if"])(name)?.host === host))
            return work(undefined);
        const login = { host, token: await ports.tokens.accessToken() };
        const directory = `${options.workDirectory}/look-up-${(0,external_node_crypto_.randomUUID)()}`;
        return withLogin(ports, { directory, ...login }, work);
    };
}
async function guardContext({ ports, request }, { context, ...options }) {
    if (request.secretScan === 'off')
        return;
    const findings = await (0,gate/* scanContext */.hp)(ports.tree, context, {
        ...options,
        folder: request.context,
        dockerfile: (0,lib_image_source/* dockerfilePath */.Se)(request),
    });
    (0,gate/* guardFindings */._W)(request.secretScan, findings, 'context', ports.log);
    const files = context.entries.filter(({ kind }) => kind === 'file').length;
    if (findings.length === 0)
        ports.log.info(`No secrets in the build context (${(0,markdown/* counted */.hS)(files, 'file')}).`);
}
async function findKnown({ ports, request }, { address }, repository) {
    const { google, clock, log } = ports;
    if ('unaddressable' in address) {
        for (const reason of address.unaddressable)
            log.info(`It has to be built: ${reason}`);
        return { isStale: false };
    }
    if (repository === undefined)
        return { isStale: false };
    const latest = await findLatest(google, repository, { ...address, nowMs: clock.now() });
    if (latest === undefined)
        return { isStale: false };
    const age = (0,duration/* renderDuration */.P)(latest.ageMs);
    if (latest.ageMs >= request.rebuildAfterMs) {
        log.info(`The image of this source is ${age} old: it is built anew, every step of it.`);
        return { isStale: true };
    }
    const { digest } = latest;
    log.info(`The registry has the image of this source, built ${age} ago: ${digest}`);
    return { known: { kind: 'known', repository, digest }, isStale: false };
}

;// CONCATENATED MODULE: ./lib/image/mount.js





/**
 * Brings an image of another repository into that of this service, under the same digest and without
 * moving its bytes: the registry links the blobs. Does nothing for one that is there.
 *
 * @throws ActionError IMAGE_REFERENCE when the registry will not link, IMAGE_MISSING, GCP_*
 */
async function bringHome(google, { digest, source }, home) {
    if (home.path === source.path)
        return;
    const written = (0,image_reference/* renderDigestReference */.Ao)(source, digest);
    await copyManifest(google, digest, { source, target: home, written });
}
/** What a manifest names comes before it: the registry takes none whose parts it does not have. */
async function copyManifest(google, digest, journey) {
    const { source, target, written } = journey;
    const { status, text, headers } = await fetchManifest(google, source, { reference: digest });
    if (status === 404) {
        throw new errors/* ActionError */.l('IMAGE_MISSING', `A part of the image ${written} is gone: ${digest}.`);
    }
    const { config, layers, manifests } = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text));
    await Promise.all(digestsIn(manifests).map((child) => copyManifest(google, child, journey)));
    await Promise.all(digestsIn([config, ...(0,json/* asList */.DD)(layers)]).map((blob) => mountBlob(google, blob, journey)));
    await google.request({
        service: 'registry',
        method: 'PUT',
        path: `v2/${target.path}/manifests/${digest}`,
        headers: { 'content-type': headers['content-type'] ?? '' },
        body: text,
        purpose: `bring ${digest} into ${target.path}`,
    });
}
async function mountBlob(google, digest, { source, target, written }) {
    const { status } = await google.request({
        service: 'registry',
        method: 'POST',
        path: `v2/${target.path}/blobs/uploads/`,
        query: { mount: digest, from: source.path },
        purpose: `link ${digest} into ${target.path}`,
    });
    // 202 begins an upload instead: the registry wants the bytes.
    if (status === 201)
        return;
    throw new errors/* ActionError */.l('IMAGE_REFERENCE', `The registry does not share the layers of ${source.path} with ${target.path}.`, { hint: copyHint(written, target) });
}
/** Layers that live elsewhere (with `urls`) are no part of a registry. */
function digestsIn(list) {
    return (0,json/* asList */.DD)(list).flatMap((entry) => {
        const { digest, urls } = (0,json/* asRecord */.qY)(entry);
        return (0,json/* asText */.e1)(digest) === '' || urls !== undefined ? [] : [(0,json/* asText */.e1)(digest)];
    });
}

;// CONCATENATED MODULE: ./lib/image/push/target.js

/** The one error of a push. */
function pushFailed(target, why, more = {}) {
    const { host, path } = target.repository;
    return new errors/* ActionError */.l('IMAGE_PUSH_FAILED', `Could not push the image to ${host}/${path}: ${why}`, more);
}
/** An error with the next command for a refusal that no second try changes. */
function refused(target, refusal) {
    return pushFailed(target, refusal.message, { hint: target_hintFor(target, refusal) });
}
/** The name of the repository in Artifact Registry, and where it is. */
function placeOf({ repository }) {
    const id = repository.path.split('/').at(-2) ?? '';
    const location = /^(.+)-docker\.pkg\.dev$/.exec(repository.host)?.[1] ?? repository.host;
    return { id, location };
}
function target_hintFor(target, { status, message }) {
    const { id, location } = placeOf(target);
    const { projectId } = target;
    const flags = `${id} --location ${location} --project ${projectId}`;
    if (status === 404 || /name unknown|NAME_UNKNOWN|repository .*not found/i.test(message)) {
        return `There is no repository ${id} in ${location} of project ${projectId}: the apply of a deploy creates it. If it was deleted by hand, deploy again; see: gcloud artifacts repositories describe ${flags}`;
    }
    if (/has not been used in project|is disabled/i.test(message)) {
        return `Run: gcloud services enable artifactregistry.googleapis.com --project ${projectId} (it takes effect within some minutes).`;
    }
    if (status === 403 || /denied|forbidden/i.test(message)) {
        return `Grant the deployer roles/artifactregistry.writer on repository ${id} in ${location}: gcloud artifacts repositories add-iam-policy-binding ${flags} --role roles/artifactregistry.writer --member serviceAccount:DEPLOYER`;
    }
    if (status === 401 || /unauthorized|authentication/i.test(message)) {
        return `The registry does not take the job's token: does the identity of this job still exist in project ${projectId}? See: gcloud iam service-accounts list --project ${projectId}`;
    }
    if (status === 429 || /toomanyrequests|quota|rate limit/i.test(message)) {
        return `The quota of Artifact Registry is used up; see https://console.cloud.google.com/iam-admin/quotas?project=${projectId}, and run the job again later.`;
    }
    if (/no space left/i.test(message)) {
        return 'The disk of the runner is full: free room before this step (docker system prune --all --force).';
    }
    return 'Check https://status.cloud.google.com and the network of the runner, then run the job again.';
}

;// CONCATENATED MODULE: ./lib/image/push/engine-push.js




const engine_push_TIMEOUT_MS = 60 * 60_000;
const engine_push_ATTEMPTS = 3;
const FIRST_DELAY_MS = 2_000;
/**
 * Lets the engine push the image under the tag, and answers the digest that it says it pushed. What
 * the network or the registry spoils for a moment is tried again, each time with a fresh token.
 *
 * @throws ActionError IMAGE_PUSH_FAILED
 */
async function pushFromEngine(ports, options) {
    const reference = (0,image_reference/* renderTagReference */.GG)(options.target.repository, options.tag);
    await tagInEngine(ports, options, reference);
    for (let attempt = 1;; attempt++) {
        const { digest, said } = await pushOnce(ports, options, reference);
        if (digest !== undefined)
            return digest;
        const isPassing = isPassingWord(said);
        if (!isPassing)
            throw refused(options.target, { status: 0, message: said });
        if (attempt === engine_push_ATTEMPTS) {
            const { hint } = refused(options.target, { status: 0, message: said });
            throw pushFailed(options.target, `${said} (${engine_push_ATTEMPTS} attempts)`, { hint, isPassing });
        }
        const delayMs = FIRST_DELAY_MS * 3 ** (attempt - 1) * (0.5 + ports.random() / 2);
        ports.log.info(`${said}; again in ${Math.round(delayMs)} ms`);
        await ports.clock.sleep(delayMs, options.signal);
    }
}
async function tagInEngine({ commands }, { target, imageId, signal }, reference) {
    const tagging = { signal, timeoutMs: engine_push_TIMEOUT_MS };
    const { exitCode, stderr } = await commands.runInterruptible('docker', ['tag', imageId, reference], tagging);
    signal.throwIfAborted();
    if (exitCode !== 0)
        throw refused(target, { status: 0, message: saidBy(exitCode, stderr) });
}
async function pushOnce(ports, { target, workDirectory, signal }, reference) {
    const { host } = target.repository;
    const login = { host, token: await ports.tokens.accessToken() };
    const directory = `${workDirectory}/push-config`;
    return withLogin(ports, { directory, ...login }, async (env) => {
        let digest;
        const { exitCode, stderr, timedOut } = await ports.commands.runInterruptible('docker', ['push', reference], {
            env,
            signal,
            timeoutMs: engine_push_TIMEOUT_MS,
            onLine: (line) => {
                digest = /: digest: (sha256:[0-9a-f]{64}) size: \d+$/.exec(line)?.[1] ?? digest;
                if (isWorthSaying(line))
                    ports.log.info(line);
            },
        });
        signal.throwIfAborted();
        if (exitCode === 0 && digest !== undefined)
            return { digest, said: '' };
        if (exitCode === 0)
            return { digest: undefined, said: 'docker does not say what it pushed' };
        const said = saidBy(exitCode, stderr);
        return { digest: undefined, said: timedOut ? 'it took over an hour' : said };
    });
}
function saidBy(exitCode, stderr) {
    return (0,last_line/* lastLine */.f)(stderr) || `docker ended with exit code ${exitCode} and said nothing`;
}
/** What each layer is about to do is not: only what became of it. */
function isWorthSaying(line) {
    return line.trim() !== '' && !/: (?:Preparing|Waiting)$/.test(line);
}
// An `unauthorized` is a token that ended meanwhile; a missing permission is called `denied`.
function isPassingWord(said) {
    if (/denied|forbidden|name unknown|not found|no space left|Cannot connect to the Docker daemon/i.test(said))
        return false;
    return /\b5\d\d\b|\b429\b|toomanyrequests|EOF|connection reset|connection refused|broken pipe|timeout|timed out|no such host|server misbehaving|unauthorized|authentication required|unexpected (?:http )?status|closed network connection|use of closed|GOAWAY/i.test(said);
}

;// CONCATENATED MODULE: ./lib/image/push/upload.js



const IDLE_MS = 2 * 60_000;
/** In a row, without a byte more in the registry. */
const MOST_FAILURES = 6;
const upload_FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 20_000;
/**
 * Uploads one blob, unless the registry has it, in the one way that Artifact Registry takes: whole,
 * in one PUT ("Artifact Registry does not support Docker chunked uploads",
 * https://cloud.google.com/artifact-registry/docs/reference/docker-api). When that breaks, a registry
 * that kept the beginning and says so gets the rest; another one gets it all again.
 */
class BlobUpload {
    #ports;
    #options;
    #blob;
    #session;
    /** Off for a registry that kept a beginning and then did not take the rest. */
    #canResume = true;
    #failures = 0;
    /** How far the registry has ever come. */
    #reached = 0;
    constructor(ports, options, blob) {
        this.#ports = ports;
        this.#options = options;
        this.#blob = blob;
    }
    /** Answers whether bytes had to be sent. @throws ActionError IMAGE_PUSH_FAILED */
    async run() {
        const { registry, signal } = this.#options;
        for (let isFirst = true;; isFirst = false) {
            signal.throwIfAborted();
            // Also after a failure: the answer may be all that was lost.
            if (await registry.hasBlob(this.#blob.digest))
                return !isFirst;
            if (!isFirst)
                await this.#findProgress();
            this.#session ??= { location: await registry.startUpload(), offset: 0 };
            const answer = await this.#sendRest(this.#session).catch((error) => {
                signal.throwIfAborted();
                return (0,network_reason/* networkReason */.d)(error);
            });
            if (typeof answer !== 'string' && answer.status === 201)
                return true;
            await this.#takeFailure(answer);
        }
    }
    async #sendRest({ location, offset }) {
        const { digest, sizeBytes } = this.#blob;
        if (offset === 0)
            return this.#send('PUT', withDigest(location, digest), 0);
        if (offset === sizeBytes)
            return this.#send('PUT', withDigest(location, digest));
        const answer = await this.#send('PATCH', location, offset);
        if (answer.status !== 202)
            return answer;
        const rest = { location: answer.headers['location'] ?? location, offset: sizeBytes };
        this.#session = rest;
        return this.#sendRest(rest);
    }
    /** What an interrupted upload has come to; a registry that does not say so starts afresh. */
    async #findProgress() {
        const { location } = this.#session ?? {};
        this.#session = undefined;
        if (location === undefined || !this.#canResume)
            return;
        const answer = await this.#send('GET', location).catch(() => undefined);
        const end = /^(?:bytes=)?0-(\d+)$/.exec(answer?.headers['range'] ?? '')?.[1];
        // 0-0 is what registries say of nothing as well as of one byte.
        const offset = answer?.status === 204 && Number(end) > 0 ? Number(end) + 1 : 0;
        if (offset === 0 || offset > this.#blob.sizeBytes)
            return;
        this.#session = { location: answer?.headers['location'] ?? location, offset };
        if (offset > this.#reached)
            this.#failures = 0;
        this.#reached = Math.max(offset, this.#reached);
        this.#ports.log.info(`${upload_shortDigest(this.#blob.digest)}: going on at byte ${offset}`);
    }
    async #takeFailure(answer) {
        const { target } = this.#options;
        const failure = typeof answer === 'string' ? undefined : (0,diagnosis/* readFailure */.f)(answer.status, answer.body);
        const why = typeof answer === 'string' ? answer : `${answer.status} ${failure?.message ?? ''}`;
        const resumed = (this.#session?.offset ?? 0) > 0;
        if (failure && isRefusal(failure.status)) {
            if (!resumed)
                throw refused(target, failure);
            this.#canResume = false;
            this.#session = undefined;
        }
        // An address that is no more, and a token that is none any more, are had anew.
        if (failure?.status === 404)
            this.#session = undefined;
        this.#failures += 1;
        if (this.#failures >= MOST_FAILURES) {
            throw pushFailed(target, `the upload of ${upload_shortDigest(this.#blob.digest)} broke off again and again: ${why}`, {
                isPassing: true,
                hint: refused(target, failure ?? { status: 0, message: why }).hint,
            });
        }
        await this.#pause(why);
    }
    async #pause(why) {
        const { clock, log, random } = this.#ports;
        const delayMs = Math.min(upload_FIRST_DELAY_MS * 2 ** (this.#failures - 1), MAX_DELAY_MS);
        const jitteredMs = delayMs * (0.5 + random() / 2);
        log.info(`${upload_shortDigest(this.#blob.digest)}: ${why}; again in ${Math.round(jitteredMs)} ms`);
        await clock.sleep(jitteredMs, this.#options.signal);
    }
    async #send(method, location, from) {
        const { registryUrl, path, signal } = this.#options;
        const { offset, sizeBytes } = this.#blob;
        const url = new URL(location, registryUrl);
        const isOurs = url.origin === new URL(registryUrl).origin;
        const token = isOurs ? await this.#ports.tokens.accessToken() : undefined;
        const length = sizeBytes - (from ?? sizeBytes);
        return this.#ports.sender.send({
            method,
            url: url.href,
            headers: {
                ...(token !== undefined && { authorization: `Bearer ${token}` }),
                ...(method !== 'GET' && {
                    'content-type': 'application/octet-stream',
                    'content-length': String(length),
                }),
                ...(method === 'PATCH' && { 'content-range': `${from}-${sizeBytes - 1}` }),
            },
            ...(length > 0 && from !== undefined && { body: { path, offset: offset + from, length } }),
            idleMs: IDLE_MS,
            signal,
        });
    }
}
function withDigest(location, digest) {
    return `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
}
/** A 401 is a token that ended meanwhile, a 404 an upload that did. */
function isRefusal(status) {
    return status >= 400 && status < 500 && ![401, 404, 408, 429].includes(status);
}
/** As long as people need it to tell one from another. */
function upload_shortDigest(digest) {
    return digest.slice(0, 'sha256:'.length + 12);
}

;// CONCATENATED MODULE: ./lib/image/push/layout-push.js


const AT_ONCE = 4;
/**
 * Brings a layout into the registry: blobs side by side, then the manifests, those that are named
 * by others first. A blob that the registry has is not sent again, so that what breaks off goes on
 * where it was.
 */
async function pushLayout(ports, layout, options) {
    const startedAt = ports.clock.now();
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const waiting = [...layout.blobs].sort((a, b) => b.sizeBytes - a.sizeBytes);
    let sentBytes = 0;
    const work = async () => {
        for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
            const wasSent = await new BlobUpload(ports, { ...options, signal }, blob).run();
            if (wasSent)
                sentBytes += blob.sizeBytes;
            const megabytes = `${(blob.sizeBytes / 1e6).toFixed(1)} MB`;
            ports.log.info(`${upload_shortDigest(blob.digest)}: ${wasSent ? `sent ${megabytes}` : 'the registry has it'}`);
        }
    };
    await allOrNone(stop, Array.from({ length: AT_ONCE }, work));
    for (const manifest of layout.manifests) {
        await options.registry.putManifest(manifest.digest, manifest);
    }
    const took = (0,duration/* renderDuration */.P)(ports.clock.now() - startedAt);
    ports.log.info(`Pushed ${(sentBytes / 1e6).toFixed(1)} MB in ${took}`);
}
/** When one fails the others are stopped and waited for; its error is the one thrown. */
async function allOrNone(stop, tasks) {
    try {
        await Promise.all(tasks);
    }
    catch (error) {
        stop.abort(error);
        await Promise.allSettled(tasks);
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/image/push/registry-writer.js




/** Answers that are explained here; what may pass is tried again by the client. */
const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 416];
/** The small requests of a push: what is there, where to upload, manifests and tags. */
class RegistryWriter {
    #google;
    #target;
    /** By digest: what was put need not be read again for the next tag. */
    #known = new Map();
    constructor(google, target) {
        this.#google = google;
        this.#target = target;
    }
    async hasBlob(digest) {
        const { status } = await this.#ask('HEAD', `blobs/${digest}`, { accept404: true });
        return status !== 404;
    }
    /** The digest behind a tag or digest, or undefined. */
    async findDigest(reference) {
        const answer = await this.#ask('HEAD', `manifests/${reference}`, {
            accept404: true,
            headers: { accept: MANIFEST_TYPES.join(', ') },
        });
        return answer.status === 404 ? undefined : answer.headers['docker-content-digest'];
    }
    /** Begins an upload; answers its address, which may be relative. */
    async startUpload() {
        const { headers } = await this.#ask('POST', 'blobs/uploads/', {});
        const { location } = headers;
        if (location)
            return location;
        throw pushFailed(this.#target, 'the registry begins an upload and does not say where.');
    }
    /** Puts a manifest under its digest or a tag. @throws when the registry took something else for it */
    async putManifest(reference, manifest) {
        const { digest, mediaType, text } = manifest;
        const { headers } = await this.#ask('PUT', `manifests/${reference}`, {
            headers: { 'content-type': mediaType },
            body: text,
        });
        this.#known.set(manifest.digest, manifest);
        const taken = headers['docker-content-digest'] ?? digest;
        if (taken === digest)
            return;
        throw pushFailed(this.#target, `the registry has ${taken} where ${digest} was pushed.`, {
            hint: 'Something between this runner and the registry changes what is sent: check the proxy.',
        });
    }
    /** Gives a manifest of the registry one more tag. */
    async tag(digest, tag) {
        const manifest = this.#known.get(digest) ?? (await this.findManifest(digest));
        if (manifest)
            return this.putManifest(tag, manifest);
        throw pushFailed(this.#target, `${digest} is gone from the registry.`, {
            hint: 'Somebody may have deleted it at this moment: run the job again.',
        });
    }
    /** The manifest behind a tag or digest, or undefined. */
    async findManifest(reference) {
        const { status, headers, text } = await this.#ask('GET', `manifests/${reference}`, {
            accept404: true,
            headers: { accept: MANIFEST_TYPES.join(', ') },
        });
        const { 'content-type': mediaType = '', 'docker-content-digest': digest = '' } = headers;
        if (status === 404 || digest === '')
            return undefined;
        const manifest = { digest, mediaType, text };
        this.#known.set(digest, manifest);
        return manifest;
    }
    async #ask(method, path, more) {
        const { accept404 = false, ...rest } = more;
        const { path: name } = this.#target.repository;
        const purpose = `push the image to ${name}`;
        const request = { service: 'registry', method, path: `v2/${name}/${path}`, purpose };
        const answer = await this.#google
            .request({ ...request, ...rest, accept: REFUSALS })
            .catch((cause) => {
            throw this.#asPushFailure(cause);
        });
        if (answer.status < 300 || (accept404 && answer.status === 404))
            return answer;
        const { status, text } = answer;
        // An answer to HEAD has no words of its own.
        const message = text === '' ? `the registry answers ${status}` : (0,diagnosis/* readFailure */.f)(status, text).message;
        throw refused(this.#target, { status, message });
    }
    #asPushFailure(cause) {
        if (!(cause instanceof errors/* ActionError */.l) || cause.code === 'AUTH_FAILED')
            return cause;
        const { message, isPassing } = cause;
        const { hint } = refused(this.#target, { status: 0, message });
        return new errors/* ActionError */.l('IMAGE_PUSH_FAILED', message, { cause, isPassing, hint });
    }
}

;// CONCATENATED MODULE: ./lib/image/push/push.js







/**
 * Brings the built image into the registry unless it is there already, gives it its tags, and
 * returns it by manifest digest.
 *
 * @throws ActionError IMAGE_PUSH_FAILED, AUTH_FAILED
 */
async function pushImage(ports, options) {
    const { repository, projectId, image, tags } = options;
    const target = { repository, projectId };
    const registry = new RegistryWriter(ports.google, target);
    const arrive = image.kind === 'engine' ? bringFromEngine : bringLayout;
    const { digest, wasPushed } = await arrive(ports, options, { target, registry });
    if (!wasPushed)
        ports.log.info(`The registry has this image already: ${digest}`);
    await Promise.all(tags.map(async (tag) => {
        if ((await registry.findDigest(tag)) !== digest)
            await registry.tag(digest, tag);
    }));
    return { reference: (0,image_reference/* renderDigestReference */.Ao)(repository, digest), wasPushed };
}
/** The engine knows no digest before it has pushed: the tag of the image's id tells whether it has. */
async function bringFromEngine(ports, { image, workDirectory, signal }, { target, registry }) {
    const imageId = image.kind === 'engine' ? image.imageId : '';
    const tag = (0,image_reference/* buildTag */.NQ)(imageId);
    const known = await registry.findManifest(tag);
    if (known && (known.digest === imageId || configOf(known) === imageId)) {
        return { digest: known.digest, wasPushed: false };
    }
    const said = await pushFromEngine(ports, { target, imageId, tag, workDirectory, signal });
    const found = await registry.findDigest(tag);
    // The engine says what it pushed, the registry what it has: only when both agree it goes on.
    if (found === said)
        return { digest: said, wasPushed: true };
    throw pushFailed(target, `the registry has ${found ?? 'nothing'} under the tag ${tag}, and the engine says it pushed ${said}.`, { hint: 'Somebody may have pushed at the same time: run the job again.' });
}
/** The image id of engines with a store of their own. */
function configOf({ text }) {
    return (0,json/* asText */.e1)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text))['config'])['digest']);
}
async function bringLayout(ports, { image, registryUrl, signal }, { target, registry }) {
    const path = image.kind === 'layout' ? image.path : '';
    const layout = await readLayout(ports.openFile, path);
    const { digest } = layout;
    if (await registry.findDigest(digest))
        return { digest, wasPushed: false };
    await pushLayout(ports, layout, { target, registry, registryUrl, path, signal });
    const root = layout.manifests.at(-1);
    // An index that nothing tags is cleaned away, and the attestations with it.
    if (root && root.digest !== digest)
        await registry.putManifest(attestationTag(digest), root);
    return { digest, wasPushed: true };
}
/** Tag of the index that has the attestations (provenance, SBOM) of an image. */
function attestationTag(digest) {
    return `attested-${digest.replace(/^sha256:/, '').slice(0, 12)}`;
}

;// CONCATENATED MODULE: ./lib/image/publish.js





/**
 * Brings a prepared image into the service's repository, and returns it by digest.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
async function publishImage(ports, request, { prepared, ...options }) {
    const { home, steps } = options;
    if (prepared.kind === 'existing') {
        const { image } = prepared;
        const reference = (0,image_reference/* renderDigestReference */.Ao)(home, image.digest);
        await steps.time('push', () => bringHome(ports.google, image, home));
        return { reference, wasPushed: false, keepCache: async () => undefined };
    }
    if (prepared.kind === 'known') {
        if (prepared.repository.path === home.path) {
            const reference = (0,image_reference/* renderDigestReference */.Ao)(home, prepared.digest);
            return { reference, wasPushed: false, keepCache: async () => undefined };
        }
        // The plan has moved the service to another repository, which has nothing of it yet.
        const anew = await prepareImage(ports, request, {
            ...options,
            repository: Promise.resolve(home),
            fallback: home,
        });
        return publishImage(ports, request, { ...options, prepared: anew });
    }
    return push(ports, prepared, options);
}
async function push(ports, prepared, options) {
    const { home, projectId, registryUrl, workDirectory, steps, signal } = options;
    const { builder, image, tag, cacheTag } = prepared;
    const log = ports.log.labelled('docker');
    // An engine's own store exports no cache: there the image says which step made which layer.
    const isCacheToo = image.kind === 'engine' && builder.hasBuildx && cacheTag !== undefined;
    const tags = isCacheToo ? [tag, cacheTag] : [tag];
    const cache = cacheTag && (0,image_reference/* renderTagReference */.GG)(home, cacheTag);
    const pushed = await steps.time('push', () => pushImage({ ...ports, log }, { image, repository: home, projectId, tags, registryUrl, workDirectory, signal }));
    return {
        ...pushed,
        keepCache: (either) => exportCache({ ...ports, log }, builder, { ...prepared.options, cache, signal: either }).catch((error) => log.debug(`The cache was not kept: ${String(error)}`)),
    };
}

// EXTERNAL MODULE: ./lib/terraform/plan.js
var plan = __webpack_require__(8189);
;// CONCATENATED MODULE: ./lib/terraform/last-outputs.js


/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
function stateName(prefix) {
    return `${prefix}/default.tfstate`;
}
/**
 * The root outputs that the last apply left, read from the state itself: long before terraform is
 * ready to tell them. Empty before the first apply, and where the state cannot be read as such.
 *
 * @throws ActionError GCP_* as `ObjectStore.read` does
 */
async function readLastOutputs(store, prefix) {
    const state = await store.read(stateName(prefix));
    return (0,plan/* outputValues */.u)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(state?.text ?? '')).outputs));
}

;// CONCATENATED MODULE: ./lib/commands/deploy/image.js





/** The image, up to the push. @throws ActionError IMAGE_*, GCP_* */
function prepare(story, signal) {
    const { config, ports } = story;
    // Long before terraform is ready, the state tells where the images are.
    const repository = readLastOutputs(ports.store, config.name).then((outputs) => {
        const repositoryId = (0,json/* asText */.e1)(outputs['repository_id']);
        return repositoryId === '' ? undefined : repositoryOf(story, repositoryId);
    });
    // Asked for once the source is known, unless that fails before.
    repository.catch(() => undefined);
    const fallback = repositoryOf(story, config.name);
    const log = ports.log.labelled('image');
    return prepareImage({ ...ports, log }, config, {
        ...commonOptions(story, signal),
        repository,
        fallback,
    });
}
function commonOptions({ context, steps }, signal) {
    const { provenance, sourceUrl, workDirectory } = context;
    return {
        commit: provenance.commit,
        sourceUrl,
        workDirectory,
        steps,
        signal,
    };
}
/** Where the images of the service are. */
function repositoryOf({ config, context }, repositoryId) {
    const { projectId, name } = config;
    return (0,image_reference/* imageRepository */.an)(context.registryHost, { projectId, repositoryId, name });
}
/** The image where the VMs find it. @throws ActionError IMAGE_*, GCP_* */
function publish(story, prepared, { repositoryId, signal }) {
    const { config, ports, context } = story;
    const log = ports.log.labelled('image');
    return publishImage({ ...ports, log }, config, {
        ...commonOptions(story, signal),
        prepared,
        home: repositoryOf(story, repositoryId),
        projectId: config.projectId,
        registryUrl: context.registryUrl,
    });
}

;// CONCATENATED MODULE: ./lib/commands/deploy/result.js



/** What the VMs say of themselves, and where they are. */
async function describeVms({ ports }, observation) {
    return Promise.all(observation.instances.map(async (instance) => {
        const report = observation.reports.get(instance.name);
        return {
            name: instance.name,
            release: report?.release ?? '',
            image: report?.image ?? '',
            health: instance.healthStates.join(', '),
            address: (await ports.compute.fetchAddress(instance)) ?? '',
        };
    }));
}
/** Of a service without a load balancer; empty for a worker. */
function urlOf(vms, port) {
    const address = vms[0]?.address ?? '';
    return address === '' || port === undefined ? '' : `http://${address}:${port}`;
}
function sayResult(log, infrastructure, result) {
    const { url, loadBalancerAddress } = infrastructure;
    const group = (0,group_reference/* groupName */.hv)(infrastructure.groupName);
    const took = (0,duration/* renderDuration */.P)(result.durationMs);
    log.info(result.outcome === 'unchanged'
        ? `Unchanged: ${group} runs release ${result.release} (${took}).`
        : `Deployed release ${result.release} to ${(0,markdown/* counted */.hS)(result.vms.length, 'VM')} of ${group} in ${took}.`);
    for (const vm of result.vms)
        log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`);
    if (url && loadBalancerAddress)
        log.info(`  ${url}, once its DNS points at ${loadBalancerAddress}`);
}

;// CONCATENATED MODULE: ./lib/commands/deploy.js















/** A push to main: plan and build side by side, apply and push, then roll the group onto the image. */
async function deploy(config, ports, context) {
    const { clock, log } = ports;
    const startedAt = clock.now();
    const steps = new stopwatch/* Stopwatch */.e(clock);
    const story = { config, ports, context, steps };
    const [planned, prepared] = await log.group('Planning the infrastructure and building the image', () => together(context.signal, (signal) => planReviewed(story, signal), (signal) => prepare(story, signal)));
    const [infrastructure, image] = await log.group('Bringing infrastructure and image in place', () => bringInPlace(story, planned, prepared));
    const release = await log.group('Making the release', () => steps.time('release', () => deploy_makeRelease(story, infrastructure, image)));
    const rolled = await log.group(`Rolling ${(0,group_reference/* groupName */.hv)(infrastructure.groupName)} to release ${release.id}`, () => rollAndKeep(story, infrastructure, { release, image }));
    const [vms] = await together(context.signal, () => describeVms(story, rolled.observation), async (signal) => rolled.wasRolled && deploy_prune(story, infrastructure, { release, signal }));
    ports.handover.end();
    const result = {
        outcome: rolled.wasRolled ? 'deployed' : 'unchanged',
        release: release.id,
        previousRelease: rolled.wasRolled ? rolled.previousRelease : '',
        image: image.reference,
        changes: planned.plan.counts,
        vms,
        url: infrastructure.url ?? urlOf(vms, infrastructure.port),
        steps: steps.laps,
        durationMs: clock.now() - startedAt,
    };
    sayResult(log, infrastructure, result);
    return result;
}
/** Refuses a plan that nobody saw before anything is built for it, if that matters here. */
async function planReviewed({ config, ports, context, steps }, signal) {
    const planned = await (0,planning/* planInfrastructure */.V)(ports, steps, { signal, isLocked: true });
    const digest = (0,review_changes/* digestPlan */.w0)(planned.plan.json);
    if (needsReview(config.review, digest)) {
        const { commit, ref } = context.provenance;
        const subject = (0,reviewed/* subjectName */.w)(config);
        guardReview(config.review, digest, await (0,reviewed/* findReviewed */.r)(ports.github, { subject, commit, ref }));
    }
    return planned;
}
// The push may not start before the apply that creates its repository has ended.
async function bringInPlace(story, planned, prepared) {
    const repositoryId = knownRepositoryId(planned.plan);
    if (repositoryId === undefined) {
        const infrastructure = await applyPlan(story, planned);
        const { signal } = story.context;
        return [infrastructure, await publish(story, prepared, { ...infrastructure, signal })];
    }
    return together(story.context.signal, () => applyPlan(story, planned), (signal) => publish(story, prepared, { repositoryId, signal }));
}
async function applyPlan({ ports, steps }, { terraform, plan }) {
    if (!plan.hasChanges)
        return readInfrastructure(plan.outputs);
    const log = ports.log.labelled('terraform');
    await steps.time('apply', () => terraform.apply(plan, log));
    return readInfrastructure(await terraform.readOutputs(log));
}
function deploy_makeRelease({ config, ports, context }, { baseTemplateName }, image) {
    const { name, secrets } = config;
    const { provenance } = context;
    return prepareRelease(ports, {
        name,
        baseTemplateName,
        image: image.reference,
        secrets,
        provenance,
    });
}
/** What the layers for the next build may still take once all VMs are ready. */
const CACHE_PATIENCE_MS = 20_000;
/** The layers for the next build are kept while the VMs boot. */
async function rollAndKeep(story, infrastructure, made) {
    const { ports, context, steps } = story;
    return alongside(() => steps.time('roll', () => deploy_roll(story, infrastructure, made)), (signal) => made.image.keepCache(signal), { clock: ports.clock, patienceMs: CACHE_PATIENCE_MS, signal: context.signal });
}
async function deploy_roll({ config, ports, context }, { groupName: group }, { release, image }) {
    const { minReadyMs, progressDeadlineMs, autoRollback, name } = config;
    const { provenance, holder, signal } = context;
    const machineType = (0,json/* asText */.e1)(release.template.properties['machineType']) || undefined;
    const policy = { release: release.id, image: image.reference, machineType };
    ports.handover.begin(group);
    return attemptRelease(ports, {
        group,
        prefix: name,
        release,
        policy: { ...policy, minReadyMs, progressDeadlineMs },
        kind: 'deploy',
        provenance,
        holder,
        autoRollback,
        signal,
    });
}
/** Takes template and tag from the releases that nobody goes back to any more. */
async function deploy_prune(story, { groupName: group, repositoryId }, { release, signal }) {
    const { config, ports, context } = story;
    const { name, projectId, region, keepReleases, serviceAccount } = config;
    const { holder, provenance } = context;
    const { runUrl, actor } = provenance;
    await story.steps.time('prune', () => pruneReleases(ports, {
        name,
        group,
        prefix: name,
        release: release.id,
        repository: repositoryOf(story, repositoryId),
        projectId,
        region,
        keepReleases,
        owner: { holder, runUrl, actor },
        deployer: serviceAccount,
        signal,
    }));
}

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/state.js
var lib_state = __webpack_require__(7390);
// EXTERNAL MODULE: ./lib/compose/github.js + 11 modules
var github = __webpack_require__(3183);
// EXTERNAL MODULE: ./lib/compose/google.js + 12 modules
var compose_google = __webpack_require__(3001);
// EXTERNAL MODULE: ./lib/compose/step.js + 2 modules
var compose_step = __webpack_require__(7873);
// EXTERNAL MODULE: ./lib/compose/terraform.js + 6 modules
var terraform = __webpack_require__(2515);
;// CONCATENATED MODULE: ./lib/compose/deploy.js


















/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000;
/** Builds the deploy with the real world behind every port. Nothing is written or asked before run(). */
function composeDeploy(config, env, signal) {
    const step = new compose_step/* Step */.p(config);
    return {
        run: async () => {
            const workDirectory = step.workDirectory(env);
            const parts = { config, env, signal, log: step.log, workDirectory };
            step.setOutputs((0,outputs/* renderOutputs */.$Z)(await runDeploy(parts)));
        },
        fail: (failure) => step.fail(failure),
    };
}
async function runDeploy({ config, env, signal, log, workDirectory, }) {
    const identity = (0,compose_google/* identify */.l)({ config, env, log });
    const { endpoints, credentials, tokens } = identity;
    const outside = {
        commands: new processes/* ProcessRunner */.S(env),
        files: files/* localFiles */.J,
        tree: tree/* localTree */.q,
        streams: new LocalByteStreams(env),
        openFile: openLocalFile,
        sender: gaxiosBlobSender(),
        clientFolder: dockerFolder(env),
        clock: clock/* systemClock */.m,
        random: Math.random,
        log,
    };
    const clients = (0,compose_google/* googleClients */.S)(identity, { config, log, signal });
    const { google } = clients;
    const lastingSignal = outliving(signal, AFTER_CANCEL_MS);
    const lasting = (0,compose_google/* googleClients */.S)(identity, { config, log, signal: lastingSignal });
    const holder = (0,external_node_crypto_.randomUUID)();
    const ports = {
        ...outside,
        ...clients,
        tokens,
        github: (0,github/* composeGitHub */.s)({ config, env, log, signal }),
        lasting: { ...lasting, signal: lastingSignal },
        handover: {
            begin: (group) => {
                const state = { group, holder };
                core.saveState(lib_state/* ATTEMPT_STATE */.y, JSON.stringify(state));
            },
            end: () => core.saveState(lib_state/* ATTEMPT_STATE */.y, ''),
        },
        terraform: (either) => (0,terraform/* composeTerraform */.N)({
            ...outside,
            config,
            env,
            google,
            credentials,
            workDirectory,
            signal: either,
        }),
    };
    const { repositoryUrl, ...provenance } = (0,context/* readJobContext */.V1)(env);
    return deploy(withDefaultPlatform(config, env), ports, {
        provenance,
        holder,
        registryHost: endpoints.registryHost,
        registryUrl: endpoints.registry,
        workDirectory,
        sourceUrl: repositoryUrl,
        signal,
    });
}
/** Docker's own variable, which would else decide behind the image's name. */
function withDefaultPlatform(config, env) {
    const platform = env['DOCKER_DEFAULT_PLATFORM'] ?? '';
    const isAsked = config.platforms.length === 0 && platform !== '';
    return isAsked ? { ...config, platforms: [platform] } : config;
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


/***/ })

};
