export const id = 246;
export const ids = [246];
export const modules = {

/***/ 4246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeHandOver: () => (/* binding */ composeHandOver)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/adapters/runner/runner-log.js
var runner_log = __webpack_require__(6842);
// EXTERNAL MODULE: ./lib/lib/redact.js
var redact = __webpack_require__(7158);
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

// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/release/ledger/lock-record.js

/** A lock that nobody renewed for so long has no living holder. */
const STALE_AFTER_MS = 180_000;
/** Whoever wrote a lock that cannot be read: its age alone counts. */
function lock_record_parseLock(text) {
    const record = (0,lib_json/* asRecord */.qY)((0,lib_json/* parseJson */.qF)(text));
    return {
        holder: (0,lib_json/* asText */.e1)(record['holder']),
        runUrl: (0,lib_json/* asText */.e1)(record['run_url']),
        actor: (0,lib_json/* asText */.e1)(record['actor']),
        acquiredAt: (0,lib_json/* asText */.e1)(record['acquired_at']),
        renewedAt: (0,lib_json/* asText */.e1)(record['renewed_at']),
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
function lock_record_ageMsOf({ updatedAtMs, serverNowMs }) {
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
                log.info(`The deploy lock could not be renewed, which is tried again: ${(0,network_reason/* networkReason */.d)(error)}`);
                dueAtMs = clock.now() + RETRY_AFTER_MS;
            }
        }
    }
    /** Removes the lock if it is still ours. */
    async release() {
        const { name, owner, generation } = this.#held;
        await removeLock(this.#ports.store, { name, holder: owner.holder, generation });
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
        const there = lock_record_parseLock(found.text);
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
async function removeLock(store, lock) {
    let generation = lock.generation ?? (await ownGeneration(store, lock));
    // Only a renewal of our own that was under way can make this go round again.
    while (generation !== undefined) {
        const outcome = await store.remove(lock.name, { ifGeneration: generation });
        generation = outcome === 'conflict' ? await ownGeneration(store, lock) : undefined;
    }
}
async function ownGeneration(store, { name, holder }) {
    const found = await store.read(name);
    return found && lock_record_parseLock(found.text).holder === holder ? found.generation : undefined;
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
/** The lock as it stands, whoever holds it, and how long ago it was renewed; undefined for none. */
async function findDeployLock(store, prefix) {
    const found = await store.read(lockName(prefix));
    return found && { ...parseLock(found.text), ageMs: ageMsOf(found) };
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
    const isOurs = lock_record_parseLock(found.text).holder === owner.holder;
    return isOurs || lock_record_ageMsOf(found) >= STALE_AFTER_MS ? found.generation : undefined;
}
function sayTakeover({ log }, found, owner) {
    if (found === undefined)
        return;
    const before = lock_record_parseLock(found.text);
    log.info(before.holder === owner.holder
        ? 'This run holds the deploy lock already, from an earlier start.'
        : `Took over the deploy lock of ${describeOwner(before)}, which did not renew it for ${(0,duration/* renderDuration */.P)(lock_record_ageMsOf(found))}.`);
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
        const record = lock_record_parseLock(found?.text ?? '');
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

// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
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
    const file = (0,lib_json/* parseJson */.qF)(text);
    if (!(0,lib_json/* isRecord */.u4)(file))
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
    if (!(0,lib_json/* isRecord */.u4)(value))
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
        throw new lib_errors/* ActionError */.l('LEDGER_BUSY', `Could not write the ledger ${this.#ports.store.url(this.#name)}: others changed it each time between reading and writing.`, {
            hint: 'Look for runs or scripts that write this object without end, then run the job again.',
        });
    }
    #now() {
        return new Date(this.#ports.clock.now()).toISOString();
    }
}

;// CONCATENATED MODULE: ./lib/release/choice/lineage.js

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
    const others = lastVerified(ledger, { otherThan: release });
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
 * @returns how the group was left, to complete a sentence; undefined when no attempt was open
 * @throws ActionError as `moveGroup` does, LEDGER_*; then the attempt is still open
 */
async function endUnwatched(ports, unwatched) {
    const { isOurs, outcome, why } = unwatched;
    const ledger = await ports.file.read();
    const entry = openEntries(ledger).find(isOurs);
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
    for (const { release, template } of waysBackFrom(ledger, otherThan)) {
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
// EXTERNAL MODULE: ./lib/google/diagnosis/diagnose.js + 5 modules
var diagnose = __webpack_require__(1165);
;// CONCATENATED MODULE: ./lib/google/diagnosis/failure.js

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
function readFailure(status, body) {
    const parsed = (0,lib_json/* asRecord */.qY)((0,lib_json/* parseJson */.qF)(body));
    const error = (0,lib_json/* asRecord */.qY)(parsed['error']);
    const info = (0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)(error['details']).find((detail) => (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(detail)['@type']).endsWith('ErrorInfo')));
    const first = (0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)(error['errors'])[0] ?? (0,lib_json/* asList */.DD)(parsed['errors'])[0]);
    const reason = (0,lib_json/* asText */.e1)(info['reason']) || (0,lib_json/* asText */.e1)(first['reason']) || (0,lib_json/* asText */.e1)(first['code']);
    const message = (0,lib_json/* asText */.e1)(error['message']) || (0,lib_json/* asText */.e1)(first['message']) || (0,lib_json/* asText */.e1)(parsed['error_description']);
    return {
        status,
        reason: reason || (0,lib_json/* asText */.e1)(error['status']) || (0,lib_json/* asText */.e1)(parsed['error']),
        message: message || quoted(body),
        details: (0,lib_json/* asRecord */.qY)(info['metadata']),
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

// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
// EXTERNAL MODULE: ./lib/google/diagnosis/rows/identity.js + 1 modules
var identity = __webpack_require__(2268);
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
    const read = readFailure(failure.status, failure.body);
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
        return answer.status === 404 ? 'absent' : readFailure(answer.status, answer.text);
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

;// CONCATENATED MODULE: ./lib/cost/tariff.js
/** The services of the catalogue that these tariffs stand in. */
const tariff_CATALOGUE_SERVICES = (/* unused pure expression or super */ null && ([
    'services/6F81-5844-456A', // Compute Engine
    'services/E505-1604-58F8', // Networking
    'services/EE82-7A5E-871C', // Secret Manager
]));
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
function tariff_isOfUse({ description, usageType }) {
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

;// CONCATENATED MODULE: ./lib/google/billing.js




/** As long as a plan takes; who waits for a plan waits no longer for prices. */
const LIMIT_MS = 45_000;
const PAGE_TIMEOUT_MS = 20_000;
/** The most that the API gives at once. */
const PAGE_SIZE = '5000';
/** Some tens of thousands of prices: all but these fields stay where they are. */
const FIELDS = (/* unused pure expression or super */ null && ('nextPageToken,skus(description,category/usageType,serviceRegions,pricingInfo(effectiveTime,' +
    'pricingExpression(usageUnit,tieredRates(startUsageAmount,unitPrice))))'));
/**
 * Google's public price list as far as an estimate needs it. It takes the API to be on in the
 * token's own project, and no role. A list that cannot be read is an answer, in one line.
 */
async function billing_readPrices(options) {
    const { signal, now, limitMs = LIMIT_MS } = options;
    const readAt = new Date(now()).toISOString();
    const stop = new AbortController();
    const limit = AbortSignal.timeout(limitMs);
    const either = AbortSignal.any([signal, limit, stop.signal]);
    try {
        const lists = await Promise.all(CATALOGUE_SERVICES.map((service) => readService(service, { ...options, signal: either })));
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
        if (error instanceof ActionError)
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
        const page = asRecord(json);
        for (const sku of asList(page['skus']).map(parseSku))
            if (sku && isOfUse(sku))
                kept.push(sku);
        pageToken = asText(page['nextPageToken']);
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

;// CONCATENATED MODULE: ./lib/lib/abortable.js
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

// EXTERNAL MODULE: ./lib/google/diagnosis/rows/compute.js
var compute = __webpack_require__(6438);
;// CONCATENATED MODULE: ./lib/google/endpoints.js
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
        return this.fixFor(failureInWords(text));
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
        const token = await abortable(signal, () => this.#ports.tokens.accessToken());
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
        throw new lib_errors/* ActionError */.l('GCP_UNREACHABLE', `Could not ${request.purpose}: ${service} did not answer at ${host} (${(0,network_reason/* networkReason */.d)(cause)}).`, {
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
    throwIfFailed(google, await waitUntilDone(google, (0,lib_json/* asRecord */.qY)(answer.json), change), change.purpose);
    return 'done';
}
/** The operation once it is DONE, with or without an error in it. @throws ActionError GCP_OPERATION_FAILED after a quarter of an hour */
async function waitUntilDone(google, first, { purpose }) {
    const startedAt = google.clock.now();
    let operation = first;
    while (operation['status'] !== 'DONE') {
        const askedAt = google.clock.now();
        if (askedAt - startedAt > DEADLINE_MS) {
            throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: operation ${(0,lib_json/* asText */.e1)(operation['name'])} was still ${(0,lib_json/* asText */.e1)(operation['status'])} after ${(0,duration/* renderDuration */.P)(DEADLINE_MS)}.`);
        }
        operation = await waitOnce(google, operation, purpose);
        const restMs = PAUSE_MS - (google.clock.now() - askedAt);
        if (operation['status'] !== 'DONE' && restMs > 0)
            await google.pause(restMs);
    }
    return operation;
}
async function waitOnce(google, operation, purpose) {
    const link = (0,lib_json/* asText */.e1)(operation['selfLink']);
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
    return (0,lib_json/* asRecord */.qY)(answer.json);
}
// The server does not always set the HTTP status of a failed operation, so both are looked at.
function throwIfFailed(google, operation, purpose) {
    const errors = (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(operation['error'])['errors']).map(lib_json/* asRecord */.qY);
    if (errors.length === 0 && operation['httpErrorStatusCode'] === undefined)
        return;
    const said = errors.map((error) => `${(0,lib_json/* asText */.e1)(error['code'])}: ${(0,lib_json/* asText */.e1)(error['message'])}`);
    const status = (0,lib_json/* asNumber */.i)(operation['httpErrorStatusCode']) ?? 403;
    const hints = errors.flatMap(({ code, message }) => google.fixFor({ status, reason: (0,lib_json/* asText */.e1)(code), message: (0,lib_json/* asText */.e1)(message), details: {} }) ?? []);
    throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: ${said.join('; ') || (0,lib_json/* asText */.e1)(operation['httpErrorMessage'])}`, { hint: hints[0] });
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
    const operation = await waitUntilDone(google, (0,lib_json/* asRecord */.qY)(answer.json), { purpose });
    return failureOf(operation) ?? 'deleted';
}
// Whether a resource is in use is found out before or within the operation, at Google's choice.
function failureOf(operation) {
    const [first] = (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(operation['error'])['errors']).map(lib_json/* asRecord */.qY);
    const status = (0,lib_json/* asNumber */.i)(operation['httpErrorStatusCode']);
    if (first === undefined && status === undefined)
        return undefined;
    return {
        status: status ?? 400,
        reason: (0,lib_json/* asText */.e1)(first?.['code']),
        message: (0,lib_json/* asText */.e1)(first?.['message']) || (0,lib_json/* asText */.e1)(operation['httpErrorMessage']),
        details: {},
    };
}

;// CONCATENATED MODULE: ./lib/google/compute/group.js

/** A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early. */
function readGroup(group) {
    const status = (0,lib_json/* asRecord */.qY)(group['status']);
    return {
        fingerprint: (0,lib_json/* asText */.e1)(group['fingerprint']),
        targetSize: (0,lib_json/* asNumber */.i)(group['targetSize']) ?? 0,
        versions: (0,lib_json/* asList */.DD)(group['versions']).map((item) => {
            const version = (0,lib_json/* asRecord */.qY)(item);
            return {
                name: (0,lib_json/* asText */.e1)(version['name']),
                instanceTemplate: (0,lib_json/* asText */.e1)(version['instanceTemplate']),
            };
        }),
        isStable: status['isStable'] === true,
        isVersionTargetReached: (0,lib_json/* asRecord */.qY)(status['versionTarget'])['isReached'] === true,
        hasHealthCheck: (0,lib_json/* asList */.DD)(group['autoHealingPolicies']).some((policy) => (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(policy)['healthCheck']) !== ''),
    };
}
function readManagedInstance(item) {
    const { zone, name } = placeOf(item['instance']);
    return {
        name: name || (0,lib_json/* asText */.e1)(item['name']),
        id: (0,lib_json/* asText */.e1)(item['id']),
        zone,
        currentAction: (0,lib_json/* asText */.e1)(item['currentAction']),
        instanceStatus: (0,lib_json/* asText */.e1)(item['instanceStatus']),
        versionName: (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(item['version'])['name']),
        healthStates: (0,lib_json/* asList */.DD)(item['instanceHealth']).map((health) => (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(health)['detailedHealthState'])),
        lastErrors: 'lastAttempt' in item ? readAttempt((0,lib_json/* asRecord */.qY)(item['lastAttempt'])) : NO_ERRORS,
    };
}
/** Of most VMs: one list for all of them. */
const NO_ERRORS = [];
function readAttempt(attempt) {
    return (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(attempt['errors'])['errors']).map((error) => readError((0,lib_json/* asRecord */.qY)(error)));
}
function readGroupError(item) {
    const details = (0,lib_json/* asRecord */.qY)(item['instanceActionDetails']);
    const { zone, name } = placeOf(details['instance']);
    return {
        ...readError((0,lib_json/* asRecord */.qY)(item['error'])),
        // A time that cannot be read is long ago: an old error must not end a new rollout.
        atMs: Date.parse((0,lib_json/* asText */.e1)(item['timestamp'])) || 0,
        vm: name,
        zone,
        versionName: (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(details['version'])['name']),
    };
}
function readError(error) {
    const [info = {}] = (0,lib_json/* asList */.DD)(error['errorDetails'])
        .map((detail) => (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(detail)['errorInfo'])['metadatas']))
        .filter((metadata) => (0,lib_json/* asText */.e1)(metadata['vmType']) !== '');
    return {
        code: (0,lib_json/* asText */.e1)(error['code']),
        message: (0,lib_json/* asText */.e1)(error['message']),
        machineType: (0,lib_json/* asText */.e1)(info['vmType']),
    };
}
function placeOf(url) {
    const text = (0,lib_json/* asText */.e1)(url);
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
    const createdAtMs = Date.parse((0,lib_json/* asText */.e1)(item['creationTimestamp']));
    return {
        name: (0,lib_json/* asText */.e1)(item['name']),
        description: (0,lib_json/* asText */.e1)(item['description']),
        labels: (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(item['properties'])['labels']),
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
        return readTemplate(name.slice(name.lastIndexOf('/') + 1), (0,lib_json/* asRecord */.qY)(answer.json));
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
        const path = templatePath(name, this.#scope);
        return deleteResource(this.#google, { path, purpose: `delete the instance template ${name}` });
    }
    async fetchGroup(group) {
        return readGroup((0,lib_json/* asRecord */.qY)((await this.#askForGroup(group)).json));
    }
    /** Undefined where there is no such group (yet). */
    async findGroup(group) {
        const answer = await this.#askForGroup(group, [404]);
        return answer.status === 404 ? undefined : readGroup((0,lib_json/* asRecord */.qY)(answer.json));
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
            for (const item of (0,lib_json/* asList */.DD)(page['managedInstances']))
                instances.push(readManagedInstance((0,lib_json/* asRecord */.qY)(item)));
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
            path: `${groupPath(group, this.#scope)}/listErrors`,
            query: { fields: ERROR_FIELDS, prettyPrint: 'false', maxResults: ERRORS_PER_PAGE },
            purpose: `list the errors of the instance group ${groupName(group)}`,
        });
        let count = 0;
        for await (const page of pages) {
            for (const item of (0,lib_json/* asList */.DD)(page['items']))
                errors.push(readGroupError((0,lib_json/* asRecord */.qY)(item)));
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
        const generation = (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(answer.json)['generation']);
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
        throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Version ${found.number} of secret ${secret} is ${found.state}: no VM could read it.`, { hint: this.#remedyOf(secret, found) });
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
            throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not confirm that the new version of secret ${secret} arrived whole.`, { hint: 'Run the job again: what is there is compared first.' });
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
        const { secret, project } = secret_manager_placeOf(name, this.#projectId);
        return state === 'DESTROYED'
            ? `Its value is gone for good. Run: ${(0,remedies/* addSecretVersion */.sp)(secret, project)}\nThen deploy the commit that you want, which makes a release with the new version.`
            : `Run: ${(0,remedies/* enableSecretVersion */.KV)(number, { secret, project })}, or name another version.`;
    }
    #nameOf(secret) {
        return secret.startsWith('projects/') ? secret : `projects/${this.#projectId}/secrets/${secret}`;
    }
}
/** A secret's short id, and the project that it is in: mostly this one. */
function secret_manager_placeOf(name, projectId) {
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
    return new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not say which version of secret ${secret} "${version}" is.`);
}

;// CONCATENATED MODULE: ./lib/compose/outside/google.js













/** Who this job is for Google. @throws ActionError AUTH_NO_OIDC */
function identify({ config, env, log, }) {
    const oidc = (0,context/* readOidcRequest */.Ru)(env);
    log.mask(oidc.requestToken);
    const endpoints = resolveEndpoints(config.region, env);
    const credentials = externalAccount({ ...config, ...oidc }, endpoints);
    const surroundings = (0,diagnosis_surroundings/* surroundingsOf */.Z)(config, env['GITHUB_REPOSITORY_ID']);
    const tokens = federatedTokens(credentials, (it) => log.mask(it), surroundings);
    return { endpoints, credentials, tokens, surroundings };
}
/** Google's APIs as long as the signal does not abort. */
function googleClients({ endpoints, tokens, surroundings }, { config, log, signal, retryForMs, }) {
    const { projectId, stateBucket } = config;
    const google = new GoogleClient({ http: gaxiosHttp(), tokens, clock: clock/* systemClock */.m, log }, { ...surroundings, endpoints, signal, retryForMs });
    return {
        google,
        compute: new Compute(google, config),
        artifacts: new ArtifactRegistry(google, config),
        secretManager: new SecretManager(google, projectId),
        store: new ObjectStore(google, stateBucket),
    };
}
/** Reads Google's price list, each time anew. */
function priceReader(identity, { config, log }) {
    return (signal) => readPrices({
        signal,
        now: () => systemClock.now(),
        request: (request, eachSignal) => googleClients(identity, { config, log, signal: eachSignal }).google.request({
            ...request,
            service: 'cloudbilling',
            method: 'GET',
        }),
    });
}

;// CONCATENATED MODULE: ./lib/compose/hand-over.js







/** How long the post step may take for what main left. */
const POST_MS = 60_000;
/** What the post step does for a main step that was killed: the attempt is ended, the lock freed. */
function composeHandOver(config, env, state) {
    const redactor = new redact/* Redactor */.p();
    const log = new runner_log/* RunnerLog */.r(core, redactor);
    const signal = AbortSignal.timeout(POST_MS);
    return {
        run: async () => {
            const clients = googleClients(identify({ config, env, log }), { config, log, signal });
            // A destroy has no attempt, and nothing of it is to be put back: it leaves a lock at most.
            if (state.group === '') {
                const lock = { prefix: config.name, holder: state.holder };
                return releaseDeployLock(clients.store, lock);
            }
            await handOver({ ...clients, clock: clock/* systemClock */.m, log }, { ...state, prefix: config.name, signal });
        },
        /** No annotation: the step has its one error already. */
        say: (message) => log.info(`What this run left is not finished, and the next one settles it. ${message}`),
    };
}


/***/ })

};
