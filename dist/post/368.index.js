export const id = 368;
export const ids = [368];
export const modules = {

/***/ 6368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeHandOver: () => (/* binding */ composeHandOver)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/adapters/clock.js

const systemClock = {
    now: () => Date.now(),
    sleep: async (durationMs, signal) => {
        try {
            await (0,promises_.setTimeout)(durationMs, undefined, { signal });
        }
        catch (error) {
            // The timer throws its own AbortError; the reason says who stopped us and why.
            signal.throwIfAborted();
            throw error;
        }
    },
};

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

// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
;// CONCATENATED MODULE: ./lib/lib/guarded.js
/** The outcome of the work, unless the guard fails first: then the work is aborted and that is the error. */
async function guarded(signal, options) {
    signal.throwIfAborted();
    const { work, guard, patienceMs, clock } = options;
    const stop = new AbortController();
    const over = new AbortController();
    const working = work(AbortSignal.any([signal, stop.signal])).finally(() => over.abort());
    // Its outcome counts only when it comes first, or its failure is the reason that is thrown.
    working.catch(() => undefined);
    const guarding = guard(AbortSignal.any([signal, over.signal])).catch(async (error) => {
        if (over.signal.aborted || signal.aborted)
            return await working;
        stop.abort(error);
        const tooLong = clock.sleep(patienceMs, over.signal).catch(() => undefined);
        await Promise.race([working.catch(() => undefined), tooLong]);
        throw error;
    });
    return Promise.race([working.catch(() => guarding), guarding]);
}

;// CONCATENATED MODULE: ./lib/lib/network-reason.js
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

;// CONCATENATED MODULE: ./lib/lib/json.js
/** Readers for JSON that came from outside: a wrong shape reads as absent, never as a crash. */
function json_asRecord(value) {
    return isRecord(value) ? value : {};
}
function isRecord(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function asList(value) {
    return Array.isArray(value) ? value : [];
}
function json_asText(value) {
    return typeof value === 'string' ? value : '';
}
function asNumber(value) {
    return typeof value === 'number' ? value : undefined;
}
/** The parsed text, or undefined when it is not JSON. */
function json_parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        // Not JSON is an expected answer (a proxy's HTML page, an empty body): the caller decides.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/release/ledger/lock-record.js

/** A lock that nobody renewed for so long has no living holder. */
const STALE_AFTER_MS = 180_000;
/** Whoever wrote a lock that cannot be read: its age alone counts. */
function parseLock(text) {
    const record = json_asRecord(json_parseJson(text));
    return {
        holder: json_asText(record['holder']),
        runUrl: json_asText(record['run_url']),
        actor: json_asText(record['actor']),
        acquiredAt: json_asText(record['acquired_at']),
        renewedAt: json_asText(record['renewed_at']),
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
                if (error instanceof lib_errors/* ActionError */.l && error.code === 'DEPLOY_LOCK_LOST')
                    throw error;
                log.info(`The deploy lock could not be renewed, which is tried again: ${networkReason(error)}`);
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
        await guarded(over, { work: () => this.#renew(), guard, patienceMs: 0, clock });
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
        return new lib_errors/* ActionError */.l('DEPLOY_LOCK_LOST', `This run lost its deploy lock ${store.url(this.#held.name)}: ${why}.`, {
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
        return await guarded(options.signal, {
            work,
            guard: (over) => lease.keep(over),
            patienceMs: PATIENCE_MS,
            clock: ports.clock,
        });
    }
    finally {
        await lease.release().catch((error) => {
            const freeIn = (0,duration/* renderDuration */.P)(STALE_AFTER_MS);
            ports.log.warning(`The deploy lock could not be removed; it frees itself in ${freeIn}: ${networkReason(error)}`);
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
        return new lib_errors/* ActionError */.l('DEPLOY_LOCKED', `Another run holds the deploy lock ${store.url(lockName(this.#options.prefix))}${since}: ${describeOwner(record)}. This run waited ${(0,duration/* renderDuration */.P)(waitMs)} for it.`, {
            hint: `Wait for that run to end, or cancel it, then run this job again. A run that died loses the lock after ${(0,duration/* renderDuration */.P)(STALE_AFTER_MS)} by itself.`,
        });
    }
}

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
        throw new lib_errors/* ActionError */.l('LEDGER_CONFLICT', `The ledger holds no attempt ${attempt}.`, {
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
    return new lib_errors/* ActionError */.l('LEDGER_CONFLICT', `Attempt ${attempt} (${runUrl}) is in the ledger as "${outcome}" already; it cannot become "${wanted}".`, {
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

;// CONCATENATED MODULE: ./lib/lib/retry.js
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
    const file = json_parseJson(text);
    if (!isRecord(file))
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
    if (!isRecord(value))
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
    return new lib_errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} is damaged: ${problem}.`, {
        hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one. To begin a new history instead, run: gcloud storage mv ${url} ${url}.damaged`,
    });
}
function unknownVersion(url, version) {
    return new lib_errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} has format version ${version}; this release of deploy-spot-mig reads version ${VERSION} only.`, { hint: 'Use the release of deploy-spot-mig that deployed last, or a newer one.' });
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
        return retry(() => this.#tryChange(change), PATIENCE, tools);
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
        throw new lib_errors/* ActionError */.l('LEDGER_BUSY', `Could not write the ledger ${this.#ports.store.url(this.#name)}: others changed it each time between reading and writing.`, {
            hint: 'Look for runs or scripts that write this object without end, then run the job again.',
        });
    }
    #now() {
        return new Date(this.#ports.clock.now()).toISOString();
    }
}

;// CONCATENATED MODULE: ./lib/google/compute/group-reference.js

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
        throw new lib_errors/* ActionError */.l('TERRAFORM_OUTPUTS', `The instance group "${reference}" is neither the name of a regional group nor the id of a zonal or regional one.`, {
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

;// CONCATENATED MODULE: ./lib/release/passing.js

/**
 * Whether an error is one that passes by itself: no network, an overloaded or failing service, a
 * used-up rate. The client has tried for half a minute by then; a rollout has more time than that.
 * What a person must mend (401, 403, 404) is none.
 */
function isPassing(error) {
    return error instanceof lib_errors/* ActionError */.l && error.isPassing;
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
    return new lib_errors/* ActionError */.l('ROLLOUT_FAILED', `The instance group ${groupName(group)} was changed by somebody else each of the ${ATTEMPTS} times that release ${release} was to be rolled out.`, {
        hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    });
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

;// CONCATENATED MODULE: ./lib/release/attempt/hand-over.js





/** The run may have been killed with its PATCH under way: what takes longer than this never arrives. */
const LATE_MS = 20_000;
/** Its last request may have been to remove its lock: whoever loses that race asks once more. */
const hand_over_WAIT_MS = 2_000;
/**
 * Finishes for a run that was killed what it could not: puts the group back, ends the attempt in the
 * ledger, frees the lock. Where another run has the lock by now, that one does all of it.
 *
 * @throws ActionError LEDGER_*, GCP_*
 */
async function handOver(ports, options) {
    const { store, clock, log } = ports;
    const { group, prefix, holder, signal, random = Math.random } = options;
    const file = new LedgerFile({ store, clock }, { prefix, signal, random });
    const owner = { holder, runUrl: 'the post step of a run that was stopped', actor: '' };
    try {
        const lock = { prefix, owner, signal, waitMs: hand_over_WAIT_MS, random };
        await withDeployLock({ store, clock, log }, lock, async (either) => {
            // Under the lock every open attempt is that of a run which is no more.
            const isOurs = () => true;
            const unwatched = {
                group,
                isOurs,
                outcome: 'interrupted',
                why: 'the run was stopped',
                lateMs: LATE_MS,
                signal: either,
            };
            const isOpen = openEntries(await file.read()).length > 0;
            if (isOpen)
                await endUnwatched({ ...ports, file }, unwatched);
            else
                log.info('The run left nothing to finish.');
        });
    }
    catch (error) {
        if (!(error instanceof lib_errors/* ActionError */.l))
            throw error;
        if (error.code === 'DEPLOY_LOCKED') {
            log.info('Another run deploys by now, and settles what this one left.');
        }
        else if (error.code === 'LEDGER_CONFLICT') {
            // The last thing that the run wrote may arrive while its post step looks on.
            log.info(`Nothing is left to finish. ${error.message}`);
        }
        else
            throw error;
    }
}

// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
;// CONCATENATED MODULE: ./lib/google/diagnosis.js

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
function readFailure(status, body) {
    const parsed = json_asRecord(json_parseJson(body));
    const error = json_asRecord(parsed['error']);
    const info = json_asRecord(asList(error['details']).find((detail) => json_asText(json_asRecord(detail)['@type']).endsWith('ErrorInfo')));
    const first = json_asRecord(asList(error['errors'])[0] ?? asList(parsed['errors'])[0]);
    const reason = json_asText(info['reason']) || json_asText(first['reason']) || json_asText(first['code']);
    const message = json_asText(error['message']) || json_asText(first['message']) || json_asText(parsed['error_description']);
    return {
        status,
        reason: reason || json_asText(error['status']) || json_asText(parsed['error']),
        message: message || quoted(body),
        details: json_asRecord(info['metadata']),
    };
}
function quoted(body) {
    const text = body.replace(/\s+/g, ' ').trim();
    if (text === '')
        return 'an empty answer';
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
/** The role that carries a permission, least first (Google's IAM reference; order matters). */
const ROLE_OF_PERMISSION = [
    ['artifactregistry.repositories.uploadArtifacts', 'roles/artifactregistry.writer'],
    ['artifactregistry.repositories.downloadArtifacts', 'roles/artifactregistry.reader'],
    ['artifactregistry.repositories.deleteArtifacts', 'roles/artifactregistry.repoAdmin'],
    ['artifactregistry.tags.delete', 'roles/artifactregistry.repoAdmin'],
    ['artifactregistry.tags.list', 'roles/artifactregistry.reader'],
    ['artifactregistry.', 'roles/artifactregistry.admin'],
    ['compute.firewalls.', 'roles/compute.securityAdmin'],
    ['compute.networks.', 'roles/compute.networkAdmin'],
    ['compute.subnetworks.', 'roles/compute.networkAdmin'],
    ['compute.healthChecks.', 'roles/compute.networkAdmin'],
    ['compute.', 'roles/compute.instanceAdmin.v1'],
    ['iam.serviceAccounts.getAccessToken', 'roles/iam.workloadIdentityUser'],
    ['iam.serviceAccounts.actAs', 'roles/iam.serviceAccountUser'],
    ['iam.serviceAccounts.', 'roles/iam.serviceAccountAdmin'],
    ['secretmanager.versions.access', 'roles/secretmanager.secretAccessor'],
    ['secretmanager.versions.get', 'roles/secretmanager.viewer'],
    ['secretmanager.', 'roles/secretmanager.admin'],
    ['serviceusage.', 'roles/serviceusage.serviceUsageAdmin'],
    ['storage.objects.', 'roles/storage.objectUser'],
];
/** Not a host name: `compute.googleapis.com` looks like one and is none. */
const PERMISSION = /\b[a-z]+(?:\.(?!googleapis|com\b)[A-Za-z]+){2}\b/g;
/** As gcloud matches it: some APIs say only in words that they are off. */
const API_OFF = /console\.(?:cloud|developers)\.google\.com\/apis\/api\/([^/]+)\/overview/;
/** The next command for a failure that we know, or undefined. */
function fixFor(failure, projectId) {
    const { reason, message, details } = failure;
    const disabled = reason === 'SERVICE_DISABLED' ? json_asText(details['service']) : API_OFF.exec(message)?.[1];
    if (disabled) {
        return `Run: gcloud services enable ${disabled} --project ${projectId} (it takes effect within some minutes).`;
    }
    if (reason === 'SERVICE_ACCOUNT_ACCESS_DENIED') {
        return 'Grant roles/iam.serviceAccountUser on the VM service account to the deployer.';
    }
    if (failure.status !== 403 && failure.status !== 401)
        return undefined;
    for (const permission of [json_asText(details['permission']), ...(message.match(PERMISSION) ?? [])]) {
        const role = ROLE_OF_PERMISSION.find(([prefix]) => permission.startsWith(prefix))?.[1];
        if (role)
            return `Grant ${role} (it holds ${permission}) to the deployer in project ${projectId}.`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/google/federation-failure.js

/** Google's words and what they mean (documentation of workload identity federation, troubleshooting). */
const HINTS = [
    [
        /attribute condition/i,
        'The attribute condition of the workload identity provider does not admit this job: compare repository id, owner id, ref and environment with the condition.',
    ],
    [
        /audience/i,
        'Check the input "workload_identity_provider": the full name of the provider (not of the pool) with the project NUMBER; pool and provider must exist and be enabled.',
    ],
    [
        /getAccessToken/,
        'Grant roles/iam.workloadIdentityUser on the service account to the principalSet of this repository; it takes effect within 5 minutes.',
    ],
    [
        /127 bytes/,
        'Map a shorter attribute to google.subject in the provider, such as assertion.repository_id.',
    ],
    [
        /SERVICE_DISABLED|has not been used in project/,
        'Run: gcloud services enable iamcredentials.googleapis.com sts.googleapis.com',
    ],
];
const OTHERWISE = 'Check the inputs "workload_identity_provider" and "service_account", and that the job has `permissions: id-token: write`.';
/** Says which of the three steps failed, in Google's or GitHub's own words. */
function explainFederationFailure(failure) {
    const step = stepOf(failure.url);
    if (failure.status === undefined) {
        return {
            said: `Could not sign in to Google Cloud: ${step} did not answer (${failure.message}).`,
            hint: 'Run the job again; if it stays so, check the network of the runner.',
        };
    }
    const { message } = readFailure(failure.status, failure.body);
    return {
        said: `Could not sign in to Google Cloud: ${step} answered ${failure.status}: ${message}`,
        hint: HINTS.find(([pattern]) => pattern.test(message) || pattern.test(failure.body))?.[1] ??
            OTHERWISE,
    };
}
function stepOf(url) {
    if (url.includes(':generateAccessToken'))
        return 'the service account (IAM credentials)';
    if (/\/v1\/token$/.test(url))
        return 'the security token service (STS)';
    return "GitHub's OIDC endpoint";
}

;// CONCATENATED MODULE: ./lib/adapters/network/google-token.js





/** Direct federated tokens live for 5 minutes: the library's own margin of 5 would never reuse one. */
const REFRESH_BEFORE_MS = 90_000;
/**
 * Access tokens by workload identity federation; each new one is given to `mask` before anyone
 * sees it. Callers at the same time share one exchange.
 *
 * @throws ActionError AUTH_FAILED
 */
function federatedTokens(credentials, mask) {
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
            throw toActionError(error);
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
function toActionError(error) {
    const { response, config } = json_asRecord(error);
    const { status, data } = json_asRecord(response);
    const { said, hint } = explainFederationFailure({
        url: String(json_asRecord(config)['url'] ?? ''),
        status: asNumber(status),
        body: typeof data === 'string' ? data : JSON.stringify(data ?? ''),
        message: networkReason(error),
    });
    // No cause: the library's error carries the request, and the request carries tokens.
    return new lib_errors/* ActionError */.l('AUTH_FAILED', said, { hint });
}

;// CONCATENATED MODULE: ./lib/adapters/network/http.js

/**
 * HTTP through gaxios, which google-auth-library brings along: it honours HTTP(S)_PROXY and
 * NO_PROXY, as Node's own fetch does not. It never retries: policy is the client's affair.
 */
function gaxiosHttp() {
    const client = new src.gaxios.Gaxios();
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

;// CONCATENATED MODULE: ./lib/github/context.js


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
    throw new lib_errors/* ActionError */.l('AUTH_NO_OIDC', 'GitHub gives this job no OIDC token.', {
        hint: 'Add `permissions: id-token: write` (and `contents: read`) to the job. Jobs of forks and of Dependabot never get one.',
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
            const page = json_asRecord(answer.json);
            for (const tag of asList(page['tags']))
                tags.push(readTag(json_asRecord(tag)));
            pageToken = json_asText(page['nextPageToken']);
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
        const updatedAtMs = Date.parse(json_asText(json_asRecord(answer.json)['updateTime']));
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
        return answer.status === 404 ? 'absent' : readFailure(answer.status, answer.text);
    }
    #pathOf({ repositoryId, image }) {
        return `${this.#location}/repositories/${repositoryId}/packages/${encodeURIComponent(image)}`;
    }
}
function readTag(tag) {
    return { name: lastPart(json_asText(tag['name'])), digest: lastPart(json_asText(tag['version'])) };
}
function lastPart(name) {
    return name.slice(name.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./lib/google/endpoints.js
const SERVICE_NAMES = {
    artifactregistry: 'Artifact Registry',
    cloudbilling: 'Cloud Billing',
    compute: 'Compute Engine',
    secretmanager: 'Secret Manager',
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

;// CONCATENATED MODULE: ./lib/google/client.js






const RETRY_FOR_MS = 30_000;
const TIMEOUT_MS = 15_000;
/** A request that hung until its timeout still gets the whole budget for trying again. */
function retryPolicy(timeoutMs) {
    return { totalMs: timeoutMs + RETRY_FOR_MS, firstDelayMs: 250, maxDelayMs: 8_000 };
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
    /** The next command for a failure in this project, or undefined. */
    fixFor(failure) {
        return fixFor(failure, this.#options.projectId);
    }
    /** @throws ActionError GCP_UNREACHABLE, GCP_REQUEST_FAILED, AUTH_FAILED */
    async request(request) {
        const { clock, log } = this.#ports;
        const { signal, random = Math.random } = this.#options;
        return retry(() => this.#attempt(request), retryPolicy(request.timeoutMs ?? TIMEOUT_MS), {
            clock,
            signal,
            random,
            onRetry: (why, delayMs) => log.debug(`${request.method} ${request.path}: ${why}; again in ${Math.round(delayMs)} ms`),
        });
    }
    async #attempt(request) {
        let response;
        const token = await this.#ports.tokens.accessToken();
        try {
            response = await this.#ports.http.send(this.#toHttp(request, token));
        }
        catch (error) {
            this.#options.signal.throwIfAborted();
            return { again: networkReason(error), giveUp: () => this.#giveUpUnreachable(request, error) };
        }
        if (response.status < 300 || request.accept?.includes(response.status)) {
            const { status, headers, body } = response;
            return { done: { status, headers, json: json_parseJson(body), text: body } };
        }
        const failure = readFailure(response.status, response.body);
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
        const service = SERVICE_NAMES[request.service];
        const { host } = new URL(this.#options.endpoints[request.service]);
        throw new lib_errors/* ActionError */.l('GCP_UNREACHABLE', `Could not ${request.purpose}: ${service} did not answer at ${host} (${networkReason(cause)}).`, {
            cause,
            isPassing: true,
            hint: 'Check https://status.cloud.google.com and the network of the runner, then run the job again.',
        });
    }
    #fail(request, failure) {
        const service = SERVICE_NAMES[request.service];
        const reason = failure.reason === '' ? '' : ` ${failure.reason}`;
        throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not ${request.purpose}: ${service} answered ${failure.status}${reason}: ${failure.message}`, { hint: this.fixFor(failure), isPassing: isTransient(failure) });
    }
}
// Compute's rate limit is a 403 (https://cloud.google.com/compute/api-quota), told by its reason.
function isTransient({ status, reason }) {
    if (status === 403)
        return RATE_LIMITS.has(reason);
    return status === 408 || status === 429 || status >= 500;
}
const RATE_LIMITS = new Set([
    'rateLimitExceeded',
    'userRateLimitExceeded',
    'RATE_LIMIT_EXCEEDED',
    'RESOURCE_OPERATION_RATE_EXCEEDED',
]);
function retryAfterMs(header) {
    return header !== undefined && /^[0-9]+$/.test(header) ? Number(header) * 1000 : undefined;
}
function renderBody(body) {
    return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/google/operations.js




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
        query: { requestId: (0,external_node_crypto_.randomUUID)() },
    });
    if (answer.status >= 300)
        return { refused: answer.status };
    throwIfFailed(google, await waitUntilDone(google, json_asRecord(answer.json), change), change.purpose);
    return 'done';
}
/** The operation once it is DONE, with or without an error in it. @throws ActionError GCP_OPERATION_FAILED after a quarter of an hour */
async function waitUntilDone(google, first, { purpose }) {
    const startedAt = google.clock.now();
    let operation = first;
    while (operation['status'] !== 'DONE') {
        const askedAt = google.clock.now();
        if (askedAt - startedAt > DEADLINE_MS) {
            throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: operation ${json_asText(operation['name'])} was still ${json_asText(operation['status'])} after ${(0,duration/* renderDuration */.P)(DEADLINE_MS)}.`);
        }
        operation = await waitOnce(google, operation, purpose);
        const restMs = PAUSE_MS - (google.clock.now() - askedAt);
        if (operation['status'] !== 'DONE' && restMs > 0)
            await google.pause(restMs);
    }
    return operation;
}
async function waitOnce(google, operation, purpose) {
    const link = json_asText(operation['selfLink']);
    if (link === '') {
        throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Compute Engine answered without an operation.`);
    }
    const path = link.slice(link.indexOf('projects/'));
    const answer = await google.request({
        service: 'compute',
        method: 'POST',
        path: `${path}/wait`,
        purpose: `${purpose} (waiting for the operation)`,
        timeoutMs: WAIT_TIMEOUT_MS,
    });
    return json_asRecord(answer.json);
}
// The server does not always set the HTTP status of a failed operation, so both are looked at.
function throwIfFailed(google, operation, purpose) {
    const errors = asList(json_asRecord(operation['error'])['errors']).map(json_asRecord);
    if (errors.length === 0 && operation['httpErrorStatusCode'] === undefined)
        return;
    const said = errors.map((error) => `${json_asText(error['code'])}: ${json_asText(error['message'])}`);
    const status = asNumber(operation['httpErrorStatusCode']) ?? 403;
    const hints = errors.flatMap(({ code, message }) => google.fixFor({ status, reason: json_asText(code), message: json_asText(message), details: {} }) ?? []);
    throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: ${said.join('; ') || json_asText(operation['httpErrorMessage'])}`, { hint: hints[0] });
}

;// CONCATENATED MODULE: ./lib/google/compute/deletion.js




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
        query: { requestId: (0,external_node_crypto_.randomUUID)() },
        purpose,
        accept: [400, 403, 404],
    });
    if (answer.status === 404)
        return 'absent';
    if (answer.status >= 300)
        return readFailure(answer.status, answer.text);
    const operation = await waitUntilDone(google, json_asRecord(answer.json), { purpose });
    return failureOf(operation) ?? 'deleted';
}
// Whether a resource is in use is found out before or within the operation, at Google's choice.
function failureOf(operation) {
    const [first] = asList(json_asRecord(operation['error'])['errors']).map(json_asRecord);
    const status = asNumber(operation['httpErrorStatusCode']);
    if (first === undefined && status === undefined)
        return undefined;
    return {
        status: status ?? 400,
        reason: json_asText(first?.['code']),
        message: json_asText(first?.['message']) || json_asText(operation['httpErrorMessage']),
        details: {},
    };
}

;// CONCATENATED MODULE: ./lib/google/compute/group.js

/** A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early. */
function readGroup(group) {
    const status = json_asRecord(group['status']);
    return {
        fingerprint: json_asText(group['fingerprint']),
        targetSize: asNumber(group['targetSize']) ?? 0,
        versions: asList(group['versions']).map((item) => {
            const version = json_asRecord(item);
            return {
                name: json_asText(version['name']),
                instanceTemplate: json_asText(version['instanceTemplate']),
            };
        }),
        isStable: status['isStable'] === true,
        isVersionTargetReached: json_asRecord(status['versionTarget'])['isReached'] === true,
        hasHealthCheck: asList(group['autoHealingPolicies']).some((policy) => json_asText(json_asRecord(policy)['healthCheck']) !== ''),
    };
}
function readManagedInstance(item) {
    const { zone, name } = placeOf(item['instance']);
    return {
        name: name || json_asText(item['name']),
        id: json_asText(item['id']),
        zone,
        currentAction: json_asText(item['currentAction']),
        instanceStatus: json_asText(item['instanceStatus']),
        versionName: json_asText(json_asRecord(item['version'])['name']),
        healthStates: asList(item['instanceHealth']).map((health) => json_asText(json_asRecord(health)['detailedHealthState'])),
        lastErrors: 'lastAttempt' in item ? readAttempt(json_asRecord(item['lastAttempt'])) : NO_ERRORS,
    };
}
/** Of most VMs: one list for all of them. */
const NO_ERRORS = [];
function readAttempt(attempt) {
    return asList(json_asRecord(attempt['errors'])['errors']).map((error) => readError(json_asRecord(error)));
}
function readGroupError(item) {
    const details = json_asRecord(item['instanceActionDetails']);
    const { zone, name } = placeOf(details['instance']);
    return {
        ...readError(json_asRecord(item['error'])),
        // A time that cannot be read is long ago: an old error must not end a new rollout.
        atMs: Date.parse(json_asText(item['timestamp'])) || 0,
        vm: name,
        zone,
        versionName: json_asText(json_asRecord(details['version'])['name']),
    };
}
function readError(error) {
    const [info = {}] = asList(error['errorDetails'])
        .map((detail) => json_asRecord(json_asRecord(json_asRecord(detail)['errorInfo'])['metadatas']))
        .filter((metadata) => json_asText(metadata['vmType']) !== '');
    return {
        code: json_asText(error['code']),
        message: json_asText(error['message']),
        machineType: json_asText(info['vmType']),
    };
}
function placeOf(url) {
    const text = json_asText(url);
    const at = text.lastIndexOf(INSTANCES);
    const zoneAt = text.lastIndexOf(ZONES, at);
    if (at < 0 || zoneAt < 0)
        return { zone: '', name: '' };
    return { zone: text.slice(zoneAt + ZONES.length, at), name: text.slice(at + INSTANCES.length) };
}
const ZONES = 'zones/';
const INSTANCES = '/instances/';

;// CONCATENATED MODULE: ./lib/google/compute/template-list.js

/** Exactly what is read; each template's metadata holds whole scripts, which would be megabytes. */
const TEMPLATE_LIST_FIELDS = 'nextPageToken,items(name,description,creationTimestamp,properties/labels)';
/** One entry of a list of templates. */
function readListedTemplate(item) {
    const createdAtMs = Date.parse(json_asText(item['creationTimestamp']));
    return {
        name: json_asText(item['name']),
        description: json_asText(item['description']),
        labels: json_asRecord(json_asRecord(item['properties'])['labels']),
        createdAtMs: Number.isNaN(createdAtMs) ? undefined : createdAtMs,
    };
}

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
            path: templatePath(name, this.#scope),
            purpose: `read the instance template ${name}`,
            accept: [404],
        });
        if (answer.status === 404)
            return undefined;
        const template = json_asRecord(answer.json);
        return {
            name: name.slice(name.lastIndexOf('/') + 1),
            selfLink: json_asText(template['selfLink']),
            description: json_asText(template['description']),
            properties: json_asRecord(template['properties']),
        };
    }
    /** Creates a template; one of the same name that is already there is left as it is. */
    async ensureTemplate(template) {
        const { projectId, region } = this.#scope;
        await changeCompute(this.#google, {
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
            for (const item of asList(page['items']))
                templates.push(readListedTemplate(json_asRecord(item)));
        }
        return templates;
    }
    /** Deletes a template; one that a group or a VM of it uses is refused by Google, and stays. */
    async deleteTemplate(name) {
        const path = templatePath(name, this.#scope);
        return deleteResource(this.#google, { path, purpose: `delete the instance template ${name}` });
    }
    async fetchGroup(group) {
        return readGroup(json_asRecord((await this.#askForGroup(group)).json));
    }
    /** Undefined where there is no such group (yet). */
    async findGroup(group) {
        const answer = await this.#askForGroup(group, [404]);
        return answer.status === 404 ? undefined : readGroup(json_asRecord(answer.json));
    }
    #askForGroup(group, accept = []) {
        return this.#google.request({
            service: 'compute',
            method: 'GET',
            path: groupPath(group, this.#scope),
            purpose: `read the instance group ${groupName(group)}`,
            accept,
        });
    }
    /** All VMs of the group; most groups give them in one page, which is Google's default here. */
    async listManagedInstances(group) {
        const instances = [];
        const pages = this.#pages({
            method: 'POST',
            path: `${groupPath(group, this.#scope)}/listManagedInstances`,
            query: { fields: INSTANCE_FIELDS, prettyPrint: 'false' },
            purpose: `list the VMs of the instance group ${groupName(group)}`,
        });
        for await (const page of pages) {
            for (const item of asList(page['managedInstances']))
                instances.push(readManagedInstance(json_asRecord(item)));
        }
        return instances;
    }
    /** Links of the templates that VMs of the group are made of, or are about to be. */
    async listUsedTemplates(group) {
        const links = [];
        const pages = this.#pages({
            method: 'POST',
            path: `${groupPath(group, this.#scope)}/listManagedInstances`,
            query: { fields: USED_FIELDS, prettyPrint: 'false' },
            purpose: `list the templates that VMs of the instance group ${groupName(group)} use`,
        });
        for await (const page of pages) {
            for (const item of asList(page['managedInstances']))
                links.push(json_asText(json_asRecord(json_asRecord(item)['version'])['instanceTemplate']));
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
            path: `${groupPath(group, this.#scope)}/listErrors`,
            query: { fields: ERROR_FIELDS, prettyPrint: 'false', maxResults: ERRORS_PER_PAGE },
            purpose: `list the errors of the instance group ${groupName(group)}`,
        });
        let count = 0;
        for await (const page of pages) {
            for (const item of asList(page['items']))
                errors.push(readGroupError(json_asRecord(item)));
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
        return changeCompute(this.#google, {
            method: 'PATCH',
            path: groupPath(group, this.#scope),
            body: { fingerprint, versions: [version] },
            purpose: `roll the instance group ${groupName(group)} to release ${version.name}`,
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
        const items = asList(json_asRecord(json_asRecord(answer.json)['queryValue'])['items']);
        return json_parseJson(json_asText(json_asRecord(items[0])['value']));
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
        const card = json_asRecord(asList(json_asRecord(answer.json)['networkInterfaces'])[0]);
        const external = json_asText(json_asRecord(asList(card['accessConfigs'])[0])['natIP']);
        return external || json_asText(card['networkIP']) || undefined;
    }
    /** Page after page of a list, each asked for only when it is wanted. */
    async *#pages(list) {
        let pageToken = '';
        do {
            const query = { ...list.query, ...(pageToken !== '' && { pageToken }) };
            const answer = await this.#google.request({ ...list, service: 'compute', query });
            const page = json_asRecord(answer.json);
            yield page;
            pageToken = json_asText(page['nextPageToken']);
        } while (pageToken !== '');
    }
}

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
            throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Cloud Storage answered without generation, time of change or time.`, { hint: 'Check whether a proxy between the runner and Google removes headers.' });
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
        const generation = json_asText(json_asRecord(answer.json)['generation']);
        if (generation !== '')
            return { generation };
        throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Cloud Storage answered without a generation.`);
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

;// CONCATENATED MODULE: ./lib/google/secret-manager.js


/** Names of secret versions; it never reads a value. */
class SecretManager {
    #google;
    #projectId;
    constructor(google, projectId) {
        this.#google = google;
        this.#projectId = projectId;
    }
    /**
     * The number behind a version (`latest` or a number), as text.
     *
     * @throws ActionError GCP_REQUEST_FAILED when it is disabled or destroyed
     */
    async resolveVersion(secret, version) {
        const name = secret.startsWith('projects/')
            ? secret
            : `projects/${this.#projectId}/secrets/${secret}`;
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'GET',
            path: `${name}/versions/${version}`,
            purpose: `find version "${version}" of secret ${secret}`,
        });
        const found = json_asRecord(answer.json);
        const [, number] = /\/versions\/([0-9]+)$/.exec(json_asText(found['name'])) ?? [];
        if (number === undefined) {
            throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not say which version of secret ${secret} "${version}" is.`);
        }
        if (found['state'] !== 'ENABLED') {
            throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Version ${number} of secret ${secret} is ${json_asText(found['state'])}: no VM could read it.`, {
                hint: `Run: gcloud secrets versions enable ${number} --secret ${secret}, or name another version.`,
            });
        }
        return number;
    }
}

;// CONCATENATED MODULE: ./lib/compose/google.js











/** Who this job is for Google. @throws ActionError AUTH_NO_OIDC */
function identify({ config, env, log, }) {
    const oidc = readOidcRequest(env);
    log.mask(oidc.requestToken);
    const endpoints = resolveEndpoints(config.region, env);
    const credentials = externalAccount({ ...config, ...oidc }, endpoints);
    return { endpoints, credentials, tokens: federatedTokens(credentials, (it) => log.mask(it)) };
}
/** Google's APIs as long as the signal does not abort. */
function googleClients({ endpoints, tokens }, { config, log, signal, }) {
    const { projectId, stateBucket } = config;
    const google = new GoogleClient({ http: gaxiosHttp(), tokens, clock: systemClock, log }, { endpoints, projectId, signal });
    return {
        google,
        compute: new Compute(google, config),
        artifacts: new ArtifactRegistry(google, config),
        secretManager: new SecretManager(google, projectId),
        store: new ObjectStore(google, stateBucket),
    };
}

;// CONCATENATED MODULE: ./lib/compose/hand-over.js






/** How long the post step may take for what main left. */
const POST_MS = 60_000;
/** What the post step does for a main step that was killed: the attempt is ended, the lock freed. */
function composeHandOver(config, env, state) {
    const redactor = new Redactor();
    const log = new RunnerLog(core, redactor);
    const signal = AbortSignal.timeout(POST_MS);
    return {
        run: async () => {
            const clients = googleClients(identify({ config, env, log }), { config, log, signal });
            await handOver({ ...clients, clock: systemClock, log }, { ...state, prefix: config.name, signal });
        },
        /** No annotation: the step has its one error already. */
        say: (message) => log.info(`What this run left is not finished, and the next one settles it. ${message}`),
    };
}


/***/ })

};
