export const id = 95;
export const ids = [95];
export const modules = {

/***/ 6095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeStatus: () => (/* binding */ composeStatus)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
;// CONCATENATED MODULE: ./lib/report/status/json.js
/** The whole report for other programs; field names stay, new ones may come. */
function renderJson(report) {
    const { group, release, drift, deployLock, stateLock } = report;
    return {
        state: report.state,
        healthy: report.state === 'running',
        at: new Date(report.atMs).toISOString(),
        service: report.service,
        project: report.projectId,
        region: report.region,
        group: group
            ? {
                name: group.name,
                target_size: group.targetSize,
                is_stable: group.isStable,
                is_autoscaled: group.isAutoscaled,
            }
            : null,
        release: release ? renderRelease(release) : null,
        vms: report.vms.map(renderVm),
        base_is_ahead: report.newBase !== undefined,
        new_base: report.newBase ?? null,
        drifted: drift.length > 0,
        drift,
        attempts: report.attempts.map(renderAttempt),
        open_attempts: report.openAttempts.map(({ attempt }) => attempt),
        locks: {
            deploy: deployLock ? renderDeployLock(deployLock) : null,
            terraform: stateLock ? renderStateLock(stateLock) : null,
        },
        problems: report.problems,
    };
}
function renderRelease(release) {
    return {
        id: release.id,
        image: release.image,
        commit: release.commit,
        actor: release.actor,
        base: release.base,
        verified: release.verifiedAt !== undefined,
        verified_at: release.verifiedAt ?? null,
        newest_verified: release.newestVerified ?? null,
        is_newest_verified: release.newestVerified === release.id,
    };
}
function renderVm(vm) {
    const { obstacle, ...rest } = vm;
    return { ...rest, verified: obstacle === '', obstacle };
}
function renderAttempt(entry) {
    const { attempt, kind, release, image, commit, actor, reason } = entry;
    return {
        attempt,
        kind,
        release,
        image,
        commit,
        actor,
        outcome: entry.outcome,
        rolled_back_to: entry.rolledBackTo,
        started_at: entry.startedAt,
        finished_at: entry.finishedAt,
        duration_seconds: secondsOf(entry),
        reason,
        run_url: entry.runUrl,
    };
}
function secondsOf({ startedAt, finishedAt }) {
    if (finishedAt === null)
        return null;
    return Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 100) / 10;
}
function renderDeployLock(lock) {
    const { holder, runUrl, actor, acquiredAt, renewedAt, ageMs, isStale } = lock;
    const times = { acquired_at: acquiredAt, renewed_at: renewedAt, age_seconds: ageMs / 1000 };
    return { holder, run_url: runUrl, actor, ...times, stale: isStale };
}
function renderStateLock({ who, operation, since, url }) {
    return { who, operation, since, url };
}

;// CONCATENATED MODULE: ./lib/commands/status/outputs.js

/** The outputs of action.yml after a look at what runs. */
function renderStatusOutputs(report) {
    return new Map([
        ['status', JSON.stringify(renderJson(report))],
        ['release', report.release?.id ?? ''],
        ['image', report.release?.image ?? ''],
    ]);
}

// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
;// CONCATENATED MODULE: ./lib/report/status/table.js
/** Columns aligned by blanks, for a log in one width of letters; a column with nothing in it is left out. */
function alignText({ head, rows }) {
    const shown = head.map((_, column) => rows.some((row) => (row[column] ?? '') !== ''));
    const all = [head, ...rows].map((row) => row.filter((_, column) => shown[column]));
    const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
    return all.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
}
/** The same for Markdown; cells must be safe there already, but for bars, which would end them. */
function renderMarkdown({ head, rows }) {
    const line = (cells) => `| ${cells.map(withoutBars).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
// A backslash before a bar would escape ours, and bring what follows out of its code to life.
function withoutBars(cell) {
    return cell.replace(/(\\*)\|/g, (_, slashes) => `${slashes}${slashes}\\|`);
}

// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
;// CONCATENATED MODULE: ./lib/report/status/words.js


/** The answer in one sentence. */
function headline(report) {
    const { service, region, state, release, vms, group } = report;
    const where = `${service} in ${region}`;
    const id = release?.id ?? '';
    const serving = vms.filter(({ obstacle }) => obstacle === '').length;
    const wanted = (0,markdown/* counted */.hS)(group?.targetSize ?? 0, 'VM');
    switch (state) {
        case 'running':
            return `${where} runs release ${id} on ${wanted}, ${verdict(report)}.`;
        case 'degraded':
            if (group?.targetSize === 0)
                return `${where} is on release ${id} with size 0: no VM is to serve it.`;
            return `${where} is degraded: ${serving} of ${wanted} serve release ${id}, ${verdict(report)}.`;
        case 'rolling':
            return `${where} is rolling to release ${id}: ${serving} of ${wanted} serve it.`;
        case 'unknown':
            return `What ${where} runs could not be read.`;
        case 'none':
            return group === undefined
                ? `${where} is not deployed: there is no instance group.`
                : `${where} has no release yet: the instance group ${group.name} runs nothing.`;
    }
}
function verdict({ release }) {
    return release?.verifiedAt === undefined ? 'not verified' : 'verified';
}
/** What a person should know besides, each in a sentence. */
function notices(report) {
    const { release, newBase, deployLock, stateLock, drift } = report;
    return [
        ...ofRelease(report),
        ...(newBase === undefined
            ? []
            : [
                `Terraform's base template is ${newBase} by now, and release ${release?.id} was made of ${release?.base}: the next deploy rolls even if the image is the same.`,
            ]),
        ...(drift.length === 0
            ? []
            : ['This drift is what can be told without terraform; "command: plan" is the whole check.']),
        ...report.openAttempts.map((entry) => openAttempt(entry, report)),
        ...(deployLock ? [describeDeployLock(deployLock)] : []),
        ...(stateLock ? [describeStateLock(stateLock)] : []),
    ];
}
/** Whether what runs is what the ledger would go back to. */
function ofRelease({ release, state }) {
    if (release === undefined || state === 'rolling')
        return [];
    const { id, newestVerified } = release;
    if (newestVerified === undefined || newestVerified === id)
        return [];
    return [`The ledger's newest verified release is ${newestVerified}, not ${id}.`];
}
function openAttempt({ attempt, release, startedAt, runUrl }, report) {
    const isAlive = report.deployLock !== undefined && !report.deployLock.isStale;
    const fate = isAlive
        ? 'is under way'
        : 'was left by a run that is no more; the next one settles it';
    return `Attempt ${attempt} (release ${release}, since ${ago(startedAt, report.atMs)}, ${runUrl}) ${fate}.`;
}
function describeDeployLock({ runUrl, actor, ageMs, isStale }) {
    const who = `${runUrl || 'a run that left no URL'}${actor && ` (started by ${actor})`}`;
    const age = (0,duration/* renderDuration */.P)(Math.max(ageMs, 0));
    return isStale
        ? `The deploy lock of ${who} is stale: it was not renewed for ${age}, and the next run takes it over.`
        : `The deploy lock is held by ${who}, renewed ${age} ago.`;
}
function describeStateLock({ who, operation, since, url }) {
    return `Terraform's state is locked by ${who}${since && ` since ${since}`} (${operation || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${url}`;
}
/** `4 min ago`; empty for no time. */
function ago(iso, nowMs) {
    const atMs = Date.parse(iso);
    if (Number.isNaN(atMs))
        return '';
    return nowMs - atMs < 1000 ? 'just now' : `${renderAge(nowMs - atMs)} ago`;
}
/** Seconds are of no use where hours have passed. */
function renderAge(ageMs) {
    const hours = Math.floor(ageMs / 3_600_000);
    if (hours >= 48)
        return (0,duration/* renderDuration */.P)(ageMs);
    if (hours >= 1)
        return `${hours} h`;
    return (0,duration/* renderDuration */.P)(Math.floor(ageMs / 1000) * 1000);
}
/** How long an attempt took, or that it goes on. */
function tookOf({ startedAt, finishedAt }) {
    return finishedAt === null
        ? 'open'
        : (0,duration/* renderDuration */.P)(Math.max(Date.parse(finishedAt) - Date.parse(startedAt), 0));
}
/** `verified`, `rolled back to 1a2b…`, `open`. */
function outcomeOf({ outcome, rolledBackTo }) {
    if (outcome === null)
        return 'open';
    return rolledBackTo === null ? outcome.replace('_', ' ') : `rolled back to ${rolledBackTo}`;
}
/** The first twelve digits of an image's digest; empty without one. */
function shortDigest(image) {
    return /@(sha256:[0-9a-f]{12})/.exec(image)?.[1] ?? '';
}
/** `ready`, or why not: its boot, then what the group says. */
function bootOf({ boot, status, obstacle, detail }) {
    if (obstacle === '')
        return boot || 'ready';
    if (boot !== '' && boot !== 'ready')
        return detail === '' ? boot : `${boot}: ${detail}`;
    return boot || status.toLowerCase() || 'not there yet';
}
/** In lower case, as Google shouts; empty where nobody probes. */
function healthOf({ health }) {
    return health.toLowerCase();
}

;// CONCATENATED MODULE: ./lib/report/status/log.js



/** Of a reason, which may be a screen of a container's last words. */
const MOST_CHARACTERS = 120;
/** Everything in plain text, for the job's log. */
function renderLog(report) {
    const parts = [
        [headline(report), ...originLines(report)],
        vmLines(report),
        notices(report),
        driftLines(report),
        attemptLines(report),
        report.problems.length === 0 ? [] : ['Could not be read:', ...report.problems.map(indent)],
    ];
    return parts
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n');
}
function originLines({ release, atMs }) {
    if (release === undefined)
        return [];
    const { commit, image, actor, verifiedAt } = release;
    const facts = [
        commit && `commit ${commit.slice(0, 12)}`,
        shortDigest(image),
        actor && `by ${actor}`,
        verifiedAt && `verified ${ago(verifiedAt, atMs)}`,
    ];
    return [indent(facts.filter((fact) => fact).join('  '))];
}
function vmLines({ vms, atMs }) {
    if (vms.length === 0)
        return [];
    return alignText({
        head: ['VM', 'ZONE', 'RELEASE', 'IMAGE', 'HEALTH', 'ADDRESS', 'BOOT', 'SINCE', 'BUT'],
        rows: vms.map((vm) => [
            vm.name,
            vm.zone,
            vm.release,
            shortDigest(vm.image),
            healthOf(vm),
            vm.address,
            log_short(bootOf(vm)),
            ago(vm.since, atMs),
            log_short(vm.obstacle),
        ]),
    });
}
function driftLines({ drift }) {
    if (drift.length === 0)
        return [];
    const rows = drift.map(({ what, recorded, found }) => [what, recorded, found]);
    return alignText({ head: ['DRIFT', 'TERRAFORM WROTE', 'FOUND'], rows });
}
function attemptLines({ attempts, atMs }) {
    if (attempts.length === 0)
        return [];
    return alignText({
        head: ['ATTEMPT', 'KIND', 'RELEASE', 'OUTCOME', 'BY', 'WHEN', 'TOOK', 'RUN', 'WHY'],
        rows: attempts.map((entry) => [
            String(entry.attempt),
            entry.kind,
            entry.release,
            outcomeOf(entry),
            entry.actor,
            ago(entry.startedAt, atMs),
            tookOf(entry),
            entry.runUrl,
            log_short(entry.reason ?? ''),
        ]),
    });
}
function log_short(text) {
    const line = (0,markdown/* oneLine */.TN)(text);
    return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}
function indent(text) {
    return `  ${text.replaceAll('\n', '\n  ')}`;
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/commands/status/answers.js

/** What could be read, and what could not: one answer that is missing must not hide the others. */
class Answers {
    #failures = [];
    #signal;
    constructor(signal) {
        this.#signal = signal;
    }
    /** The first is what the job fails with. */
    get failures() {
        return this.#failures;
    }
    /** Each once, in words: what one VM's reading is denied, all others' are. */
    get problems() {
        return [...new Set(this.#failures.map(errors/* describeError */.U))];
    }
    /** The answer; undefined where Google gave none. @throws the signal's reason, and our own bugs */
    async take(question) {
        try {
            return await question();
        }
        catch (error) {
            this.#signal.throwIfAborted();
            if (!(error instanceof errors/* ActionError */.l))
                throw error;
            this.#failures.push(error);
            return undefined;
        }
    }
}

// EXTERNAL MODULE: ./lib/google/inspection/api-off.js
var api_off = __webpack_require__(3457);
// EXTERNAL MODULE: ./lib/google/inspection/group.js
var inspection_group = __webpack_require__(3833);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/google/diagnosis/failure.js
var diagnosis_failure = __webpack_require__(8491);
// EXTERNAL MODULE: ./lib/google/diagnosis/rows/compute.js
var compute = __webpack_require__(6438);
;// CONCATENATED MODULE: ./lib/google/inspection/vms.js




const FIELDS = 'nextPageToken,items(name,creationTimestamp,networkInterfaces(networkIP,accessConfigs/natIP))';
/** All VMs of one zone whose names a group gave, in one request where they fit on a page. @throws ActionError GCP_* */
async function listVmCards(google, { projectId, zone, baseInstanceName, }) {
    const cards = [];
    let pageToken = '';
    do {
        const answer = await google.request({
            service: 'compute',
            method: 'GET',
            path: `projects/${projectId}/zones/${zone}/instances`,
            query: {
                filter: `name eq "${baseInstanceName}-[a-z0-9]+"`,
                fields: FIELDS,
                ...(pageToken !== '' && { pageToken }),
            },
            purpose: `list the VMs of ${zone}`,
        });
        const page = (0,json/* asRecord */.qY)(answer.json);
        cards.push(...(0,json/* asList */.DD)(page['items']).map((item) => readCard((0,json/* asRecord */.qY)(item))));
        pageToken = (0,json/* asText */.e1)(page['nextPageToken']);
    } while (pageToken !== '');
    return cards;
}
/**
 * The JSON value of one guest attribute, asked for once: who asks a VM again within a minute takes
 * the answer away from a deploy that watches it. @throws ActionError GCP_*
 */
async function askVm(google, { projectId, zone, name, queryPath, }) {
    const answer = await google.request({
        service: 'compute',
        method: 'GET',
        path: `projects/${projectId}/zones/${zone}/instances/${name}/getGuestAttributes`,
        query: { queryPath },
        purpose: `read what VM ${name} reports`,
        accept: [403, 404],
    });
    if (answer.status === 403)
        return refused(google, name, answer.text);
    const [item] = (0,json/* asList */.DD)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(answer.json)['queryValue'])['items']);
    const value = (0,json/* parseJson */.qF)((0,json/* asText */.e1)((0,json/* asRecord */.qY)(item)['value']));
    return value === undefined ? 'silent' : { value };
}
/** The limit of these queries is a 403, like Compute Engine's others: waiting for it is a deploy's business. */
function refused(google, name, body) {
    const failure = (0,diagnosis_failure/* readFailure */.f)(403, body);
    if ((0,compute/* isRateLimit */.a5)(failure))
        return 'limit';
    throw new errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not read what VM ${name} reports: Compute Engine answered 403 ${failure.reason}: ${failure.message}`, { hint: google.fixFor(failure) });
}
function readCard(item) {
    const card = (0,json/* asRecord */.qY)((0,json/* asList */.DD)(item['networkInterfaces'])[0]);
    const external = (0,json/* asText */.e1)((0,json/* asRecord */.qY)((0,json/* asList */.DD)(card['accessConfigs'])[0])['natIP']);
    return {
        name: (0,json/* asText */.e1)(item['name']),
        address: external || (0,json/* asText */.e1)(card['networkIP']),
        createdAt: (0,json/* asText */.e1)(item['creationTimestamp']),
    };
}

// EXTERNAL MODULE: ./lib/release/ledger/deploy-lock.js + 1 modules
var deploy_lock = __webpack_require__(7433);
// EXTERNAL MODULE: ./lib/release/ledger/ledger-file.js + 1 modules
var ledger_file = __webpack_require__(6886);
// EXTERNAL MODULE: ./lib/release/ledger/lock-record.js
var lock_record = __webpack_require__(3984);
// EXTERNAL MODULE: ./lib/release/prune/release-template.js
var release_template = __webpack_require__(3234);
// EXTERNAL MODULE: ./lib/release/rollout/boot-report.js
var boot_report = __webpack_require__(5838);
// EXTERNAL MODULE: ./lib/terraform/recorded/state-file.js
var state_file = __webpack_require__(6032);
// EXTERNAL MODULE: ./lib/terraform/state-lock.js
var state_lock = __webpack_require__(2177);
;// CONCATENATED MODULE: ./lib/commands/status/questions.js











/** Asks for everything side by side; what waits for another answer waits for that one alone. */
async function askAll(asking) {
    const { config, ports, answers, signal } = asking;
    const { google, store, clock, compute } = ports;
    const { name, projectId } = config;
    // Before the first deploy, which switches it on, there is nothing in it.
    const ifOn = (ask, whenOff) => (0,api_off/* askUnlessOff */.P)(google, { service: 'compute', projectId, ask, whenOff });
    const state = answers.take(() => (0,state_file/* readStateFile */.qy)(store, name));
    const [ledger, deployLock, stateLock, templates, group, isBaseThere] = await Promise.all([
        answers.take(() => new ledger_file/* LedgerFile */.S({ store, clock }, { prefix: name, signal }).read()),
        answers.take(() => askDeployLock(store, name)),
        answers.take(() => askStateLock(store, name)),
        answers.take(() => ifOn(() => compute.listTemplates((0,release_template/* namePattern */._u)(name)), [])),
        answers.take(async () => {
            const reference = await groupReference(config, state);
            return ifOn(() => askGroup(asking, reference), 'none');
        }),
        answers.take(async () => askBase(compute, (await state)?.outputs['base_template_name'])),
    ]);
    return { state: await state, ledger, deployLock, stateLock, templates, group, isBaseThere };
}
/** The bundled configuration calls the group by the service's name: nothing has to be waited for. */
async function groupReference({ terraformDirectory, name }, state) {
    if (terraformDirectory === undefined)
        return name;
    return (0,json/* asText */.e1)((await state)?.outputs['group_name']) || name;
}
async function askBase(compute, name) {
    const base = (0,json/* asText */.e1)(name);
    return base === '' ? undefined : (await compute.fetchTemplate(base)) !== undefined;
}
async function askDeployLock(store, prefix) {
    const lock = await (0,deploy_lock/* findDeployLock */.UM)(store, prefix);
    return lock && { ...lock, isStale: lock.ageMs >= lock_record/* STALE_AFTER_MS */._k };
}
async function askStateLock(store, prefix) {
    const lock = await (0,state_lock/* readStateLock */.Fw)(store, prefix);
    return lock && { ...lock, who: lock.who || 'somebody' };
}
/** Two rounds: the group and its VMs, then what each of them is and says. */
async function askGroup({ config, ports, answers }, reference) {
    const listing = ports.compute.listManagedInstances(reference);
    // Where there is no group there are no VMs either, which is nothing to be told twice.
    listing.catch(() => undefined);
    const group = await (0,inspection_group/* inspectGroup */.U)(ports.google, config, reference);
    if (group === undefined)
        return 'none';
    const instances = await listing;
    const running = instances.filter(({ instanceStatus }) => instanceStatus === 'RUNNING');
    const [cards, words] = await Promise.all([
        askCards({ config, ports, answers }, { group, instances }),
        askInstances({ config, ports, answers }, running),
    ]);
    return { group, instances, cards, words };
}
async function askCards({ config, ports, answers }, { group, instances }) {
    const { projectId } = config;
    const { baseInstanceName } = group;
    const zones = new Set(instances.map(({ zone }) => zone).filter((zone) => zone !== ''));
    const lists = [...zones].map((zone) => answers.take(() => listVmCards(ports.google, { projectId, zone, baseInstanceName })));
    const cards = (await Promise.all(lists)).flatMap((list) => list ?? []);
    return new Map(cards.map((card) => [card.name, card]));
}
/** Google's quota for one user among others is not to be spent on a look at a thousand VMs. */
const MOST_ASKED = 100;
async function askInstances({ config, ports, answers }, instances) {
    const { projectId } = config;
    const asked = instances.slice(0, MOST_ASKED);
    const words = asked.map(async ({ name, zone }) => {
        const queryPath = boot_report/* BOOT_REPORT_PATH */.K;
        const said = await answers.take(() => askVm(ports.google, { projectId, zone, name, queryPath }));
        if (said === undefined || said === 'limit')
            return [];
        if (said === 'silent')
            return [[name, { report: undefined, at: '' }]];
        const at = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(said.value)['at']);
        return [[name, { report: (0,boot_report/* readBootReport */.X)(said.value), at }]];
    });
    return new Map((await Promise.all(words)).flat());
}

// EXTERNAL MODULE: ./lib/release/ledger/ledger.js
var ledger_ledger = __webpack_require__(9242);
// EXTERNAL MODULE: ./lib/release/rollout/readiness.js
var readiness = __webpack_require__(7787);
;// CONCATENATED MODULE: ./lib/terraform/recorded/group-drift.js

/**
 * What about the group is not as terraform left it. Pure. A size that an autoscaler sets is nobody's
 * drift, and neither is the version, which is the releases' own.
 */
function driftOfGroup(recorded, live) {
    const hasAutoscaler = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(live['status'])['autoscaler']) !== '';
    const size = ['target size', textOf(recorded['target_size']), sizeOf(live)];
    return [
        ...(hasAutoscaler ? [] : [size]),
        zones(recorded, live),
        ...updatePolicy(recorded, live),
        ...healing(recorded, live),
    ]
        .filter(([, wanted, found]) => wanted !== found)
        .map(([what, wanted, found]) => ({ what, recorded: wanted, found }));
}
function sizeOf(live) {
    return textOf((0,json/* asNumber */.i)(live['targetSize']) ?? 0);
}
function zones(recorded, live) {
    const wanted = (0,json/* asList */.DD)(recorded['distribution_policy_zones']).map(textOf);
    const found = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(live['distributionPolicy'])['zones']).map((zone) => (0,json/* asText */.e1)((0,json/* asRecord */.qY)(zone)['zone']));
    // A zonal group is in the zone that its name says.
    return ['zones', listed(wanted), listed(found)];
}
const POLICY = [
    ['update policy: type', 'type', 'type'],
    ['update policy: minimal action', 'minimal_action', 'minimalAction'],
    [
        'update policy: most disruptive allowed action',
        'most_disruptive_allowed_action',
        'mostDisruptiveAllowedAction',
    ],
    ['update policy: replacement method', 'replacement_method', 'replacementMethod'],
    ['update policy: redistribution', 'instance_redistribution_type', 'instanceRedistributionType'],
];
function updatePolicy(recorded, live) {
    const wanted = (0,json/* asRecord */.qY)((0,json/* asList */.DD)(recorded['update_policy'])[0]);
    const found = (0,json/* asRecord */.qY)(live['updatePolicy']);
    const fields = POLICY.map(([what, theirs, google]) => [what, textOf(wanted[theirs]), textOf(found[google])]);
    return [
        ...fields,
        ['update policy: surge', amountIn(wanted, 'max_surge'), amountOf(found['maxSurge'])],
        [
            'update policy: unavailable',
            amountIn(wanted, 'max_unavailable'),
            amountOf(found['maxUnavailable']),
        ],
    ];
}
/** Terraform keeps number and per cent apart, and writes 0 for the one that is not meant. */
function amountIn(policy, field) {
    const percent = (0,json/* asNumber */.i)(policy[`${field}_percent`]) ?? 0;
    return percent > 0 ? `${percent} %` : textOf((0,json/* asNumber */.i)(policy[`${field}_fixed`]) ?? 0);
}
function amountOf(value) {
    const { percent, fixed } = (0,json/* asRecord */.qY)(value);
    return (0,json/* asNumber */.i)(percent) ? `${percent} %` : textOf((0,json/* asNumber */.i)(fixed) ?? 0);
}
function healing(recorded, live) {
    const wanted = (0,json/* asRecord */.qY)((0,json/* asList */.DD)(recorded['auto_healing_policies'])[0]);
    const found = (0,json/* asRecord */.qY)((0,json/* asList */.DD)(live['autoHealingPolicies'])[0]);
    return [
        ['health check', lastPart(wanted['health_check']), lastPart(found['healthCheck'])],
        [
            'health check: initial delay in seconds',
            textOf(wanted['initial_delay_sec']),
            textOf(found['initialDelaySec']),
        ],
    ];
}
function lastPart(link) {
    const text = (0,json/* asText */.e1)(link);
    return text.slice(text.lastIndexOf('/') + 1);
}
function listed(links) {
    return links.map(lastPart).sort().join(', ');
}
function textOf(value) {
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

;// CONCATENATED MODULE: ./lib/commands/status/report.js






const MOST_ATTEMPTS = 10;
/** What the answers come to. Pure. */
function reportOn(config, facts, { atMs, problems }) {
    const group = facts.group === 'none' ? undefined : facts.group;
    const release = group && releaseOf(config.name, group.group, facts);
    const vms = group ? group.instances.map((vm) => vmOf(vm, group, release)) : [];
    const entries = facts.ledger?.entries ?? [];
    return {
        service: config.name,
        projectId: config.projectId,
        region: config.region,
        atMs,
        state: stateOf(facts, release, vms),
        group: group && groupOf(group.group),
        release,
        vms,
        newBase: newBaseOf(facts.state, release),
        drift: driftOf(facts),
        attempts: entries.slice(-MOST_ATTEMPTS).reverse(),
        openAttempts: facts.ledger ? (0,ledger_ledger/* openEntries */.Jh)(facts.ledger) : [],
        deployLock: facts.deployLock,
        stateLock: facts.stateLock,
        problems,
    };
}
/** A group on terraform's own template serves nothing yet. */
function releaseOf(service, { versions }, { templates, ledger }) {
    const version = versions.at(-1);
    if (version === undefined || version.name === '')
        return undefined;
    const template = (templates ?? []).find(({ name }) => name === `${service}-${version.name}`);
    const entries = ledger?.entries.filter(({ release }) => release === version.name) ?? [];
    const verified = ledger ? (0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: undefined }) : [];
    const own = verified.find(({ release }) => release === version.name);
    return {
        id: version.name,
        image: (template && (0,release_template/* imageOfTemplate */.Lj)(template)) || (entries.at(-1)?.image ?? ''),
        ...originOf(template),
        verifiedAt: own?.finishedAt ?? undefined,
        newestVerified: verified[0]?.release,
    };
}
function originOf(template) {
    const told = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(template?.description ?? ''));
    return {
        commit: (0,json/* asText */.e1)(told['commit']),
        actor: (0,json/* asText */.e1)(told['actor']),
        base: (0,json/* asText */.e1)(told['base']),
    };
}
function groupOf(group) {
    return {
        name: group.name,
        targetSize: group.targetSize,
        isStable: group.isStable,
        isAutoscaled: group.autoscaler !== undefined,
    };
}
function vmOf(instance, group, release) {
    const word = group.words.get(instance.name);
    const card = group.cards.get(instance.name);
    const report = word?.report;
    return {
        name: instance.name,
        zone: instance.zone,
        release: report?.release || instance.versionName,
        image: report?.image ?? '',
        status: instance.instanceStatus,
        health: instance.healthStates.join(', '),
        address: card?.address ?? '',
        boot: report?.phase ?? '',
        detail: report?.detail ?? '',
        since: word?.at || card?.createdAt || '',
        obstacle: obstacle(instance, group, release),
    };
}
/** Empty for a VM that serves the group's release; of one that was not asked, what the group says counts. */
function obstacle(instance, facts, release) {
    if (release === undefined)
        return 'runs no release';
    const word = facts.words.get(instance.name);
    const unasked = { phase: 'ready', detail: '', log: '', release: release.id, image: release.image };
    const policy = { release: release.id, image: release.image, minReadyMs: 0, progressDeadlineMs: 0 };
    const report = word ? word.report : unasked;
    return (0,readiness/* obstacleOf */.HD)(instance, report, { group: facts.group, policy }) ?? '';
}
function stateOf({ group, ledger, deployLock }, release, vms) {
    if (group === undefined)
        return 'unknown';
    if (group === 'none' || release === undefined)
        return 'none';
    // Some runs keep the lock while they build: only one that has begun an attempt rolls.
    const isAttempting = (ledger ? (0,ledger_ledger/* openEntries */.Jh)(ledger) : []).length > 0;
    const isHeld = deployLock !== undefined && !deployLock.isStale;
    const { versions, isVersionTargetReached, targetSize } = group.group;
    const isOnTheWay = versions.length > 1 || !isVersionTargetReached;
    if (isOnTheWay || (isAttempting && isHeld))
        return 'rolling';
    // A group of size 0 may be meant, and yet it serves nobody.
    const isWhole = targetSize > 0 && vms.length === targetSize && vms.every((vm) => vm.obstacle === '');
    return isWhole ? 'running' : 'degraded';
}
/** Undefined where the next deploy of the same image changes nothing, or where nobody can tell. */
function newBaseOf(state, release) {
    const base = (0,json/* asText */.e1)(state?.outputs['base_template_name']);
    if (release === undefined || release.base === '' || base === '')
        return undefined;
    return base === release.base ? undefined : base;
}
function driftOf({ state, group, isBaseThere }) {
    if (state === undefined)
        return [];
    const recorded = (0,state_file/* findGroup */.$B)(state, (0,json/* asText */.e1)(state.outputs['group_name']));
    const base = (0,json/* asText */.e1)(state.outputs['base_template_name']);
    return [
        ...(recorded ? driftFrom(recorded.attributes, group) : []),
        ...(isBaseThere === false ? [gone('base template', base)] : []),
    ];
}
function driftFrom(recorded, group) {
    if (group === undefined)
        return [];
    if (group === 'none')
        return [gone('instance group', (0,json/* asText */.e1)(recorded['name']))];
    return driftOfGroup(recorded, group.group.whole);
}
function gone(what, name) {
    return { what, recorded: name, found: 'nothing' };
}

;// CONCATENATED MODULE: ./lib/commands/status.js




/**
 * What runs, what was tried, what is in the way. A service in a bad state is an answer and no
 * failure; what could not be read is one, after everything else has been told.
 *
 * @throws ActionError what the first reading that failed threw: GCP_*, LEDGER_UNREADABLE, TERRAFORM_FAILED
 */
async function status_status(config, ports, signal) {
    const answers = new Answers(signal);
    const facts = await askAll({ config, ports, answers, signal });
    const { problems } = answers;
    const report = reportOn(config, facts, { atMs: ports.clock.now(), problems });
    ports.log.info(renderLog(report));
    await ports.tell(report);
    const [failure] = answers.failures;
    if (failure)
        throw failure;
}

;// CONCATENATED MODULE: ./lib/report/status/page.js



const SIGNS = {
    running: '🟢',
    degraded: '🔴',
    rolling: '🔵',
    none: '⚪',
    unknown: '❔',
};
/** Of a reason: the whole stands in the output and in the ledger. */
const page_MOST_CHARACTERS = 200;
/** The job's summary page, in Markdown. What others wrote is shown as code and does nothing. */
function renderPage(report) {
    const { state, problems } = report;
    const parts = [
        `### ${SIGNS[state]} ${plain(headline(report))}`,
        notices(report)
            .map((notice) => `- ${plain(notice)}`)
            .join('\n'),
        vmTable(report),
        driftTable(report),
        attemptTable(report),
        problems.length === 0
            ? ''
            : `**Could not be read**\n\n${problems.map((text) => (0,markdown/* fence */.EU)(text, 'text')).join('\n\n')}`,
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
function vmTable({ vms, atMs }) {
    if (vms.length === 0)
        return '';
    return renderMarkdown({
        head: ['VM', 'Zone', 'Release', 'Image', 'Health', 'Address', 'Boot', 'Since', 'But'],
        rows: vms.map((vm) => [
            (0,markdown/* codeSpan */.SS)(vm.name),
            vm.zone,
            code(vm.release),
            code(shortDigest(vm.image)),
            healthOf(vm),
            code(vm.address),
            code(bootOf(vm)),
            ago(vm.since, atMs),
            code(vm.obstacle),
        ]),
    });
}
function driftTable({ drift }) {
    if (drift.length === 0)
        return '';
    const rows = drift.map(({ what, recorded, found }) => [what, code(recorded), code(found)]);
    return `**Drift**\n\n${renderMarkdown({ head: ['What', 'Terraform wrote', 'Found'], rows })}`;
}
function attemptTable({ attempts, atMs }) {
    if (attempts.length === 0)
        return '';
    const table = renderMarkdown({
        head: ['Attempt', 'Kind', 'Release', 'Outcome', 'By', 'When', 'Took', 'Why'],
        rows: attempts.map((entry) => [
            runLink(String(entry.attempt), entry.runUrl),
            entry.kind,
            code(entry.release),
            plain(outcomeOf(entry)),
            code(entry.actor),
            ago(entry.startedAt, atMs),
            tookOf(entry),
            code(entry.reason ?? ''),
        ]),
    });
    return `**Last attempts**\n\n${table}`;
}
/** Only what is an address of a run becomes a link. */
function runLink(text, url) {
    return /^https?:\/\/[\w.:/-]+$/.test(url) ? `[${text}](${url})` : text;
}
function code(text) {
    const line = (0,markdown/* oneLine */.TN)(text);
    if (line === '')
        return '';
    return (0,markdown/* codeSpan */.SS)(line.length <= page_MOST_CHARACTERS ? line : `${line.slice(0, page_MOST_CHARACTERS - 1)}…`);
}
/** Our own sentence around others' words, such as names and addresses of runs. */
function plain(text) {
    return (0,markdown/* oneLine */.TN)(text).replace(/[\\`*_{}[\]<>@#]/g, (sign) => `\\${sign}`);
}

// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
;// CONCATENATED MODULE: ./lib/compose/status.js






/** Builds the look at what runs with the real world behind every port. Nothing is asked before run(). */
function composeStatus(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: async () => {
            const { log } = step;
            const clients = (0,google/* googleClients */.Sh)((0,google/* identify */.ls)({ config, env, log }), { config, log, signal });
            const ports = {
                ...clients,
                clock: clock/* systemClock */.m,
                log,
                tell: async (report) => {
                    step.setOutputs(renderStatusOutputs(report));
                    await step.summarize(renderPage(report));
                },
            };
            await status_status(config, ports, signal);
        },
        fail: (failure) => step.fail(failure),
    };
}


/***/ }),

/***/ 3457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ askUnlessOff)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8491);


/** What tells whether an API answers at all in a project. */
const PROBES = {
    compute: (project) => ({
        path: `projects/${project}/zones`,
        query: { maxResults: '1', fields: 'kind' },
    }),
    secretmanager: (project) => ({
        path: `projects/${project}/secrets`,
        query: { pageSize: '1' },
    }),
};
/**
 * The answer to a question; that of a project in which nothing was ever deployed where the API is
 * off. Only a refusal makes it look for that, so that the usual case costs no request.
 *
 * @throws ActionError what `ask` throws
 */
async function askUnlessOff(google, { service, projectId, ask, whenOff }) {
    try {
        return await ask();
    }
    catch (error) {
        const isRefusal = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l && error.code === 'GCP_REQUEST_FAILED';
        if (!isRefusal || error.isPassing)
            throw error;
        const answer = await google.request({
            service,
            method: 'GET',
            ...PROBES[service](projectId),
            purpose: 'see whether an API is on',
            accept: [400, 403, 404],
        });
        if (answer.status !== 403 || !isOff(answer.text))
            throw error;
        return whenOff;
    }
}
/** Compute Engine says it in an older way, too. */
function isOff(body) {
    const { reason } = (0,_diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .readFailure */ .f)(403, body);
    return reason === 'SERVICE_DISABLED' || reason === 'accessNotConfigured';
}


/***/ }),

/***/ 3833:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ inspectGroup)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);
/* harmony import */ var _compute_group_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9006);
/* harmony import */ var _compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3926);



/** Undefined where there is no such group (yet, or any more). @throws ActionError GCP_* */
async function inspectGroup(google, scope, reference) {
    const answer = await google.request({
        service: 'compute',
        method: 'GET',
        path: (0,_compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .groupPath */ .zm)(reference, scope),
        purpose: `read the instance group ${(0,_compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .groupName */ .hv)(reference)}`,
        accept: [404],
    });
    if (answer.status === 404)
        return undefined;
    const whole = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(answer.json);
    return {
        ...(0,_compute_group_js__WEBPACK_IMPORTED_MODULE_2__/* .readGroup */ .iY)(whole),
        name: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(whole['name']),
        baseInstanceName: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(whole['baseInstanceName']),
        autoscaler: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(whole['status'])['autoscaler']) || undefined,
        whole,
    };
}


/***/ }),

/***/ 3234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lj: () => (/* binding */ imageOfTemplate),
/* harmony export */   _u: () => (/* binding */ namePattern),
/* harmony export */   cT: () => (/* binding */ readReleaseTemplate)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

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
    const told = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(description));
    const image = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(told['image']);
    const isOurs = image !== '' && (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(told['base']) !== '' && typeof told['commit'] === 'string';
    return { image, isOurs };
}


/***/ }),

/***/ 6032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $B: () => (/* binding */ findGroup),
/* harmony export */   Cg: () => (/* binding */ templateBelow),
/* harmony export */   qy: () => (/* binding */ readStateFile)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _last_outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6649);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8189);




/**
 * Terraform's memory, read without terraform, once. Undefined where it never applied anything.
 *
 * @throws ActionError TERRAFORM_FAILED for a state that is none; GCP_* as `ObjectStore.read` does
 */
async function readStateFile(store, prefix) {
    const name = (0,_last_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .stateName */ .V)(prefix);
    const found = await store.read(name);
    if (found === undefined)
        return undefined;
    const state = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(found.text);
    if (!(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(state))
        throw damaged(store.url(name));
    const { outputs, resources } = state;
    return {
        outputs: (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .outputValues */ .u)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(outputs)),
        resources: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(resources).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY).filter(isManaged).flatMap(readResource),
    };
}
const GROUP_TYPES = new Set([
    'google_compute_region_instance_group_manager',
    'google_compute_instance_group_manager',
]);
/** The recorded group of that name or id; the only one there is where no output names one. */
function findGroup({ resources }, reference) {
    const groups = resources.filter(({ type }) => GROUP_TYPES.has(type));
    if (reference === '')
        return groups.length === 1 ? groups[0] : undefined;
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    return groups.find(({ attributes }) => attributes['name'] === name);
}
/** The id of the template that terraform itself put the group on: what is destroyed only after it. */
function templateBelow({ resources }, group) {
    const below = resources.find(({ type, address }) => type.endsWith('_instance_template') && group.dependencies.includes(address));
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(below?.attributes['id']) || undefined;
}
function isManaged({ mode }) {
    return mode === 'managed';
}
function readResource(resource) {
    const type = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(resource['type']);
    const module = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(resource['module']);
    const address = `${module && `${module}.`}${type}.${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(resource['name'])}`;
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(resource['instances'])
        .map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)
        .map((instance) => ({
        address,
        type,
        attributes: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(instance['attributes']),
        dependencies: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(instance['dependencies']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1),
    }));
}
function damaged(url) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_FAILED', `The state ${url} is no JSON object.`, {
        hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one.`,
    });
}


/***/ }),

/***/ 2177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AL: () => (/* binding */ findStateLock),
/* harmony export */   Fw: () => (/* binding */ readStateLock),
/* harmony export */   Ui: () => (/* binding */ stateLockName)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
function stateLockName(prefix) {
    return `${prefix}/default.tflock`;
}
/** Undefined when nobody holds it. @throws ActionError GCP_* */
async function readStateLock(store, prefix) {
    const name = stateLockName(prefix);
    const found = await store.read(name);
    if (found === undefined)
        return undefined;
    const lock = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(found.text));
    return {
        who: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Who']),
        operation: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Operation']),
        since: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Created']),
        url: store.url(name),
    };
}
/** A warning that says who holds the state lock, since when, and how to free it; undefined when nobody does. */
async function findStateLock(store, prefix) {
    const lock = await readStateLock(store, prefix);
    if (lock === undefined)
        return undefined;
    const holder = `${lock.who || 'Somebody'} holds it since ${lock.since || 'some time'}`;
    return {
        severity: 'warning',
        summary: 'The state is locked: what is under way may change this plan',
        detail: `${holder} (${lock.operation || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${lock.url}`,
        address: '',
        file: '',
        line: 0,
    };
}


/***/ })

};
