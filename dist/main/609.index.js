export const id = 609;
export const ids = [609];
export const modules = {

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ guarded)
/* harmony export */ });
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


/***/ }),

/***/ 7433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UM: () => (/* binding */ findDeployLock),
  ay: () => (/* binding */ isDeployLocked),
  Jg: () => (/* binding */ withDeployLock)
});

// UNUSED EXPORTS: acquireDeployLock, releaseDeployLock

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/lib/guarded.js
var guarded = __webpack_require__(9115);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
// EXTERNAL MODULE: ./lib/release/ledger/lock-record.js
var lock_record = __webpack_require__(3984);
;// CONCATENATED MODULE: ./lib/release/ledger/lease.js





const RENEW_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 10_000;
/** Given up before others may take it, so that the work is told in time. */
const LOST_AFTER_MS = lock_record/* STALE_AFTER_MS */._k - 15_000;
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
        const there = (0,lock_record/* parseLock */.PG)(found.text);
        if (there.holder !== owner.holder)
            throw this.#lost(`${(0,lock_record/* describeOwner */.$S)(there)} has it now`);
        if (!(await this.#rewrite(found.generation)))
            throw this.#lost('it changed hands just now');
    }
    async #rewrite(ifGeneration) {
        const confirmedAtMs = this.#ports.clock.now();
        const { name, owner, acquiredAt } = this.#held;
        const renewedAt = new Date(confirmedAtMs).toISOString();
        const text = (0,lock_record/* renderLock */.wC)({ ...owner, acquiredAt, renewedAt });
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
    return found && (0,lock_record/* parseLock */.PG)(found.text).holder === holder ? found.generation : undefined;
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
            const freeIn = (0,duration/* renderDuration */.P)(lock_record/* STALE_AFTER_MS */._k);
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
    const text = (0,lock_record/* renderLock */.wC)({ ...owner, acquiredAt, renewedAt: acquiredAt });
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
    return found && { ...(0,lock_record/* parseLock */.PG)(found.text), ageMs: (0,lock_record/* ageMsOf */.ff)(found) };
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
    const isOurs = (0,lock_record/* parseLock */.PG)(found.text).holder === owner.holder;
    return isOurs || (0,lock_record/* ageMsOf */.ff)(found) >= lock_record/* STALE_AFTER_MS */._k ? found.generation : undefined;
}
function sayTakeover({ log }, found, owner) {
    if (found === undefined)
        return;
    const before = (0,lock_record/* parseLock */.PG)(found.text);
    log.info(before.holder === owner.holder
        ? 'This run holds the deploy lock already, from an earlier start.'
        : `Took over the deploy lock of ${(0,lock_record/* describeOwner */.$S)(before)}, which did not renew it for ${(0,duration/* renderDuration */.P)((0,lock_record/* ageMsOf */.ff)(found))}.`);
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
        const record = (0,lock_record/* parseLock */.PG)(found?.text ?? '');
        const restMs = this.#startedAtMs + waitMs - clock.now();
        if (restMs <= 0)
            throw this.#tooLong(record, waitMs);
        if (found && this.#said !== record.holder) {
            this.#said = record.holder;
            log.info(`Waiting for the deploy lock: ${(0,lock_record/* describeOwner */.$S)(record)} holds it.`);
        }
        // Some jitter, so that several waiting runs do not ask in step.
        const pauseMs = (found ? POLL_MS : RACE_PAUSE_MS) * (0.8 + 0.4 * random());
        await clock.sleep(Math.min(pauseMs, restMs), signal);
    }
    #tooLong(record, waitMs) {
        const { store } = this.#ports;
        const since = record.acquiredAt && ` since ${record.acquiredAt}`;
        return new errors/* ActionError */.l('DEPLOY_LOCKED', `Another run holds the deploy lock ${store.url(lockName(this.#options.prefix))}${since}: ${(0,lock_record/* describeOwner */.$S)(record)}. This run waited ${(0,duration/* renderDuration */.P)(waitMs)} for it.`, {
            hint: `Wait for that run to end, or cancel it, then run this job again. A run that died loses the lock after ${(0,duration/* renderDuration */.P)(lock_record/* STALE_AFTER_MS */._k)} by itself.`,
        });
    }
}


/***/ }),

/***/ 6886:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ LedgerFile)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
// EXTERNAL MODULE: ./lib/release/ledger/ledger.js
var ledger_ledger = __webpack_require__(9242);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
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
            const next = ours ? ledger : (0,ledger_ledger/* openEntry */.vW)(ledger, entry, startedAt);
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
        return this.change((ledger) => (0,ledger_ledger/* closeEntry */.HH)(ledger, attempt, { ...closing, finishedAt }));
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
            return { ledger: ledger_ledger/* EMPTY_LEDGER */._7, generation: '0' };
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


/***/ }),

/***/ 9242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HH: () => (/* binding */ closeEntry),
/* harmony export */   Jh: () => (/* binding */ openEntries),
/* harmony export */   T5: () => (/* binding */ lastVerified),
/* harmony export */   _7: () => (/* binding */ EMPTY_LEDGER),
/* harmony export */   p4: () => (/* binding */ isVerified),
/* harmony export */   vW: () => (/* binding */ openEntry)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('LEDGER_CONFLICT', `The ledger holds no attempt ${attempt}.`, {
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('LEDGER_CONFLICT', `Attempt ${attempt} (${runUrl}) is in the ledger as "${outcome}" already; it cannot become "${wanted}".`, {
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


/***/ }),

/***/ 3984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ describeOwner),
/* harmony export */   PG: () => (/* binding */ parseLock),
/* harmony export */   _k: () => (/* binding */ STALE_AFTER_MS),
/* harmony export */   ff: () => (/* binding */ ageMsOf),
/* harmony export */   wC: () => (/* binding */ renderLock)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** A lock that nobody renewed for so long has no living holder. */
const STALE_AFTER_MS = 180_000;
/** Whoever wrote a lock that cannot be read: its age alone counts. */
function parseLock(text) {
    const record = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text));
    return {
        holder: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['holder']),
        runUrl: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['run_url']),
        actor: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['actor']),
        acquiredAt: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['acquired_at']),
        renewedAt: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['renewed_at']),
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


/***/ }),

/***/ 5838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ BOOT_REPORT_PATH),
/* harmony export */   X: () => (/* binding */ readBootReport)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** Guest attribute to which the startup script writes. */
const BOOT_REPORT_PATH = 'deploy/boot';
/** Undefined when the value is no boot report. */
function readBootReport(value) {
    const report = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(value);
    const phase = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(report['phase']);
    if (phase === '')
        return undefined;
    return {
        phase,
        detail: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(report['detail']),
        release: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(report['release']),
        image: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(report['image']),
        log: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(report['log']),
    };
}


/***/ }),

/***/ 7787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DN: () => (/* binding */ isOnRelease),
/* harmony export */   Fr: () => (/* binding */ survey),
/* harmony export */   HD: () => (/* binding */ obstacleOf),
/* harmony export */   Ku: () => (/* binding */ renderVersions),
/* harmony export */   ZK: () => (/* binding */ renderUnready),
/* harmony export */   i_: () => (/* binding */ isReady),
/* harmony export */   x4: () => (/* binding */ renderObstacles)
/* harmony export */ });
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
/** Why this VM does not serve the release, as the rest of a sentence; undefined when it does. */
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


/***/ }),

/***/ 6649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ stateName),
/* harmony export */   f: () => (/* binding */ readLastOutputs)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8189);


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
    return (0,_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .outputValues */ .u)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(state?.text ?? '')).outputs));
}


/***/ })

};
