export const id = 893;
export const ids = [893];
export const modules = {

/***/ 7768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composePlan: () => (/* binding */ composePlan)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/adapters/disk/files.js
var files = __webpack_require__(1903);
// EXTERNAL MODULE: ./lib/adapters/disk/tree.js
var tree = __webpack_require__(1662);
// EXTERNAL MODULE: ./lib/adapters/processes/processes.js + 3 modules
var processes = __webpack_require__(344);
// EXTERNAL MODULE: ./lib/cost/report.js + 6 modules
var report = __webpack_require__(4805);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/github/marker.js
var github_marker = __webpack_require__(5917);
// EXTERNAL MODULE: ./lib/github/reviewed.js
var reviewed = __webpack_require__(5382);
// EXTERNAL MODULE: ./lib/image/gate/gate.js + 41 modules
var gate = __webpack_require__(8705);
// EXTERNAL MODULE: ./lib/image/gate/report.js
var gate_report = __webpack_require__(5039);
// EXTERNAL MODULE: ./lib/image/context/failure.js
var failure = __webpack_require__(7895);
// EXTERNAL MODULE: ./lib/image/gate/allow-list.js
var allow_list = __webpack_require__(2653);
// EXTERNAL MODULE: ./lib/image/source.js + 28 modules
var source = __webpack_require__(378);
;// CONCATENATED MODULE: ./lib/image/survey.js





/**
 * Looks at what an image would be made of.
 *
 * @throws ActionError IMAGE_CONTEXT
 */
async function surveySource({ tree, files }, recipe, signal) {
    const [context, allowed] = await Promise.all([
        (0,source/* readContext */.yI)({ tree }, recipe, { builder: 'buildkit', signal }),
        files.read(allow_list/* ALLOW_LIST_FILE */.a).catch(() => ''),
    ]);
    const options = {
        allowList: (0,allow_list/* parseAllowList */.j)(allowed),
        folder: recipe.context,
        dockerfile: (0,source/* dockerfilePath */.Se)(recipe),
        signal,
    };
    const findings = recipe.secretScan === 'off' ? [] : await (0,gate/* scanContext */.hp)(tree, context, options);
    return { findings, leftOutOf: (wanted) => findLeftOut(tree, recipe, { context, wanted }) };
}
async function findLeftOut(tree, recipe, { context, wanted }) {
    const { ignoreFile } = context;
    const parts = [
        ...context.entries.map(({ path }) => external_node_path_.posix.join(recipe.context, path)),
        (0,source/* dockerfilePath */.Se)(recipe),
        // Another ignore file may let other files in.
        ...(ignoreFile === undefined ? [] : [ignoreFile]),
    ];
    const inside = new Set(parts.map((path) => external_node_path_.posix.normalize(path)));
    const outside = wanted.filter((file) => !inside.has(file));
    const isThere = await Promise.all(outside.map((file) => exists(tree, file)));
    // Of one that is gone nobody can say whether it was left out.
    return new Set(outside.filter((_, index) => isThere[index]));
}
async function exists(tree, path) {
    try {
        await tree.inspect(path);
        return true;
    }
    catch (error) {
        if ((0,failure/* codeOf */.$N)(error) === 'ENOENT' || (0,failure/* codeOf */.$N)(error) === 'ENOTDIR')
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/stopwatch.js
var stopwatch = __webpack_require__(2648);
// EXTERNAL MODULE: ./lib/report/masking/masker.js + 2 modules
var masking_masker = __webpack_require__(5503);
;// CONCATENATED MODULE: ./lib/report/budget.js
const LEFT_OUT = 4;
const LAST_TO_GO = 100;
/** After so many in a row that do not fit, the rest of a group is not tried. */
const MOST_MISSES = 50;
/**
 * Shows as much as fits. It begins with nothing and adds what is the most important, so that what
 * gets cut is the least important, and the work depends on the room and not on the plan.
 */
function fitGroups(groups, { limit, measure }) {
    const slots = groups.map(({ pieces }) => pieces.map((piece) => ({ piece, level: LEFT_OUT, text: '', size: 0 })));
    let room = limit;
    for (const { group, level } of stepsOf(groups)) {
        let misses = 0;
        for (const slot of slots[group] ?? []) {
            if (slot.level !== level + 1)
                continue;
            const text = slot.piece.render(level);
            const more = text === slot.text ? 0 : measure(text) - slot.size;
            if (more > room) {
                if (++misses === MOST_MISSES)
                    break;
                continue;
            }
            misses = 0;
            room -= more;
            Object.assign(slot, { level, text, size: slot.size + more });
        }
    }
    return slots.map(fittedOf);
}
/** What is added, the most important first. */
function stepsOf(groups) {
    const steps = groups.flatMap(({ importance }, group) => [0, 1, 2, 3].map((level) => ({ group, level, rank: rankOf(importance, level) })));
    return steps.sort((a, b) => b.rank - a.rank || a.group - b.group);
}
// Context comes when everything else is there. A kind is named before the details of a kind of
// little more importance are told, so that one sees something of all of them; what destroys is not
// weighed against anything.
function rankOf(importance, level) {
    if (level === 0)
        return importance - 10_000;
    return importance + level * (importance >= LAST_TO_GO ? 1000 : 10);
}
function fittedOf(slots) {
    const counts = [0, 0, 0, 0, 0];
    for (const { level } of slots)
        counts[level] = (counts[level] ?? 0) + 1;
    return { texts: slots.map(({ text }) => text), counts };
}

// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
// EXTERNAL MODULE: ./lib/report/sections/cost.js
var sections_cost = __webpack_require__(1226);
;// CONCATENATED MODULE: ./lib/report/sections/leaks.js


/** Whether a merge would change nothing, since the deploy ends before it has begun. */
function isDeployRefused(leaks) {
    return leaks?.isRefused === true && leaks.findings.length > 0;
}
/** Part of the headline; undefined where nothing is to be said. */
function renderLeaksLine({ isRefused, findings }) {
    if (findings.length === 0)
        return undefined;
    const what = `the build context holds ${(0,markdown/* counted */.hS)(findings.length, 'secret')}`;
    return isRefused ? `${what}, the deploy will refuse it` : what;
}
/** Where they are; never folded, and the last to be cut. */
function buildLeaks({ findings }, masker) {
    return {
        title: 'Secrets in the build context',
        importance: LAST_TO_GO + 1,
        note: 'They are in the commits of this pull request: revoke them and make new ones. ' +
            'The log of the run tells where they belong, and how to allow a false alarm.',
        pieces: findings.map(({ place, what }) => {
            const at = masker.mask(place);
            return { renderLog: () => `${at}  ${what}`, render: () => `- ${(0,markdown/* codeSpan */.SS)(at)} ${what}\n` };
        }),
    };
}

;// CONCATENATED MODULE: ./lib/report/sections/section.js

function bullet(code, tail = '') {
    return { renderLog: () => `${code}${tail}`, render: () => `- ${(0,markdown/* codeSpan */.SS)(code)}${tail}\n` };
}
/** `Create (3)`. */
function titleOf({ title, pieces, count }) {
    return `${title} (${(0,markdown/* grouped */.zD)(count ?? pieces.length)})`;
}
/** What stands in place of what was left out. */
function renderLeftOut(count) {
    return count === 0 ? '' : `- … and ${(0,markdown/* grouped */.zD)(count)} more\n`;
}

;// CONCATENATED MODULE: ./lib/report/page.js





/** For titles, folds and counts of what is left out, per section. */
const ROOM_PER_SECTION = 250;
/** For the remark on what was cut. */
const ROOM_FOR_REMARK = 700;
/** The story as Markdown that fits on the paper. */
function renderPage(story, paper) {
    const start = paper.start === '' ? '' : `${paper.start}\n\n`;
    if (isQuiet(story))
        return `${start}${renderQuietLine(story)}\n`;
    const head = `${start}${renderHead(story)}`;
    const foot = [renderCost(story), renderFoot(story)].filter(isSaid).join('\n\n');
    const taken = paper.measure(head) + paper.measure(foot);
    const reserved = ROOM_FOR_REMARK + story.sections.length * ROOM_PER_SECTION;
    const fitted = fitGroups(story.sections, { ...paper, limit: paper.limit - taken - reserved });
    const parts = [
        head,
        renderRemark(fitted, `[${paper.whole}](${story.report.runUrl})`),
        ...story.sections.map((section, index) => renderSection(section, fitted[index])),
        foot,
    ];
    return `${parts.filter(isSaid).join('\n\n')}\n`;
}
function isQuiet({ changes, sections, report }) {
    const isFailed = report.failure !== undefined || changes.isErrored;
    return !changes.hasChanges && sections.length === 0 && !isFailed;
}
/** The infrastructure stays as it is: one line, and nothing to open. */
function renderQuietLine(story) {
    const { report, masker, headline } = story;
    const why = report.cost?.unreadable === undefined ? '' : renderCost(story);
    const answer = `${(0,markdown/* codeSpan */.SS)(masker.mask(report.name))}: ${headline.map(asProse).join(' · ')}.`;
    return [answer, renderRollout(report), why, renderFoot(story)].filter(isSaid).join(' ');
}
/** The answer, what is lost, and what happens to the VMs. */
function renderHead({ report, changes, headline, masker }) {
    const [first = '', ...rest] = headline.map(asProse);
    const answer = [`**${(0,markdown/* codeSpan */.SS)(masker.mask(report.name))}: ${first}**`, ...rest].join(' · ');
    const isFailed = report.failure !== undefined || changes.isErrored;
    const more = isFailed
        ? [renderLeak(report)]
        : [renderLeak(report), renderAlarm(changes), renderRollout(report)];
    return [answer, ...more].filter(isSaid).join('\n\n');
}
function isSaid(part) {
    return part !== '';
}
/** Words of ours stand as they are; should others get between them, they stand as code. */
function asProse(words) {
    return /[^\w\s.,:;+−()/%'-]/.test(words) ? (0,markdown/* codeSpan */.SS)(words) : words;
}
function renderLeak({ leaks }) {
    if (!isDeployRefused(leaks))
        return '';
    return '> [!CAUTION]\n> A merge would not deploy: the image would hold secrets.';
}
function renderAlarm({ destructive }) {
    const replaced = destructive.filter(({ action }) => action === 'replace').length;
    const gone = destructive.length - replaced;
    const will = [
        ...(gone === 0 ? [] : [`destroys ${(0,markdown/* counted */.hS)(gone, 'resource')}`]),
        ...(replaced === 0 ? [] : [`replaces ${(0,markdown/* counted */.hS)(replaced, 'resource')}`]),
    ];
    return will.length === 0 ? '' : `> [!CAUTION]\n> This ${will.join(' and ')}.`;
}
function renderRollout({ rollout, leaks }) {
    if (!rollout?.willRoll || rollout.vms === 0 || isDeployRefused(leaks))
        return '';
    const { vms, group, steps, strategy, running } = rollout;
    const which = `${(0,markdown/* counted */.hS)(vms, 'VM')} of ${(0,markdown/* codeSpan */.SS)(group)}`;
    if (running === undefined)
        return `On merge, the first release starts on ${which}.`;
    const order = strategy === 'surge' ? 'new before old' : 'old before new';
    const how = `in ${(0,markdown/* counted */.hS)(steps, 'step')}, ${order}`;
    return `On merge, ${which} will be replaced ${how}. Live now: release ${(0,markdown/* codeSpan */.SS)(running)}.`;
}
function renderCost({ report: { cost, failure }, masker }) {
    if (!cost || failure)
        return '';
    const lines = (0,sections_cost/* renderCostDetails */.u)(cost, (text) => (0,markdown/* codeSpan */.SS)(masker.mask(text)));
    if (cost.unreadable !== undefined || lines.length === 0)
        return lines.join('\n');
    const prices = cost.pricesAsOf === '' ? '' : `, list prices of ${cost.pricesAsOf}`;
    return `<details><summary>Cost per month${prices}</summary>\n\n${lines.join('\n')}\n</details>`;
}
function renderSection(section, fitted) {
    if (!fitted)
        return '';
    const note = section.note === undefined ? '' : `${section.note}\n\n`;
    const leftOut = renderLeftOut(fitted.counts[4] ?? 0);
    const body = `${note}${fitted.texts.join('')}${leftOut}`.trim();
    if (section.isFolded) {
        return `<details><summary>${titleOf(section)}</summary>\n\n${body}\n\n</details>`;
    }
    return `#### ${titleOf(section)}\n\n${body}`;
}
/** Says what was cut, and where it is; empty when nothing was. */
function renderRemark(fitted, whole) {
    const at = (level) => fitted.reduce((sum, { counts }) => sum + (counts[level] ?? 0), 0);
    const [context, excerpts, names, gone] = [at(1), at(2), at(3), at(4)];
    if (context + excerpts + names + gone === 0)
        return '';
    const cut = [
        ...(context + excerpts === 0 ? [] : ['lines that stay as they are']),
        ...(excerpts === 0 ? [] : [`parts of ${(0,markdown/* counted */.hS)(excerpts, 'long change')}`]),
        ...(names === 0 ? [] : [`the details of ${(0,markdown/* counted */.hS)(names, 'change')}`]),
        ...(gone === 0 ? [] : [`${(0,markdown/* counted */.hS)(gone, 'change')} altogether`]),
    ];
    return `> [!NOTE]\n> Too long to be shown whole. Left out, the least important first: ${cut.join(', ')}. All of it is in the ${whole}.`;
}
function renderFoot({ report }) {
    const { commit, runUrl, terraformVersion, planHash } = report;
    const parts = [
        (0,markdown/* codeSpan */.SS)(commit.slice(0, 12)),
        `[run](${runUrl})`,
        ...(terraformVersion === '' ? [] : [`terraform ${(0,markdown/* codeSpan */.SS)(terraformVersion)}`]),
        ...(planHash === '' ? [] : [`plan ${(0,markdown/* codeSpan */.SS)(planHash.slice(0, 12))}`]),
    ];
    return `<sub>${parts.join(' · ')}</sub>`;
}

// EXTERNAL MODULE: ./lib/lib/canonical-json.js
var canonical_json = __webpack_require__(9968);
// EXTERNAL MODULE: ./lib/terraform/review/changes.js
var review_changes = __webpack_require__(5148);
;// CONCATENATED MODULE: ./lib/report/plan/checks.js

function readChecks(json) {
    return (0,lib_json/* asList */.DD)(json).map((item) => {
        const check = (0,lib_json/* asRecord */.qY)(item);
        const status = check['status'];
        return {
            name: (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(check['address'])['to_display']),
            status: status === 'pass' || status === 'fail' || status === 'error' ? status : 'unknown',
            problems: (0,lib_json/* asList */.DD)(check['instances']).flatMap((instance) => (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(instance)['problems']).map((problem) => (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(problem)['message']))),
        };
    });
}

;// CONCATENATED MODULE: ./lib/report/plan/changes.js




/** Reads a parsed plan; whatever is missing or of another shape reads as absent. */
function planChanges(json) {
    const plan = (0,lib_json/* asRecord */.qY)(json);
    const all = (0,lib_json/* asList */.DD)(plan['resource_changes']).map(readResource);
    const resources = all.filter(isWorthTelling);
    const outputs = Object.entries((0,lib_json/* asRecord */.qY)(plan['output_changes']))
        .map(([name, change]) => readOutput(name, (0,lib_json/* asRecord */.qY)(change)))
        .filter(({ kind }) => kind !== 'no-op');
    const drift = (0,lib_json/* asList */.DD)(plan['resource_drift'])
        .map(readResource)
        .filter((change) => isWorthTelling(change) && !isRollout(change));
    const isRelevant = relevance(plan, resources);
    const invocations = (0,lib_json/* asList */.DD)(plan['action_invocations']).map((item) => (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(item)['address']));
    const destructive = resources.flatMap(readDestructive);
    return {
        resources,
        outputs,
        relevantDrift: drift.filter(isRelevant),
        otherDrift: drift.filter((change) => !isRelevant(change)),
        deferred: (0,lib_json/* asList */.DD)(plan['deferred_changes']).map(readDeferred),
        invocations,
        checks: readChecks(plan['checks']),
        counts: countChanges(resources, outputs),
        destructive,
        hasChanges: resources.some(({ kind }) => kind !== 'read') || outputs.length > 0 || invocations.length > 0,
        hasDestructiveChanges: destructive.length > 0,
        isErrored: plan['errored'] === true,
    };
}
function readResource(item) {
    const resource = (0,lib_json/* asRecord */.qY)(item);
    const change = (0,lib_json/* asRecord */.qY)(resource['change']);
    const actions = (0,lib_json/* asList */.DD)(change['actions']).map(lib_json/* asText */.e1);
    return {
        address: (0,lib_json/* asText */.e1)(resource['address']),
        previousAddress: (0,lib_json/* asText */.e1)(resource['previous_address']) || undefined,
        type: (0,lib_json/* asText */.e1)(resource['type']),
        mode: resource['mode'] === 'data' ? 'data' : 'managed',
        kind: kindOf(actions),
        actions,
        deposed: (0,lib_json/* asText */.e1)(resource['deposed']) || undefined,
        reason: (0,lib_json/* asText */.e1)(resource['action_reason']),
        replacePaths: (0,lib_json/* asList */.DD)(change['replace_paths']).map(lib_json/* asList */.DD),
        importing: (0,lib_json/* isRecord */.u4)(change['importing']) ? readImport(change['importing']) : undefined,
        pair: readPair(change),
    };
}
function readPair(change) {
    return {
        before: change['before'] ?? undefined,
        after: change['after'] ?? undefined,
        unknown: change['after_unknown'],
        beforeMarks: change['before_sensitive'],
        afterMarks: change['after_sensitive'],
    };
}
function readImport(importing) {
    const { id, identity } = importing;
    if (typeof id === 'string')
        return id;
    return identity === undefined ? '' : JSON.stringify(identity);
}
function kindOf(actions) {
    const has = (action) => actions.includes(action);
    if (has('delete') && has('create'))
        return 'replace';
    if (actions.length === 1 || has('forget')) {
        // Replaced where the old object is forgotten: nothing is destroyed, something is created.
        if (has('create'))
            return 'create';
        const [only = ''] = actions;
        if (isKind(only))
            return only;
    }
    return 'other';
}
const KINDS = ['no-op', 'read', 'update', 'delete', 'forget'];
function isKind(text) {
    return KINDS.includes(text);
}
/** Moves and imports are "no-op", and yet are what a reviewer wants to see. */
function isWorthTelling({ kind, previousAddress, importing }) {
    return kind !== 'no-op' || previousAddress !== undefined || importing !== undefined;
}
function readOutput(name, change) {
    const pair = readPair(change);
    const isSensitive = change['before_sensitive'] === true || change['after_sensitive'] === true;
    return {
        name,
        kind: kindOf((0,lib_json/* asList */.DD)(change['actions']).map(lib_json/* asText */.e1)),
        pair: isSensitive ? { ...pair, beforeMarks: true, afterMarks: true } : pair,
    };
}
function readDeferred(item) {
    const deferred = (0,lib_json/* asRecord */.qY)(item);
    return {
        address: (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(deferred['resource_change'])['address']),
        reason: (0,lib_json/* asText */.e1)(deferred['reason']),
    };
}
/** What a rollout changes about a group, which Terraform leaves to it. */
const OF_ROLLOUTS = new Set(['version', 'fingerprint', 'status']);
const GROUPS = new Set([
    'google_compute_instance_group_manager',
    'google_compute_region_instance_group_manager',
]);
function isRollout({ type, kind, pair }) {
    if (kind !== 'update' || !GROUPS.has(type))
        return false;
    const [before, after] = [(0,lib_json/* asRecord */.qY)(pair.before), (0,lib_json/* asRecord */.qY)(pair.after)];
    return Object.keys({ ...before, ...after }).every((name) => OF_ROLLOUTS.has(name) || (0,canonical_json/* canonicalJson */.d)(before[name]) === (0,canonical_json/* canonicalJson */.d)(after[name]));
}
function readDestructive({ address, kind, actions, type, }) {
    if (kind === 'replace')
        return (0,review_changes/* isDefinition */.gN)(type) ? [] : [{ address, action: 'replace' }];
    return actions.includes('delete') ? [{ address, action: 'delete' }] : [];
}
function countChanges(resources, outputs) {
    const with_ = (action) => resources.filter(({ actions }) => actions.includes(action)).length;
    const of = (kind) => resources.filter((change) => change.kind === kind).length;
    return {
        add: with_('create'),
        change: with_('update'),
        destroy: with_('delete'),
        replace: of('replace'),
        import: resources.filter(({ importing }) => importing !== undefined).length,
        move: resources.filter(({ previousAddress }) => previousAddress !== undefined).length,
        forget: with_('forget'),
        read: of('read'),
        output: outputs.length,
    };
}
/**
 * Drift matters where this plan changes the very thing, most often back, and where terraform says
 * that other resources looked at it. Elsewhere it decided nothing.
 */
function relevance(plan, resources) {
    const changed = new Set(resources.map(({ address }) => address));
    const addresses = new Set((0,lib_json/* asList */.DD)(plan['relevant_attributes']).map((item) => (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(item)['resource'])));
    return ({ address }) => changed.has(address) || addresses.has(address) || addresses.has(withoutKey(address));
}
// Attributes are named after the resource, drift after its instance: `app.vm` and `app.vm["a"]`.
function withoutKey(address) {
    return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '');
}

;// CONCATENATED MODULE: ./lib/report/plan/reasons.js
/** Terraform may add further ones at any time: those say nothing. */
const REASONS = {
    replace_because_cannot_update: 'cannot be changed in place',
    replace_because_tainted: 'is tainted: its creation or a provisioner failed',
    replace_by_request: 'was asked for with -replace',
    replace_by_triggers: 'follows from replace_triggered_by',
    delete_because_no_resource_config: 'is no longer in the configuration',
    delete_because_wrong_repetition: 'has a key that does not fit count or for_each',
    delete_because_count_index: 'has an index beyond count',
    delete_because_each_key: 'has a key that is no longer in for_each',
    delete_because_no_module: 'belongs to a module that is no longer in the configuration',
    delete_because_no_move_target: 'was moved to an address that is not in the configuration',
    read_because_config_unknown: 'depends on values that are known only after apply',
    read_because_dependency_pending: 'depends on a resource that changes',
    read_because_check_nested: 'belongs to a check',
};
const DEFERRALS = {
    instance_count_unknown: 'how many there are is not known yet',
    resource_config_unknown: 'its configuration is not known yet',
    provider_config_unknown: 'the configuration of its provider is not known yet',
    deferred_prereq: 'something that it needs is deferred',
    absent_prereq: 'something that it needs is not there yet',
};
/** Why terraform does this to the resource; empty when it does not say. */
function renderReason({ reason }) {
    return REASONS[reason] ?? '';
}
function renderDeferral(reason) {
    return DEFERRALS[reason] ?? 'terraform cannot plan it yet';
}
/** A path as it is written in HCL: `disk[0].size`, `labels["a b"]`. */
function renderPath(steps) {
    return steps
        .map((step, index) => {
        if (typeof step === 'number')
            return `[${step}]`;
        const name = String(step);
        if (!/^[A-Za-z_][\w-]*$/.test(name))
            return `[${JSON.stringify(name)}]`;
        return index === 0 ? name : `.${name}`;
    })
        .join('');
}

;// CONCATENATED MODULE: ./lib/report/sections/kinds.js

/** In the order in which they are told; a change belongs to the first that has it. */
const kinds_KINDS = [
    {
        title: 'Destroy',
        importance: LAST_TO_GO,
        isDestructive: true,
        has: ({ actions, kind }) => kind !== 'replace' && actions.includes('delete'),
    },
    {
        title: 'Replace',
        importance: LAST_TO_GO + 1,
        isDestructive: true,
        has: ({ kind }) => kind === 'replace',
    },
    {
        title: 'Other actions',
        note: 'deploy-spot-mig does not know them yet.',
        importance: 50,
        has: ({ kind }) => kind === 'other',
    },
    { title: 'Change', importance: 20, has: ({ kind }) => kind === 'update' },
    { title: 'Create', importance: 13, has: ({ kind }) => kind === 'create' },
    {
        title: 'Read during the apply',
        importance: 12,
        isFolded: true,
        has: ({ kind }) => kind === 'read',
    },
    {
        title: 'Import',
        note: 'Exists already; nothing about it changes.',
        importance: 19,
        isBookkeeping: true,
        has: ({ importing }) => importing !== undefined,
    },
    {
        title: 'Move',
        note: 'Only the address changes.',
        importance: 17,
        isBookkeeping: true,
        has: ({ previousAddress }) => previousAddress !== undefined,
    },
    {
        title: 'Forget',
        note: "Leaves terraform's state and stays in the cloud.",
        importance: 40,
        isBookkeeping: true,
        has: ({ kind }) => kind === 'forget',
    },
];

;// CONCATENATED MODULE: ./lib/report/values/body.js
/** A remark is wrapped to what a phone shows of a line. */
const REMARK_LINE = /\S.{0,34}(?=\s|$)|\S+/g;
/**
 * Collects the lines of a diff. The sign stands in the first column and a blank in the second, so
 * that no text of a value ever begins a line: it can neither change its colour nor close the fence.
 */
class BodyWriter {
    lines = [];
    context = new Set();
    #indent = '  ';
    add(mark, text) {
        this.lines.push(`${mark} ${this.#indent}${text}`);
    }
    /** A line that may be left out where there is little room. */
    addContext(text) {
        this.context.add(this.lines.length);
        this.add(' ', text);
    }
    /** What is not a change itself, on as many lines as it needs; goes with the context. */
    addRemark(words) {
        for (const line of words.match(REMARK_LINE) ?? []) {
            this.context.add(this.lines.length);
            this.add('#', line);
        }
    }
    /** Tells of what is not shown. */
    addHidden(count, noun) {
        if (count === 0)
            return;
        this.context.add(this.lines.length);
        this.add(' ', `# (${count} unchanged ${noun}${count === 1 ? '' : 's'} hidden)`);
    }
    nest(write) {
        const outer = this.#indent;
        this.#indent = `${outer}  `;
        write();
        this.#indent = outer;
    }
}

// EXTERNAL MODULE: ./lib/report/masking/names.js
var names = __webpack_require__(7125);
// EXTERNAL MODULE: ./lib/report/masking/matcher.js
var matcher = __webpack_require__(6859);
;// CONCATENATED MODULE: ./lib/report/values/literal.js


const SENSITIVE = '(sensitive value)';
const UNKNOWN = '(known after apply)';
const HIDDEN_BY_NAME = '(hidden: secret by its name)';
const TOO_DEEP = '(nested too deeply to be shown)';
/** A string, number, boolean or null on one line, as HCL writes it. */
function renderScalar(value, { mask }) {
    if (typeof value === 'string')
        return (0,markdown/* visible */.RK)(JSON.stringify(mask(value)));
    return typeof value === 'number' ? mask(String(value)) : String(value);
}
/** The name of a member: an attribute, or the key of a map, which may be any text. */
function renderName(name, { mask }) {
    return /^[A-Za-z_][\w-]*$/.test(name) ? mask(name) : (0,markdown/* visible */.RK)(JSON.stringify(mask(name)));
}
/** The lines of a text that is too long for a literal; undefined when it fits on one line. */
function linesOf(value) {
    if (typeof value !== 'string' || !value.includes('\n'))
        return undefined;
    return value.replace(/\n$/, '').split('\n');
}
/** The object or list that a string holds as JSON; undefined when it holds none. */
function parseContainer(value, { mask }) {
    if (typeof value !== 'string' || !/^\s*[{[]/.test(value))
        return undefined;
    // A secret that is JSON as a whole, such as a key file, has no parts to be shown.
    if (mask(value).trim() === matcher/* MASK */.v5)
        return undefined;
    try {
        const parsed = JSON.parse(value);
        if (typeof parsed !== 'object' || parsed === null)
            return undefined;
        return isDeeperThan(parsed, DEEPEST_JSON) ? undefined : parsed;
    }
    catch {
        // Text that only begins like JSON is shown as text.
        return undefined;
    }
}
/** What is nested deeper is meant to break something; as text it cannot. */
const DEEPEST_JSON = 200;
function isDeeperThan(value, levels) {
    if (typeof value !== 'object' || value === null)
        return false;
    return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

;// CONCATENATED MODULE: ./lib/report/values/tree.js

/** The member or element of a value; never one that every object inherits. */
function childOf(value, key) {
    if (Array.isArray(value))
        return value[Number(key)];
    return (0,lib_json/* isRecord */.u4)(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
/** What a tree of marks says of a member: `true` holds for everything below. */
function markOf(marks, key) {
    return marks === true ? true : childOf(marks, key);
}
function memberOf(pair, key) {
    return {
        before: childOf(pair.before, key),
        after: childOf(pair.after, key),
        unknown: markOf(pair.unknown, key),
        beforeMarks: markOf(pair.beforeMarks, key),
        afterMarks: markOf(pair.afterMarks, key),
    };
}
/** One side of a pair, for what only is created or only goes. */
function elementOf(pair, side, index) {
    const isAfter = side === 'after';
    return {
        before: isAfter ? undefined : childOf(pair.before, index),
        after: isAfter ? childOf(pair.after, index) : undefined,
        unknown: isAfter ? markOf(pair.unknown, index) : undefined,
        beforeMarks: isAfter ? undefined : markOf(pair.beforeMarks, index),
        afterMarks: isAfter ? markOf(pair.afterMarks, index) : undefined,
    };
}
/** The elements of both sides that belong together. */
function elementPair(pair, before, after) {
    return {
        before: childOf(pair.before, before),
        after: childOf(pair.after, after),
        unknown: markOf(pair.unknown, after),
        beforeMarks: markOf(pair.beforeMarks, before),
        afterMarks: markOf(pair.afterMarks, after),
    };
}
/** Names of all members, sorted; those that are known only after apply stand in `unknown` alone. */
function memberNames({ before, after, unknown }) {
    const names = new Set();
    for (const side of [before, after]) {
        if ((0,lib_json/* isRecord */.u4)(side))
            for (const name of Object.keys(side))
                names.add(name);
    }
    if ((0,lib_json/* isRecord */.u4)(unknown)) {
        for (const [name, mark] of Object.entries(unknown))
            if (hasMark(mark))
                names.add(name);
    }
    return [...names].sort();
}
/** Whether a tree of marks holds a `true` anywhere. */
function hasMark(marks) {
    if (marks === true)
        return true;
    if (typeof marks !== 'object' || marks === null)
        return false;
    return Object.values(marks).some(hasMark);
}
/** Whether nothing changes, sensitivity included. */
function isUnchanged(pair) {
    return (!hasMark(pair.unknown) &&
        isEqual(pair.before, pair.after) &&
        hasMark(pair.beforeMarks) === hasMark(pair.afterMarks));
}
/** Equality of JSON values. */
function isEqual(a, b) {
    if (a === b)
        return true;
    if (Array.isArray(a) || Array.isArray(b)) {
        if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length)
            return false;
        return a.every((item, index) => isEqual(item, b[index]));
    }
    if (!(0,lib_json/* isRecord */.u4)(a) || !(0,lib_json/* isRecord */.u4)(b))
        return false;
    const names = Object.keys(a);
    return (names.length === Object.keys(b).length &&
        names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name])));
}

;// CONCATENATED MODULE: ./lib/report/values/canvas.js



/** Past this, HCL and people have long given up. */
const DEEPEST = 50;
const ROOT = {
    label: '',
    close: '',
    name: '',
    isSettings: false,
    path: '',
    isBody: true,
    isAttribute: false,
    depth: 0,
    isSecret: false,
};
/** A path of a plan as one text. */
function pathKey(steps) {
    return steps.map((step) => `/${String(step)}`).join('');
}
/** The place of a member of an object, which may be there before, after, or both. */
function memberPlace(canvas, outer, member) {
    const { name } = member;
    return {
        label: `${renderName(name, canvas.masker)} = `,
        close: '',
        name,
        isSettings: outer.isSettings || (0,names/* holdsSettings */.cJ)(name),
        path: `${outer.path}/${name}`,
        isBody: false,
        isAttribute: outer.isBody,
        depth: outer.depth + 1,
        isSecret: isSecret(member, outer),
    };
}
/** Where the names of either side say so, nobody gets to see the other side. */
function isSecret({ name, owners, values }, outer) {
    const isNamedSo = (0,names/* isSecretMember */.$C)(name, outer.isSettings);
    return ['before', 'after'].some((side) => {
        const value = values[side];
        if (typeof value === 'string' && (0,names/* isReference */.A_)(value))
            return false;
        if (typeof value !== 'string' && typeof value !== 'number')
            return false;
        return isNamedSo || isValueOfSecret(name, owners[side]);
    });
}
/** The place of what stands as JSON in a text: such are settings of programs. */
function jsonPlace(place) {
    return {
        ...place,
        label: `${place.label}jsonencode(`,
        close: `)${place.close}`,
        isSettings: true,
        isBody: false,
        isAttribute: false,
        depth: place.depth + 1,
    };
}
function elementPlace(outer, index) {
    return {
        label: '',
        close: '',
        name: outer.name,
        isSettings: outer.isSettings,
        path: `${outer.path}/${index}`,
        isBody: false,
        isAttribute: false,
        depth: outer.depth + 1,
        isSecret: outer.isSecret,
    };
}
/** A block of a list of blocks: `disk {`. */
function blockPlace(canvas, outer, index) {
    return {
        ...elementPlace(outer, index),
        label: `${renderName(outer.name, canvas.masker)} `,
        isBody: true,
    };
}
function forcingNote({ forcing }, { path }) {
    return forcing.size > 0 && forcing.has(path) ? ' # forces replacement' : '';
}
/** Whether a list is written as blocks: the schema is not in the plan, but blocks are objects. */
function isBlockList(place, ...sides) {
    const lists = sides.filter((side) => Array.isArray(side)).filter(({ length }) => length > 0);
    return (place.isAttribute &&
        lists.length > 0 &&
        lists.every((list) => list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))));
}
// `{ name = "DB_PASSWORD", value = "…" }`, as Cloud Run and others spell an environment.
function isValueOfSecret(name, owner) {
    if (!names/* VALUE_MEMBER */.Hz.test(name))
        return false;
    return names/* NAMING_MEMBERS */.h0.some((naming) => {
        const text = childOf(owner, naming);
        return typeof text === 'string' && (0,names/* isSecretName */.eh)(text);
    });
}

;// CONCATENATED MODULE: ./lib/report/values/sequence.js
/** Beyond so many differences nobody reads them one by one, and the search would cost its square. */
const MOST_EDITS = 100;
/** The runs that turn one sequence into the other (Myers), the fewest edits where they are few. */
function compareSequences(before, after) {
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head])
        head++;
    let tail = 0;
    const shorter = Math.min(before.length, after.length) - head;
    while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail))
        tail++;
    const runs = [];
    const push = (run) => {
        if (run.before[0] < run.before[1] || run.after[0] < run.after[1])
            runs.push(run);
    };
    push({ isSame: true, before: [0, head], after: [0, head] });
    const middle = {
        before: before.slice(head, before.length - tail),
        after: after.slice(head, after.length - tail),
    };
    for (const { isSame, before: b, after: a } of compareMiddle(middle.before, middle.after)) {
        push({ isSame, before: [b[0] + head, b[1] + head], after: [a[0] + head, a[1] + head] });
    }
    push({
        isSame: true,
        before: [before.length - tail, before.length],
        after: [after.length - tail, after.length],
    });
    return runs;
}
function compareMiddle(before, after) {
    const all = { isSame: false, before: [0, before.length], after: [0, after.length] };
    if (before.length === 0 || after.length === 0)
        return [all];
    const trace = searchEdits(before, after);
    return trace === undefined ? [all] : runsOf(walkBack(trace, before.length, after.length), all);
}
/** The furthest points per diagonal after each number of edits; undefined when there are too many. */
function searchEdits(before, after) {
    const most = Math.min(MOST_EDITS, before.length + after.length);
    const furthest = new Int32Array(2 * most + 3);
    const trace = [];
    for (let edits = 0; edits <= most; edits++) {
        trace.push(furthest.slice(most + 1 - edits - 1, most + 1 + edits + 2));
        for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
            const at = most + 1 + diagonal;
            const left = furthest[at - 1] ?? 0;
            const above = furthest[at + 1] ?? 0;
            let x = diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1;
            while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
                x++;
            furthest[at] = x;
            if (x >= before.length && x - diagonal >= after.length)
                return trace;
        }
    }
    return undefined;
}
/** Pairs of equal elements, last first. */
function walkBack(trace, beforeLength, afterLength) {
    const same = [];
    let x = beforeLength;
    let y = afterLength;
    for (let edits = trace.length - 1; edits >= 0; edits--) {
        const furthest = trace[edits];
        const diagonal = x - y;
        const reached = (of) => furthest?.[of + edits + 1] ?? 0;
        const isDown = diagonal === -edits || (diagonal !== edits && reached(diagonal - 1) < reached(diagonal + 1));
        const from = isDown ? diagonal + 1 : diagonal - 1;
        const startX = edits === 0 ? 0 : reached(from);
        const startY = edits === 0 ? 0 : startX - from;
        while (x > startX && y > startY) {
            x--;
            y--;
            same.push([x, y]);
        }
        x = startX;
        y = startY;
    }
    return same;
}
function runsOf(lastFirst, all) {
    const runs = [];
    let [x, y] = [0, 0];
    let [startX, startY] = [0, 0];
    const closeSame = () => {
        if (x > startX)
            runs.push({ isSame: true, before: [startX, x], after: [startY, y] });
        startX = x;
        startY = y;
    };
    for (const [nextX, nextY] of [
        ...lastFirst.toReversed(),
        [all.before[1], all.after[1]],
    ]) {
        if (nextX !== x || nextY !== y) {
            closeSame();
            runs.push({ isSame: false, before: [x, nextX], after: [y, nextY] });
            startX = nextX;
            startY = nextY;
        }
        x = nextX + 1;
        y = nextY + 1;
    }
    // The end stands for an element behind the last one.
    x--;
    y--;
    closeSame();
    return runs;
}

;// CONCATENATED MODULE: ./lib/report/values/whole.js





/** Writes a value that is there on one side only. */
function writeWhole(canvas, place, { pair, mark }) {
    const value = mark === '+' ? pair.after : pair.before;
    const instead = insteadOf(place, pair, mark);
    const note = forcingNote(canvas, place);
    if (instead !== undefined) {
        canvas.body.add(mark, `${place.label}${instead}${place.close}${note}`);
    }
    else if (Array.isArray(value)) {
        writeList(canvas, place, { pair, mark, value });
    }
    else if ((0,lib_json/* isRecord */.u4)(value) || (mark === '+' && value === undefined && (0,lib_json/* isRecord */.u4)(pair.unknown))) {
        writeObject(canvas, place, { pair, mark });
    }
    else {
        writeText(canvas, place, { value, mark });
    }
}
/** What is written where the value itself must not or cannot be. */
function insteadOf(place, pair, mark) {
    if (pair.beforeMarks === true || pair.afterMarks === true)
        return SENSITIVE;
    if (mark !== '-' && pair.unknown === true)
        return UNKNOWN;
    if (place.isSecret)
        return HIDDEN_BY_NAME;
    return place.depth > DEEPEST ? TOO_DEEP : undefined;
}
function writeList(canvas, place, { pair, mark, value }) {
    const side = mark === '+' ? 'after' : 'before';
    if (isBlockList(place, value)) {
        value.forEach((_, index) => {
            writeWhole(canvas, blockPlace(canvas, place, index), {
                pair: elementOf(pair, side, index),
                mark,
            });
        });
        return;
    }
    const note = forcingNote(canvas, place);
    if (value.length === 0) {
        canvas.body.add(mark, `${place.label}[]${place.close}${note}`);
        return;
    }
    canvas.body.add(mark, `${place.label}[${note}`);
    canvas.body.nest(() => {
        value.forEach((_, index) => {
            writeWhole(canvas, elementPlace(place, index), { pair: elementOf(pair, side, index), mark });
        });
    });
    canvas.body.add(mark, `]${place.close}`);
}
function writeObject(canvas, place, { pair, mark }) {
    const names = memberNames(mark === '+' ? pair : { ...pair, unknown: undefined });
    const note = forcingNote(canvas, place);
    if (names.length === 0) {
        canvas.body.add(mark, `${place.label}{}${place.close}${note}`);
        return;
    }
    canvas.body.add(mark, `${place.label}{${note}`);
    canvas.body.nest(() => {
        writeMembers(canvas, place, { pair, mark });
    });
    canvas.body.add(mark, `}${place.close}`);
}
/** Writes the members of an object; of a resource or block those that are not set are left out. */
function writeMembers(canvas, place, { pair, mark }) {
    const names = memberNames(mark === '+' ? pair : { ...pair, unknown: undefined });
    const later = mark === '+' ? namesKnownLater(canvas, place, pair) : NO_NAMES;
    for (const name of names) {
        const member = memberOf(pair, name);
        const value = mark === '+' ? member.after : member.before;
        if (place.isBody && isUnset(value) && (mark === '-' || !hasMark(member.unknown)))
            continue;
        if (later.has(name))
            continue;
        const inner = memberPlace(canvas, place, { name, owners: pair, values: member });
        writeWhole(canvas, inner, { pair: member, mark });
    }
    writeKnownLater(canvas, later);
}
const NO_NAMES = new Set();
const FEWEST_TOGETHER = 3;
/**
 * What only the apply can tell of a new thing: named together on one line instead of on one each,
 * because most of it is the provider's own.
 */
function namesKnownLater(canvas, place, pair) {
    if (!canvas.isNew || !place.isBody || !(0,lib_json/* isRecord */.u4)(pair.unknown))
        return NO_NAMES;
    const names = Object.entries(pair.unknown)
        .filter(([name, mark]) => mark === true && !canvas.forcing.has(`${place.path}/${name}`))
        .map(([name]) => name);
    return names.length < FEWEST_TOGETHER ? NO_NAMES : new Set(names.sort());
}
function writeKnownLater({ body, masker }, names) {
    if (names.size === 0)
        return;
    body.addRemark(`${UNKNOWN}: ${[...names].map((name) => renderName(name, masker)).join(', ')}`);
}
/** What stands in a plan for an attribute or block that nobody has written. */
function isUnset(value) {
    return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
function writeText(canvas, place, { value, mark }) {
    const { body, masker } = canvas;
    const note = forcingNote(canvas, place);
    const json = parseContainer(value, masker);
    if (json !== undefined) {
        writeWhole(canvas, jsonPlace(place), { pair: pairOf(json, mark), mark });
        return;
    }
    const lines = typeof value === 'string' ? linesOf(masker.mask(value)) : undefined;
    if (lines === undefined) {
        body.add(mark, `${place.label}${renderScalar(value, masker)}${place.close}${note}`);
        return;
    }
    body.add(mark, `${place.label}<<EOT${note}`);
    body.nest(() => {
        for (const line of lines)
            body.add(mark, (0,markdown/* visible */.RK)(line));
    });
    body.add(mark, `EOT${place.close}`);
}
/** A pair of a value that stands in another one as JSON: nothing in it is unknown or marked. */
function pairOf(value, mark) {
    return {
        before: mark === '-' ? value : undefined,
        after: mark === '+' ? value : undefined,
        unknown: undefined,
        beforeMarks: undefined,
        afterMarks: undefined,
    };
}

;// CONCATENATED MODULE: ./lib/report/values/list-change.js






/** Members by which an object of a list is known again when something else of it changes. */
const IDENTITIES = ['name', 'key', 'id', 'Sid', 'zone', 'port'];
/** Writes a list, set or tuple element by element: what comes, what goes, what changes inside. */
function writeListChange(canvas, place, { pair, writeChange }) {
    const isBlocks = isBlockList(place, pair.before, pair.after);
    const write = () => {
        const runs = compareSequences(keysOf(pair, 'before'), keysOf(pair, 'after'));
        runs.forEach((run, index) => {
            if (run.isSame)
                writeSame(canvas, {
                    pair,
                    run,
                    isBlocks,
                    isFirst: index === 0,
                    isLast: index === runs.length - 1,
                });
            else
                writeReplaced(canvas, place, { pair, run, isBlocks, writeChange });
        });
    };
    if (isBlocks) {
        write();
        return;
    }
    canvas.body.add(' ', `${place.label}[${forcingNote(canvas, place)}`);
    canvas.body.nest(write);
    canvas.body.add(' ', `]${place.close}`);
}
/** A text per element that differs when anything about it does. */
function keysOf(pair, side) {
    const list = side === 'before' ? pair.before : pair.after;
    if (!Array.isArray(list))
        return [];
    return list.map((item, index) => {
        const unknown = side === 'after' ? (pair.unknown === true ? true : childOf(pair.unknown, index)) : undefined;
        const marks = side === 'after' ? pair.afterMarks : pair.beforeMarks;
        const hidden = childOf(marks, index);
        return JSON.stringify([item, simplified(unknown), hidden === true]);
    });
}
// `false`, `{}` and `[]` all say that everything is known.
function simplified(unknown) {
    if (unknown === true)
        return true;
    if (typeof unknown !== 'object' || unknown === null)
        return 0;
    const marked = Object.entries(unknown).filter(([, mark]) => simplified(mark) !== 0);
    return marked.length === 0 ? 0 : marked;
}
/** The neighbours of a change, so that one sees where it is; the rest is counted. */
function writeSame(canvas, { pair, run, isBlocks, isFirst, isLast }) {
    const [from, to] = run.after;
    const shownHead = isFirst ? 0 : 1;
    const shownTail = isLast ? 0 : 1;
    let hidden = 0;
    const flush = () => {
        canvas.body.addHidden(hidden, isBlocks ? 'block' : 'element');
        hidden = 0;
    };
    for (let index = from; index < to; index++) {
        const element = elementPair(pair, run.before[0] + index - from, index);
        const isNear = index < from + shownHead || index >= to - shownTail;
        if (isNear && isShort(element)) {
            flush();
            canvas.body.addContext(renderScalar(element.after, canvas.masker));
        }
        else
            hidden++;
    }
    flush();
}
function isShort({ after, unknown, beforeMarks, afterMarks }) {
    if (beforeMarks === true || afterMarks === true || unknown === true)
        return false;
    if (typeof after === 'string')
        return after.length <= 120 && !after.includes('\n');
    return typeof after === 'number' || typeof after === 'boolean';
}
function writeReplaced(canvas, place, { pair, run, isBlocks, writeChange }) {
    const placeOf = (index) => isBlocks ? blockPlace(canvas, place, index) : elementPlace(place, index);
    const partners = pairUp(pair, run);
    const taken = new Set(partners.values());
    for (let index = run.before[0]; index < run.before[1]; index++) {
        const partner = partners.get(index);
        if (partner === undefined)
            writeWhole(canvas, placeOf(index), { pair: elementOf(pair, 'before', index), mark: '-' });
        else
            writeChange(canvas, placeOf(partner), elementPair(pair, index, partner));
    }
    for (let index = run.after[0]; index < run.after[1]; index++) {
        if (!taken.has(index))
            writeWhole(canvas, placeOf(index), { pair: elementOf(pair, 'after', index), mark: '+' });
    }
}
/** Which new element is the old one, changed: the one of its name, or the one in its place. */
function pairUp(pair, { before, after }) {
    const partners = new Map();
    const free = new Map();
    for (let index = after[1] - 1; index >= after[0]; index--) {
        const identity = identityOf(childOf(pair.after, index));
        if (identity === undefined)
            continue;
        const alike = free.get(identity);
        if (alike)
            alike.push(index);
        else
            free.set(identity, [index]);
    }
    for (let index = before[0]; index < before[1]; index++) {
        const identity = identityOf(childOf(pair.before, index));
        const partner = identity === undefined ? undefined : free.get(identity)?.pop();
        if (partner !== undefined)
            partners.set(index, partner);
    }
    // A single object that is called otherwise now is still the same one to whoever reads it.
    const isSingle = before[1] - before[0] === 1 && after[1] - after[0] === 1;
    const [from, to] = [childOf(pair.before, before[0]), childOf(pair.after, after[0])];
    if (isSingle && (0,lib_json/* isRecord */.u4)(from) && (0,lib_json/* isRecord */.u4)(to))
        partners.set(before[0], after[0]);
    return partners;
}
function identityOf(item) {
    if (Array.isArray(item))
        return 'list';
    if (!(0,lib_json/* isRecord */.u4)(item))
        return undefined;
    const name = IDENTITIES.find((key) => ['string', 'number'].includes(typeof childOf(item, key)));
    return name === undefined ? 'object' : `${name}:${String(item[name])}`;
}

;// CONCATENATED MODULE: ./lib/report/values/text-change.js





/** Lines around a change of a long text. */
const CONTEXT_LINES = 3;
/** Writes the change of a text: whole where it is one line, line by line where it is more. */
function writeTextChange(canvas, place, { before, after }) {
    const { body, masker } = canvas;
    const note = forcingNote(canvas, place);
    const masked = { before: masker.mask(before), after: masker.mask(after) };
    if (masked.before === masked.after) {
        body.add('!', `${place.label}${matcher/* MASK */.v5}${place.close} # changes in what is hidden${note}`);
        return;
    }
    if (!before.includes('\n') && !after.includes('\n')) {
        body.add('-', `${place.label}${renderScalar(before, masker)}${place.close}`);
        body.add('+', `${place.label}${renderScalar(after, masker)}${place.close}${note}`);
        return;
    }
    body.add(' ', `${place.label}<<EOT${note}`);
    body.nest(() => {
        writeLines(body, withoutLastFeed(masked.before), withoutLastFeed(masked.after));
        if (masked.before.endsWith('\n') !== masked.after.endsWith('\n')) {
            const now = masked.after.endsWith('\n') ? 'now ends' : 'no longer ends';
            body.add('!', `(the text ${now} with a line feed)`);
        }
    });
    body.add(' ', `EOT${place.close}`);
}
/** The lines of a text; one that ends with a line feed has no empty line behind it. */
function withoutLastFeed(text) {
    const lines = text.split('\n');
    return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
function writeLines(body, before, after) {
    const runs = compareSequences(before, after);
    runs.forEach((run, index) => {
        if (run.isSame) {
            writeSameLines(body, after, { run, isFirst: index === 0, isLast: index === runs.length - 1 });
            return;
        }
        for (const line of before.slice(...run.before))
            body.add('-', (0,markdown/* visible */.RK)(line));
        for (const line of after.slice(...run.after))
            body.add('+', (0,markdown/* visible */.RK)(line));
    });
}
function writeSameLines(body, lines, { run, isFirst, isLast }) {
    const [from, to] = run.after;
    const headTo = isFirst ? from : Math.min(to, from + CONTEXT_LINES);
    const end = isLast ? to : Math.max(headTo, to - CONTEXT_LINES);
    // A remark in place of a single line would save nothing.
    const tailFrom = end - headTo === 1 ? headTo : end;
    for (const line of lines.slice(from, headTo))
        body.addContext((0,markdown/* visible */.RK)(line));
    body.addHidden(tailFrom - headTo, 'line');
    for (const line of lines.slice(tailFrom, to))
        body.addContext((0,markdown/* visible */.RK)(line));
}

;// CONCATENATED MODULE: ./lib/report/values/change.js







/** Shown even when they stay, because they say which thing this is. */
const TELLING = new Set(['id', 'name']);
/** Writes what changes between the two sides of a value that has both. */
function writeChange(canvas, place, pair) {
    const { before, after } = pair;
    const isOneSided = before === undefined || after === undefined;
    if (isOneSided && pair.unknown !== true) {
        writeBoth(canvas, place, pair);
    }
    else if (pair.beforeMarks === true || pair.afterMarks === true) {
        writeHiddenChange(canvas, place, pair);
    }
    else if (place.isSecret) {
        canvas.body.add('!', `${place.label}${HIDDEN_BY_NAME}${place.close} # changes${forcingNote(canvas, place)}`);
    }
    else if (pair.unknown === true) {
        writeUnknownChange(canvas, place, pair);
    }
    else if (place.depth > DEEPEST) {
        writeBoth(canvas, place, pair);
    }
    else if (Array.isArray(before) && Array.isArray(after)) {
        writeListChange(canvas, place, { pair, writeChange });
    }
    else if ((0,lib_json/* isRecord */.u4)(before) && (0,lib_json/* isRecord */.u4)(after)) {
        writeObjectChange(canvas, place, pair);
    }
    else if (typeof before === 'string' && typeof after === 'string') {
        writeStringChange(canvas, place, { ...pair, before, after });
    }
    else {
        writeBoth(canvas, place, pair);
    }
}
function writeHiddenChange(canvas, place, pair) {
    const note = forcingNote(canvas, place);
    const wasHidden = pair.beforeMarks === true;
    const isHidden = pair.afterMarks === true;
    const what = pair.unknown === true
        ? 'known after apply'
        : !isEqual(pair.before, pair.after)
            ? 'changes'
            : wasHidden === isHidden
                ? 'stays'
                : isHidden
                    ? 'becomes sensitive'
                    : 'is no longer sensitive';
    canvas.body.add('!', `${place.label}${SENSITIVE}${place.close} # ${what}${note}`);
}
function writeUnknownChange(canvas, place, { before, ...rest }) {
    const { body } = canvas;
    const note = forcingNote(canvas, place);
    const line = `${place.label}${UNKNOWN}${place.close}${note}`;
    if (typeof before === 'object' && before !== null && !(isUnset(before) && place.isAttribute)) {
        // What a provider computes anew is long, and nobody can compare it with what is not known yet.
        const count = Object.keys(before).length;
        body.add('!', `${place.label}${Array.isArray(before) ? `[…${count}]` : `{…${count}}`} -> ${UNKNOWN}${place.close}${note}`);
    }
    else if (before === undefined || (isUnset(before) && place.isAttribute)) {
        body.add('+', line);
    }
    else {
        writeWhole({ ...canvas, forcing: NONE }, place, { pair: { ...rest, before }, mark: '-' });
        body.add('+', line);
    }
}
const NONE = new Set();
/** One side after the other: kinds differ, or there is only one. */
function writeBoth(canvas, place, pair) {
    const { before, after } = pair;
    const hasBefore = place.isAttribute ? !isUnset(before) : before !== undefined;
    const hasAfter = (place.isAttribute ? !isUnset(after) : after !== undefined) || hasMark(pair.unknown);
    if (hasBefore)
        writeWhole(hasAfter ? { ...canvas, forcing: NONE } : canvas, place, { pair, mark: '-' });
    if (hasAfter)
        writeWhole(canvas, place, { pair, mark: '+' });
}
function writeStringChange(canvas, place, pair) {
    const [before, after] = [pair.before, pair.after].map((text) => parseContainer(text, canvas.masker));
    // Where only white space differs, or digits that JSON.parse rounds, the texts themselves are shown.
    if (before !== undefined && after !== undefined && !isEqual(before, after)) {
        writeChange(canvas, jsonPlace(place), {
            before,
            after,
            unknown: undefined,
            beforeMarks: undefined,
            afterMarks: undefined,
        });
        return;
    }
    writeTextChange(canvas, place, { before: pair.before, after: pair.after });
}
function writeObjectChange(canvas, place, pair) {
    canvas.body.add(' ', `${place.label}{${forcingNote(canvas, place)}`);
    canvas.body.nest(() => {
        writeMemberChanges(canvas, place, pair);
    });
    canvas.body.add(' ', `}${place.close}`);
}
/** Writes the members that change, and says how many do not. */
function writeMemberChanges(canvas, place, pair) {
    let unchanged = 0;
    const later = namesKnownLater(canvas, place, pair);
    for (const name of forcingFirst(canvas, place, memberNames(pair))) {
        if (later.has(name))
            continue;
        const member = memberOf(pair, name);
        const value = member.after ?? member.before;
        const isSame = isUnchanged(member);
        if (isSame && place.isBody && isUnset(value))
            continue;
        if (isSame && !TELLING.has(name)) {
            unchanged++;
            continue;
        }
        const inner = memberPlace(canvas, place, { name, owners: pair, values: member });
        if (!isSame)
            writeChange(canvas, inner, member);
        else if (isTelling(inner, member)) {
            canvas.body.addContext(`${inner.label}${renderScalar(value, canvas.masker)}`);
        }
        else
            unchanged++;
    }
    writeKnownLater(canvas, later);
    canvas.body.addHidden(unchanged, place.isBody ? 'attribute' : 'element');
}
/** What a replacement is due to comes before what it entails. */
function forcingFirst({ forcing }, { path }, names) {
    if (forcing.size === 0 || path !== '')
        return names;
    const first = new Set([...forcing].map((key) => key.split('/')[1] ?? ''));
    return [...names.filter((name) => first.has(name)), ...names.filter((name) => !first.has(name))];
}
function isTelling(place, { after, afterMarks, beforeMarks }) {
    return (typeof after === 'string' &&
        !place.isSecret &&
        !after.includes('\n') &&
        after.length <= 120 &&
        afterMarks !== true &&
        beforeMarks !== true);
}

;// CONCATENATED MODULE: ./lib/report/sections/excerpt.js

const EXCERPT_LENGTH = 1500;
const LONGEST_LINE = 240;
/** The diff at a level of detail; undefined where there is room for one line only. */
function textAt(body, level) {
    if (level >= 3 || body.lines.length === 0)
        return undefined;
    if (level === 0)
        return body.lines.join('\n');
    const lines = withoutContext(body);
    return level === 1 ? lines.join('\n') : excerptOf(lines);
}
function withoutContext({ lines, context }) {
    return context.size === 0 ? lines : lines.filter((_, index) => !context.has(index));
}
/** The beginning of a diff, its lines cut as well; says how much is missing. */
function excerptOf(lines) {
    const shown = [];
    let length = 0;
    for (const line of lines) {
        const cut = cutLine(line);
        if (length + cut.length > EXCERPT_LENGTH)
            break;
        length += cut.length + 1;
        shown.push(cut);
    }
    const missing = lines.length - shown.length;
    if (missing > 0)
        shown.push(`#   … ${(0,markdown/* grouped */.zD)(missing)} more ${missing === 1 ? 'line' : 'lines'}`);
    return shown.join('\n');
}
function cutLine(line) {
    if (line.length <= LONGEST_LINE + 30)
        return line;
    // Not between the two halves of one character.
    const shown = line.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '');
    return `${shown}… (${(0,markdown/* grouped */.zD)(line.length - shown.length)} more characters)`;
}

;// CONCATENATED MODULE: ./lib/report/sections/outputs.js





/** How many outputs are named where their values are folded or left out. */
const MOST_NAMES = 20;
/** All outputs in one diff: they are short, and read together. */
function buildOutputs(outputs, { masker, isOpen }) {
    const body = drawOutputs(outputs, masker);
    const names = (code) => outputs
        .slice(0, MOST_NAMES)
        .map(({ name }) => code(name))
        .join(', ') + (outputs.length > MOST_NAMES ? ', …' : '');
    const render = (level) => {
        const text = textAt(body, level);
        if (text === undefined)
            return `- ${names(markdown/* codeSpan */.SS)}\n`;
        const start = `<details${isOpen ? ' open' : ''}><summary>${names(markdown/* htmlCode */.h8)}</summary>`;
        return `\n${start}\n\n${(0,markdown/* fence */.EU)(text, 'diff')}\n</details>\n\n`;
    };
    const pieces = outputs.length === 0 ? [] : [{ renderLog: () => body.lines.join('\n'), render }];
    return { title: 'Outputs', importance: 16, count: outputs.length, pieces };
}
const NOBODY = { before: undefined, after: undefined };
function drawOutputs(outputs, masker) {
    const body = new BodyWriter();
    const canvas = { body, masker, forcing: new Set(), isNew: false };
    for (const { name, pair } of outputs) {
        const place = memberPlace(canvas, ROOT, { name, owners: NOBODY, values: pair });
        writeChange(canvas, { ...place, isAttribute: false }, pair);
    }
    return body;
}

;// CONCATENATED MODULE: ./lib/report/sections/resource.js







/** How many lines stand open before the reader has clicked on anything. */
class Opening {
    #lines;
    constructor(lines) {
        this.#lines = lines;
    }
    /** Whether the next resource stands open; from the first one on that is too long, none does. */
    admits(change, masker) {
        if (this.#lines > 0)
            this.#lines -= drawResource(change, masker).lines.length;
        return this.#lines > 0;
    }
}
/**
 * One resource of a report: its name and reason always, its attributes as far as there is room.
 * The diff is drawn when it is asked for and not kept: few of very many are ever shown.
 */
function buildResourcePiece(change, { masker, opening, isDrift = false }) {
    const isOpen = opening.admits(change, masker);
    const title = resource_titleOf(change, notesOf(change, masker, isDrift), masker);
    return {
        renderLog: () => {
            const { lines } = drawResource(change, masker);
            return `${signOf(change)} ${title(markdown/* visible */.RK)}\n${lines.join('\n')}\n`;
        },
        render: (level) => {
            const text = level >= 3 ? undefined : textAt(drawResource(change, masker), level);
            if (text === undefined)
                return `- ${title(markdown/* codeSpan */.SS)}\n`;
            const start = `<details${isOpen ? ' open' : ''}><summary>${title(markdown/* htmlCode */.h8)}</summary>`;
            return `\n${start}\n\n${(0,markdown/* fence */.EU)(text, 'diff')}\n</details>\n\n`;
        },
    };
}
/** The lines of the diff of one resource. */
function drawResource(change, masker) {
    const body = new BodyWriter();
    const forcing = new Set(change.replacePaths.map(pathKey));
    const { pair, kind } = change;
    const isNew = kind === 'create' || kind === 'replace';
    const canvas = { body, masker, forcing, isNew };
    if (pair.beforeMarks === true || pair.afterMarks === true) {
        body.add('!', '(sensitive value)');
    }
    else if (pair.before === undefined && pair.after !== undefined) {
        writeMembers(canvas, ROOT, { pair, mark: '+' });
    }
    else if (pair.after === undefined && pair.before !== undefined) {
        if (kind !== 'forget')
            writeMembers(canvas, ROOT, { pair, mark: '-' });
    }
    else if (kind !== 'no-op') {
        writeMemberChanges(canvas, ROOT, pair);
    }
    return body;
}
function resource_titleOf({ address }, notes, masker) {
    const shown = masker.maskAddress(address);
    return (code) => code(shown) + notes.map((note) => ` · ${note.text}${note.codes.map(code).join(', ')}`).join('');
}
/** More are in the diff. */
const MOST_PATHS = 5;
function notesOf(change, masker, isDrift) {
    const notes = [];
    const add = (text, codes = []) => {
        notes.push({ text, codes });
    };
    if (isDrift && change.kind === 'delete')
        add('is gone');
    if (change.deposed !== undefined)
        add('left over from an interrupted replacement, deposed ', [change.deposed]);
    const paths = change.replacePaths.map((path) => masker.mask(renderPath(path)));
    if (change.kind === 'replace' && paths.length > 0) {
        add('forced by ', paths.slice(0, MOST_PATHS));
        if (paths.length > MOST_PATHS)
            add(`and by ${(0,markdown/* counted */.hS)(paths.length - MOST_PATHS, 'more path')}`);
    }
    const reason = renderReason(change);
    // The paths say the same, and say it better.
    if (reason !== '' && !(paths.length > 0 && change.reason === 'replace_because_cannot_update'))
        add(reason);
    if (change.actions.join() === 'create,delete')
        add('the new one first');
    if (change.actions.join() === 'create,forget')
        add('the old one is forgotten, not destroyed');
    if (change.previousAddress !== undefined)
        add('was ', [masker.maskAddress(change.previousAddress)]);
    if (change.importing !== undefined)
        add('imported from ', [masker.mask(change.importing)]);
    if (change.kind === 'other')
        add(`terraform calls it `, [change.actions.join(', ')]);
    return notes;
}
const SIGNS = {
    create: '+',
    update: '~',
    delete: '-',
    replace: '-/+',
    read: '<=',
    forget: '.',
};
function signOf({ kind }) {
    return SIGNS[kind] ?? '?';
}

;// CONCATENATED MODULE: ./lib/report/sections/groups.js





/** Lines of destructive changes that stand open; more of them are folded, but never their names. */
const MOST_OPEN_LINES = 200;
/** Everything of a plan that can be long, in the order in which it is told. */
function buildSections(changes, masker) {
    const kinds = sectionsOfKinds(changes.resources, masker);
    const isOutputsOnly = kinds.size === 0;
    const of = (isBookkeeping) => [...kinds].flatMap(([kind, section]) => (kind.isBookkeeping === true) === isBookkeeping ? [section] : []);
    return [
        ...of(false),
        buildOutputs(changes.outputs, { masker, isOpen: isOutputsOnly }),
        ...of(true),
        ...buildUnfinished(changes, masker),
        ...buildDrift(changes, masker),
    ].filter(({ pieces }) => pieces.length > 0);
}
function sectionsOfKinds(resources, masker) {
    const lists = new Map(kinds_KINDS.map((kind) => [kind, []]));
    for (const change of resources) {
        const kind = kinds_KINDS.find(({ has }) => has(change));
        if (kind)
            lists.get(kind)?.push(change);
    }
    const open = new Opening(MOST_OPEN_LINES);
    const sections = new Map();
    for (const [kind, list] of lists) {
        if (list.length === 0)
            continue;
        const opening = kind.isDestructive ? open : new Opening(0);
        sections.set(kind, { ...kind, pieces: piecesOf(list, { masker, opening }) });
    }
    return sections;
}
function piecesOf(list, options) {
    return list.map((change) => buildResourcePiece(change, options));
}
/** What this apply does not do, or does beside the resources. */
function buildUnfinished({ invocations, deferred }, { maskAddress }) {
    return [
        {
            title: 'Invoke',
            note: 'Actions that run during the apply.',
            importance: 30,
            pieces: invocations.map((address) => bullet(maskAddress(address))),
        },
        {
            title: 'Deferred',
            note: 'Not part of this plan: another one has to follow.',
            importance: 30,
            pieces: deferred.map(({ address, reason }) => bullet(maskAddress(address), ` · ${renderDeferral(reason)}`)),
        },
    ];
}
function buildDrift({ relevantDrift, otherDrift, hasChanges }, masker) {
    // Without any change it has had no consequence, and terraform does not tell of it either.
    if (!hasChanges)
        return [];
    const options = { masker, opening: new Opening(0), isDrift: true };
    return [
        {
            title: 'Changed outside of terraform',
            note: 'Somebody or something else did this. The plan changes it back, or depends on it.',
            importance: 18,
            pieces: piecesOf(relevantDrift, options),
        },
        {
            title: 'Changed outside of terraform, which is nothing to this plan',
            importance: 1,
            isFolded: true,
            pieces: piecesOf(otherDrift, options),
        },
    ];
}

;// CONCATENATED MODULE: ./lib/report/sections/headline.js



/** The one line that answers "may I merge?", in parts. */
function renderHeadline(report, changes) {
    const leaks = report.leaks && renderLeaksLine(report.leaks);
    return [...(leaks === undefined ? [] : [leaks]), ...renderPlan(report, changes)];
}
function renderPlan(report, changes) {
    const errors = report.failure?.diagnostics.filter(({ severity }) => severity === 'error').length;
    if (errors !== undefined || changes.isErrored) {
        return [`planning failed${errors ? ` with ${(0,markdown/* counted */.hS)(errors, 'error')}` : ''}`];
    }
    return [
        ...renderChanges(changes),
        ...(report.cost ? [(0,sections_cost/* renderCostLine */.S)(report.cost)] : []),
        ...renderRoll(report),
    ];
}
function renderChanges({ hasChanges, counts, relevantDrift, destructive, }) {
    if (!hasChanges) {
        return [relevantDrift.length === 0 ? 'no changes' : 'no changes to make'];
    }
    const parts = [
        `${(0,markdown/* grouped */.zD)(counts.add)} to add, ${(0,markdown/* grouped */.zD)(counts.change)} to change, ${(0,markdown/* grouped */.zD)(counts.destroy)} to destroy`,
        renderReplaced(counts.replace, destructive),
    ];
    const more = [
        [counts.import, 'import'],
        [counts.move, 'move'],
        [counts.forget, 'forget'],
    ];
    const further = more.flatMap(([count, verb]) => count === 0 ? [] : [`${(0,markdown/* grouped */.zD)(count)} to ${verb}`]);
    if (counts.output > 0)
        further.push(`${(0,markdown/* counted */.hS)(counts.output, 'output')} ${counts.output === 1 ? 'changes' : 'change'}`);
    return further.length === 0 ? parts : [...parts, further.join(', ')];
}
function renderReplaced(all, destructive) {
    const count = destructive.filter(({ action }) => action === 'replace').length;
    const templates = all === count ? '' : `${(0,markdown/* counted */.hS)(all - count, 'instance template')} made anew`;
    if (count === 0)
        return templates || 'nothing is replaced';
    const replaced = count === 1 ? '1 is replaced' : `${(0,markdown/* grouped */.zD)(count)} are replaced`;
    return [replaced, templates].filter((part) => part !== '').join(', ');
}
function renderRoll({ rollout, leaks }) {
    if (!rollout || isDeployRefused(leaks))
        return [];
    if (!rollout.willRoll)
        return ['VMs roll on merge: no'];
    return [
        `VMs roll on merge: yes${rollout.because.length === 0 ? '' : `, ${rollout.because.join(', ')}`}`,
    ];
}

;// CONCATENATED MODULE: ./lib/report/sections/notices.js




/** Terraform's errors, each with its place; nothing of them is folded away. */
function buildErrors(diagnostics, masker) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    return {
        title: 'Errors',
        importance: LAST_TO_GO + 2,
        pieces: errors.map((error) => buildDiagnostic(error, masker)),
    };
}
function buildWarnings(diagnostics, masker) {
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
    return {
        title: 'Warnings',
        importance: 35,
        pieces: warnings.map((warning) => buildDiagnostic(warning, masker)),
    };
}
/** Checks that fail, and those that only the apply can tell; the others are no news. */
function buildChecks({ checks, hasChanges }, masker) {
    const failing = checks.filter(({ status }) => status === 'fail' || status === 'error');
    const open = hasChanges ? checks.filter(({ status }) => status === 'unknown') : [];
    return [
        {
            title: 'Failed checks',
            importance: 36,
            pieces: failing.map((check) => buildCheck(check, masker)),
        },
        {
            title: 'Checks that only the apply can tell',
            importance: 2,
            isFolded: true,
            pieces: open.map(({ name }) => bullet(masker.maskAddress(name))),
        },
    ];
}
function buildCheck({ name, status, problems }, masker) {
    const address = masker.maskAddress(name);
    const words = masker.mask(problems.join('\n') || (status === 'error' ? 'could not be evaluated' : 'failed'));
    return buildMessage((0,markdown/* codeSpan */.SS)(address), address, words);
}
function buildDiagnostic({ summary, detail, address, file, line }, masker) {
    const where = [
        masker.maskAddress(address),
        masker.mask(file === '' ? '' : `${file}:${line}`),
    ].filter((part) => part !== '');
    const what = masker.mask(summary);
    const head = [what, ...where];
    return buildMessage(head.map(markdown/* codeSpan */.SS).join(' · '), head.join(' · '), masker.mask(detail));
}
function buildMessage(head, plainHead, words) {
    const lines = (0,markdown/* visible */.RK)(words).split('\n');
    const body = (text) => `\n${head}\n\n${(0,markdown/* fence */.EU)(text, 'text')}\n\n`;
    return {
        renderLog: () => [plainHead, ...lines.map((line) => `    ${line}`)].join('\n'),
        render: (level) => {
            if (words.trim() === '' || level >= 3)
                return `- ${head}\n`;
            return body(level === 2 ? excerptOf(lines) : lines.join('\n'));
        },
    };
}

;// CONCATENATED MODULE: ./lib/report/plan-comment.js








/** GitHub refuses a comment beyond 65,536 UTF-16 units. */
const COMMENT = {
    limit: 64_000,
    measure: ({ length }) => length,
    whole: 'job summary',
};
/** GitHub drops all that a step has written beyond 1 MiB. */
const SUMMARY = {
    limit: 1_000_000,
    measure: (text) => Buffer.byteLength(text),
    whole: 'log of the run',
    start: '',
};
/**
 * Renders a plan for the pull request, for the job summary, and in full for the log. Nothing that
 * the plan or the caller calls secret is in any of them, and nothing of the plan acts as markup.
 */
function renderPlanReport(report, masker = (0,masking_masker/* buildMasker */.g)(report.plan, report)) {
    const changes = planChanges(report.plan);
    const headline = renderHeadline(report, changes).map(masker.mask);
    const story = {
        report,
        changes,
        masker,
        headline,
        sections: buildAll(report, changes, masker),
    };
    return {
        comment: renderPage(story, { ...COMMENT, start: report.marker }),
        summary: renderPage(story, SUMMARY),
        log: renderLog(story),
        headline: headline.join(' · '),
        hasChanges: changes.hasChanges,
        hasDestructiveChanges: changes.hasDestructiveChanges,
        counts: changes.counts,
    };
}
function buildAll(report, changes, masker) {
    const said = [...(report.failure?.diagnostics ?? []), ...(report.warnings ?? [])];
    // After an error the changes are not all of them, and nobody should take them for a plan.
    const isFailed = report.failure !== undefined || changes.isErrored;
    return [
        ...(report.leaks ? [buildLeaks(report.leaks, masker)] : []),
        buildErrors(said, masker),
        ...(isFailed ? [] : [...buildSections(changes, masker), ...buildChecks(changes, masker)]),
        buildWarnings(said, masker),
    ].filter(({ pieces }) => pieces.length > 0);
}
function renderLog({ sections, headline, report }) {
    const lines = [`${report.name}: ${headline.join(' · ')}`];
    for (const section of sections) {
        lines.push('', titleOf(section));
        for (const piece of section.pieces)
            lines.push(piece.renderLog());
    }
    return lines.join('\n');
}

// EXTERNAL MODULE: ./lib/terraform/failure.js
var terraform_failure = __webpack_require__(8218);
// EXTERNAL MODULE: ./lib/terraform/planning.js
var planning = __webpack_require__(2475);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
;// CONCATENATED MODULE: ./lib/release/preview.js


const GROUP_TYPES = new Set([
    'google_compute_region_instance_group_manager',
    'google_compute_instance_group_manager',
]);
/** Pure. The image itself is not built for it: whether its files differ is taken for whether it does. */
function previewRollout(facts) {
    const { running, groupName } = facts;
    const policy = groupPolicy(facts.plan, groupName);
    const vms = policy.size ?? running?.vms ?? 1;
    const reasons = reasonsToRoll(facts);
    return {
        willRoll: reasons.length > 0,
        because: reasons.length > 0 ? reasons : ['the image and the base template stay the same'],
        group: groupName,
        vms,
        strategy: policy.surge > 0 ? 'surge' : 'recreate',
        steps: Math.ceil(vms / Math.max(policy.surge, policy.unavailable, 1)),
        running: running?.id,
    };
}
/** Whether there was an instance group before the plan. */
function hasGroup(plan) {
    return groupsOf((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(plan)['prior_state'])['values']).length > 0;
}
/**
 * How many of these files of the repository the image is made of, without those that are known to
 * be left out; undefined where that cannot be told, as with a context outside of the repository, or
 * where a workflow may have other build arguments now.
 */
function changedFilesOf({ context, dockerfile }, files, leftOut = new Set()) {
    const folder = external_node_path_.posix.normalize(`${context}/`);
    if (external_node_path_.posix.isAbsolute(folder) || folder.startsWith('../'))
        return undefined;
    const own = dockerfile === undefined ? '' : external_node_path_.posix.normalize(dockerfile);
    const isOfImage = (file) => !leftOut.has(file) && (folder === './' || file.startsWith(folder) || file === own);
    const count = files.filter(isOfImage).length;
    const isUnclear = count === 0 && files.some((file) => file.startsWith('.github/workflows/'));
    return isUnclear ? undefined : count;
}
/** The release of which a template was made. */
function readRunning(release, { description }, vms) {
    const { base } = (0,lib_json/* asRecord */.qY)((0,lib_json/* parseJson */.qF)(description));
    return { id: release, baseTemplateName: (0,lib_json/* asText */.e1)(base), vms };
}
function reasonsToRoll({ running, baseTemplateName, changedFiles, }) {
    if (running === undefined)
        return ['the first release'];
    const reasons = [];
    if (changedFiles === undefined)
        reasons.push('perhaps a new image');
    else if (changedFiles > 0) {
        reasons.push(`new image (${changedFiles} ${changedFiles === 1 ? 'file' : 'files'} of the build context)`);
    }
    if (baseTemplateName !== running.baseTemplateName)
        reasons.push('new base template');
    return reasons;
}
function groupPolicy(plan, groupName) {
    const groups = groupsOf((0,lib_json/* asRecord */.qY)(plan)['planned_values']);
    const values = groups.map((group) => (0,lib_json/* asRecord */.qY)(group['values']));
    const ours = values.find(({ name }) => name === groupName) ?? values[0] ?? {};
    const policy = (0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)(ours['update_policy'])[0]);
    return {
        surge: (0,lib_json/* asNumber */.i)(policy['max_surge_fixed']) ?? 0,
        unavailable: (0,lib_json/* asNumber */.i)(policy['max_unavailable_fixed']) ?? 0,
        size: (0,lib_json/* asNumber */.i)(ours['target_size']),
    };
}
function groupsOf(state) {
    const root = (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(state)['root_module']);
    return resourcesOf(root).filter(({ type }) => GROUP_TYPES.has((0,lib_json/* asText */.e1)(type)));
}
function resourcesOf(module) {
    const below = (0,lib_json/* asList */.DD)(module['child_modules']).flatMap((child) => resourcesOf((0,lib_json/* asRecord */.qY)(child)));
    return [...(0,lib_json/* asList */.DD)(module['resources']).map(lib_json/* asRecord */.qY), ...below];
}

;// CONCATENATED MODULE: ./lib/release/running-release.js

/** The release that the group is on; undefined before there is a group, or a release on it. */
async function findRunning(compute, group) {
    const found = await compute.findGroup(group);
    const [version] = found?.versions ?? [];
    if (found === undefined || version === undefined || version.name === '')
        return undefined;
    const template = await compute.fetchTemplate(version.instanceTemplate);
    return template && readRunning(version.name, template, found.targetSize);
}

// EXTERNAL MODULE: ./lib/terraform/state-lock.js
var state_lock = __webpack_require__(2177);
;// CONCATENATED MODULE: ./lib/commands/plan/surroundings.js






/** What people can do something about; a cancel is none of these. */
function isOurs(error) {
    return error instanceof errors/* ActionError */.l && error.code !== 'CANCELLED';
}
/** What stands in the cloud beside the plan; what cannot be seen is a warning, and no failure. */
async function lookAround({ config, ports, context: { pullRequest }, survey }, planned) {
    const notes = [];
    const look = async (looking) => looking.catch((error) => {
        if (!isOurs(error))
            throw error;
        notes.push(note('warning', error));
        return 'unseen';
    });
    const group = (0,lib_json/* asText */.e1)(planned.outputs['group_name']);
    const [running, files, lock] = await Promise.all([
        // Before the first apply there is no group, and perhaps not even an API to ask.
        hasGroup(planned.json) && pullRequest ? look(findRunning(ports.compute, group)) : undefined,
        pullRequest && ports.github && look(ports.github.changedFiles(pullRequest.number)),
        look((0,state_lock/* findStateLock */.AL)(ports.store, config.name)),
    ]);
    if (lock !== undefined && lock !== 'unseen')
        notes.push(lock);
    if (!pullRequest || running === 'unseen')
        return { rollout: undefined, notes };
    const rollout = previewRollout({
        plan: planned.json,
        groupName: (0,group_reference/* groupName */.hv)(group || config.name),
        baseTemplateName: (0,lib_json/* asText */.e1)(planned.outputs['base_template_name']) || undefined,
        running,
        changedFiles: files === undefined || files === 'unseen'
            ? undefined
            : changedFilesOf(config, files, await leftOutOf(config, survey, files)),
    });
    return { rollout, notes };
}
async function leftOutOf({ image }, survey, files) {
    // An image that is there already is made of none of them.
    return image === undefined ? ((await survey?.leftOutOf(files)) ?? new Set()) : new Set(files);
}
/** An error as one of the things that a report tells. */
function note(severity, { message, hint = '' }) {
    return { severity, summary: message, detail: hint, address: '', file: '', line: 0 };
}

;// CONCATENATED MODULE: ./lib/commands/plan.js
















/** A pull request: what a merge would change, in one comment. Elsewhere: what has drifted. */
async function plan(config, ports, context) {
    const story = { config, ports, context, startedAtMs: ports.clock.now() };
    // A plan that fails does not wait for what it would have cost.
    const pricing = ports.prices(context.signal);
    pricing.catch(() => undefined);
    const surveying = survey(story);
    // Asked for below, unless planning is cancelled before.
    surveying.catch(() => undefined);
    const planned = await ports.log.group('Planning the infrastructure', () => planOrFailure(story));
    const surveyed = await surveying;
    if (planned instanceof errors/* ActionError */.l) {
        const findings = { failure: planned, ...surveyed };
        const told = publish(story, plan_report(story, findings), { hasDrift: undefined });
        await told.catch((error) => ports.log.warning((0,errors/* describeError */.U)(error)));
        throw planned;
    }
    const scene = { ...story, survey: surveyed.survey };
    const [{ rollout, notes }, prices] = await Promise.all([lookAround(scene, planned), pricing]);
    const cost = (0,report/* estimateCost */.a)(planned.json, prices);
    const digest = (0,review_changes/* digestPlan */.w0)(planned.json);
    const around = { rollout, notes: [...notes, ...surveyed.notes] };
    const rendered = plan_report(story, { ...surveyed, ...around, plan: planned, digest, cost });
    const hasDrift = context.pullRequest ? undefined : planned.hasChanges;
    const result = {
        hasChanges: planned.hasChanges,
        hasDestructiveChanges: digest.changes.some(({ isDestructive }) => isDestructive),
        changes: planned.counts,
        planHash: digest.planHash,
        monthlyCostUsd: cost.monthlyUsd,
        commentUrl: '',
        hasDrift,
        paths: await keep(story, planned, rendered),
    };
    // A comment that is refused must not take the plan away from the steps that come after.
    ports.setOutputs(result);
    const commentUrl = await publish(story, rendered, { hasDrift });
    ports.setOutputs({ ...result, commentUrl });
    // Only now: whoever has to mend it finds it in the comment.
    (0,gate/* guardFindings */._W)(config.secretScan, surveyed.survey?.findings ?? [], 'context', ports.log);
}
/** Lets the comment of a pull request say that it was merged or closed. */
async function endPlan(config, { github, log }, { number, state }) {
    if (!config.comment)
        return;
    const subject = { kind: 'plan', name: (0,reviewed/* subjectName */.w)(config) };
    const isThere = await github?.closeComment(number, subject);
    log.info(isThere
        ? `The plan comment of pull request #${number} says now that it is ${state}.`
        : `Pull request #${number} has no plan comment of ours.`);
}
async function planOrFailure({ ports, context }) {
    try {
        // A pull request may only read, and must not stand in the way of a deploy.
        const options = { signal: context.signal, isLocked: false };
        return (await (0,planning/* planInfrastructure */.V)(ports, new stopwatch/* Stopwatch */.e(ports.clock), options)).plan;
    }
    catch (error) {
        if (isOurs(error))
            return error;
        throw error;
    }
}
/** It needs no Docker, and a key is better found before it is merged. */
async function survey({ config, ports, context }) {
    if (context.pullRequest === undefined || config.image !== undefined)
        return { survey: undefined, notes: [] };
    try {
        return { survey: await surveySource(ports, config, context.signal), notes: [] };
    }
    catch (error) {
        // The plan is worth being seen whatever the deploy will say to this.
        if (isOurs(error))
            return { survey: undefined, notes: [note('warning', error)] };
        throw error;
    }
}
/** Of a plan that failed. */
const NO_PLAN = { changes: [], planHash: '' };
function plan_report({ config, context }, findings) {
    const { plan: planned, digest, failure, cost, rollout, survey: surveyed, notes = [] } = findings;
    const { changes, planHash } = digest ?? NO_PLAN;
    const { pullRequest, run, runUrl, secrets } = context;
    const commit = pullRequest?.headSha ?? context.commit;
    const known = { secrets, sensitiveVariables: [] };
    const masker = (0,masking_masker/* buildMasker */.g)(planned?.json, known);
    const marker = {
        kind: pullRequest ? 'plan' : 'drift',
        name: (0,reviewed/* subjectName */.w)(config),
        ...run,
        commit,
        planHash,
        // A key of for_each may hold a secret; what is hidden here cannot be compared, and is refused.
        destructive: changes
            .filter(({ isDestructive }) => isDestructive)
            .map(({ action, address }) => ({ action, address: masker.maskAddress(address) })),
        changes: changes.map(review_changes/* markOf */.Fg),
    };
    const parts = {
        name: `${config.projectId}/${config.name}`,
        plan: planned?.json,
        failure: failure && { diagnostics: diagnosticsOf(failure) },
        warnings: [...notes, ...(planned?.warnings ?? [])],
        terraformVersion: (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)(planned?.json)['terraform_version']),
        planHash,
        commit,
        runUrl,
        rollout,
        cost,
        leaks: surveyed && (0,gate_report/* leaksOf */.Gn)(surveyed.findings, config.secretScan),
        ...known,
        marker: (0,github_marker/* renderMarker */.Bd)(marker),
    };
    return renderPlanReport(parts, masker);
}
/** Terraform's own, with their places, and what to do next. */
function diagnosticsOf(failure) {
    if (!(failure instanceof terraform_failure/* TerraformFailure */.N))
        return [note('error', failure)];
    const { diagnostics, hint } = failure;
    const next = {
        ...note('warning', failure),
        summary: 'What to do next',
        detail: hint ?? '',
    };
    return hint === undefined ? diagnostics : [...diagnostics, next];
}
/** For further steps of the job. Plan and JSON hold every value, sensitive ones too. */
async function keep({ ports, context }, planned, rendered) {
    const [json, markdown] = ['plan.json', 'plan.md'].map((name) => (0,external_node_path_.join)(context.reportDirectory, name));
    const paths = { plan: planned.path, json: json ?? '', markdown: markdown ?? '' };
    await Promise.all([
        ports.files.writePrivate(paths.json, JSON.stringify(planned.json)),
        ports.files.writePrivate(paths.markdown, rendered.summary),
    ]);
    return paths;
}
/** @returns the URL of the comment or issue; empty where there is none */
async function publish(story, rendered, { hasDrift }) {
    const { config, ports, context, startedAtMs } = story;
    const { github, log } = ports;
    await log.group('The plan', async () => log.info(rendered.log));
    await ports.summarize(rendered.summary);
    const body = rendered.comment;
    if (context.pullRequest) {
        if (!config.comment || !github)
            return '';
        const { number } = context.pullRequest;
        const { url, shows } = await github.upsertComment({ pullRequest: number, body, startedAtMs });
        if (shows === 'ours')
            log.info(`Commented: ${url}`);
        else
            log.info(url === '' ? 'Merged already, without a plan.' : `Left as it is: ${url}`);
        return url;
    }
    if (!config.driftIssue || !github || hasDrift === undefined)
        return '';
    if (!context.isOnDefaultBranch) {
        log.info('The issue about drift is left to the default branch.');
        return '';
    }
    const subject = { kind: 'drift', name: (0,reviewed/* subjectName */.w)(config) };
    if (!hasDrift) {
        await github.closeIssue(subject, DRIFT_LABEL);
        return '';
    }
    const title = `The infrastructure of ${config.name} has drifted`;
    return (await github.upsertIssue({ title, label: DRIFT_LABEL, body, startedAtMs })).url;
}
const DRIFT_LABEL = 'drift';

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/github/fork.js
var fork = __webpack_require__(7859);
// EXTERNAL MODULE: ./lib/github/pull-request-event.js
var pull_request_event = __webpack_require__(3209);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/compose/outside/github.js + 9 modules
var outside_github = __webpack_require__(5031);
// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
// EXTERNAL MODULE: ./lib/compose/outside/terraform.js + 3 modules
var terraform = __webpack_require__(9428);
;// CONCATENATED MODULE: ./lib/compose/plan.js















/** Builds the plan with the real world behind every port. Nothing is written or asked before run(). */
function composePlan(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: async () => {
            const { log } = step;
            const event = await readEvent(env);
            const pullRequest = (0,pull_request_event/* readPullRequestEvent */.$)(event, env);
            if (pullRequest?.action === 'closed') {
                const github = (0,outside_github/* composeGitHub */.s)({ config, env, log, signal });
                return endPlan(config, { github, log }, pullRequest);
            }
            if (pullRequest && (0,fork/* isWithoutToken */.w)(pullRequest, env)) {
                const words = (0,fork/* explainNoToken */.O)(pullRequest);
                log.info(words);
                return step.summarize(words);
            }
            return runPlan({ config, env, signal, step, event, pullRequest });
        },
        fail: (failure) => step.fail(failure),
    };
}
/** Empty where the runner has left none, as some imitations of it do. */
function readEvent(env) {
    return files/* localFiles */.J.read(env['GITHUB_EVENT_PATH'] ?? '').catch(() => '');
}
async function runPlan({ config, env, signal, step, event, pullRequest }) {
    const { log } = step;
    const identity = (0,google/* identify */.ls)({ config, env, log });
    const outside = {
        commands: new processes/* ProcessRunner */.S(env),
        files: files/* localFiles */.J,
        tree: tree/* localTree */.q,
        clock: clock/* systemClock */.m,
        log,
    };
    const clients = (0,google/* googleClients */.Sh)(identity, { config, log, signal });
    const workDirectory = step.workDirectory(env);
    // The post step leaves this one alone: it is for the steps that come after.
    const reportDirectory = (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? '/tmp', `plan-of-${config.name}-${(0,external_node_crypto_.randomUUID)()}`);
    await files/* localFiles */.J.makeFolder(reportDirectory);
    const planPath = (0,external_node_path_.join)(reportDirectory, 'plan.tfplan');
    const ports = {
        ...outside,
        ...clients,
        github: (0,outside_github/* composeGitHub */.s)({ config, env, log, signal }),
        setOutputs: (result) => step.setOutputs((0,outputs/* renderPlanOutputs */.YH)(result)),
        summarize: (markdown) => step.summarize(markdown),
        prices: (0,google/* priceReader */.HL)(identity, { config, log }),
        terraform: (either) => (0,terraform/* composeTerraform */.N)({
            ...outside,
            config,
            env,
            google: clients.google,
            credentials: identity.credentials,
            workDirectory,
            planPath,
            signal: either,
        }),
    };
    const { commit, runUrl } = (0,context/* readJobContext */.V1)(env);
    return plan(config, ports, {
        pullRequest,
        isOnDefaultBranch: (0,context/* isOnDefaultBranch */.vZ)(event, env),
        run: (0,context/* readRun */.cI)(env),
        commit,
        runUrl,
        reportDirectory,
        secrets: (0,terraform/* secretsOf */.F)(config),
        signal,
    });
}


/***/ }),

/***/ 7859:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ explainNoToken),
/* harmony export */   w: () => (/* binding */ isWithoutToken)
/* harmony export */ });
/** Whether GitHub gives this job neither an OIDC token nor the right to comment, whatever it asks for. */
function isWithoutToken({ isFork, isDependabot }, env) {
    const hasOidc = (env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '') !== '';
    return (isFork || isDependabot) && !hasOidc;
}
/** For the page of the run: why there is no plan, and what to do. */
function explainNoToken({ isFork, number }) {
    const whose = isFork ? 'comes from a fork' : 'was opened by Dependabot';
    return `Pull request #${number} ${whose}, so GitHub gives this job no OIDC token and a token that may only read: there is no plan, and that is no failure. Somebody with write access can push the same commits to a branch of this repository, which is planned then.\n`;
}


/***/ }),

/***/ 3209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ readPullRequestEvent)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);


/**
 * What the event file says of a pull request; undefined for a job that runs for anything else.
 *
 * @throws ActionError INPUT_INVALID for `pull_request_target`, and for an event that cannot be read
 */
function readPullRequestEvent(json, env) {
    const event = env['GITHUB_EVENT_NAME'] ?? '';
    if (event === 'pull_request_target')
        throw refusal();
    if (event !== 'pull_request')
        return undefined;
    const payload = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json));
    const pull = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(payload['pull_request']);
    const number = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asNumber */ .i)(pull['number']);
    const headSha = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(pull['head'])['sha']);
    if (number === undefined || headSha === '')
        throw unreadable();
    return {
        number,
        headSha,
        baseRef: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(pull['base'])['ref']),
        author: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(pull['user'])['login']),
        action: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(payload['action']),
        state: pull['merged'] === true ? 'merged' : pull['state'] === 'closed' ? 'closed' : 'open',
        isFork: repositoryOf(pull['head']) !== repositoryOf(pull['base']),
        isDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]',
    };
}
// A fork that was deleted meanwhile has no repository any more.
function repositoryOf(end) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asNumber */ .i)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(end)['repo'])['id']);
}
function refusal() {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('INPUT_INVALID', 'This job runs on pull_request_target, which gives the code of a stranger the permissions and the cloud access of your main branch.', {
        hint: 'Use `on: pull_request` instead. Pull requests from forks are then planned by nobody, on purpose.',
    });
}
function unreadable() {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('INPUT_INVALID', 'The file that GITHUB_EVENT_PATH names does not describe a pull request.', { hint: 'Run the action as a step of a job that `on: pull_request` started.' });
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


/***/ })

};
