export const id = 717;
export const ids = [717];
export const modules = {

/***/ 4717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeRollback: () => (/* binding */ composeRollback)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/stopwatch.js
var stopwatch = __webpack_require__(2648);
// EXTERNAL MODULE: ./lib/release/attempt/attempt.js + 20 modules
var attempt = __webpack_require__(3001);
// EXTERNAL MODULE: ./lib/release/attempt/trail.js
var trail = __webpack_require__(9551);
// EXTERNAL MODULE: ./lib/commands/deploy/result.js
var deploy_result = __webpack_require__(3595);
// EXTERNAL MODULE: ./lib/commands/deploy/vms.js
var deploy_vms = __webpack_require__(1590);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
;// CONCATENATED MODULE: ./lib/commands/rollback/result.js



/** The last lines of the log: what runs now, where, and that it stays so until the next push. */
function sayRolledBack(log, { groupName: reference }, result) {
    const { outcome, release, commit, vms, durationMs, previousRelease } = result;
    const group = (0,group_reference/* groupName */.hv)(reference);
    const what = `release ${release} (commit ${commit.slice(0, 7)})`;
    const took = (0,duration/* renderDuration */.P)(durationMs);
    if (outcome === 'unchanged') {
        log.info(`Unchanged: ${group} runs ${what} (${took}).`);
    }
    else {
        const from = previousRelease === '' ? '' : ` from ${previousRelease}`;
        log.info(`Rolled ${(0,markdown/* counted */.hS)(vms.length, 'VM')} of ${group} back${from} to ${what} in ${took}.`);
    }
    for (const vm of vms)
        log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`);
    if (outcome === 'deployed')
        log.info('The next push to the branch that is deployed goes forward again.');
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/registry.js
var registry = __webpack_require__(7190);
// EXTERNAL MODULE: ./lib/release/choice/rolled-back.js
var rolled_back = __webpack_require__(5167);
;// CONCATENATED MODULE: ./lib/release/choice/catalogue.js



const MOST_LISTED = 20;
/**
 * The error about a release that cannot be chosen: why, and what there is to choose from. Pure; it is
 * RELEASE_UNKNOWN.
 */
function unknownRelease(shelf, why) {
    const titles = titlesOf(shelf);
    const listed = titles.slice(0, MOST_LISTED);
    const rest = titles.length - listed.length;
    const lines = [
        `Could not choose a release of ${shelf.service} to roll back to: ${why}.`,
        'What there is, newest first; a * can be brought back:',
        ...align(listed.map(cellsOf)),
        ...(rest > 0 ? [`  and ${rest} older`] : []),
    ];
    const hint = titles.some(({ canBeBroughtBack }) => canBeBroughtBack)
        ? 'Set the input `release` to one of these ids, or to its commit, image digest or tag.'
        : 'None of them can be brought back: push a fix, or deploy an earlier commit anew.';
    return new errors/* ActionError */.l('RELEASE_UNKNOWN', lines.join('\n'), {
        hint,
        ...(shelf.current !== '' && { runs: shelf.current }),
    });
}
/** Each release once, by the deploy that people remember; the newest of these comes first. */
function titlesOf({ ledger, current, templates }) {
    const takenOff = (0,rolled_back/* rolledBackReleases */.q)(ledger);
    const newestFirst = ledger.entries.toReversed();
    const ids = [...new Set(newestFirst.map(({ release }) => release))];
    const titles = ids.flatMap((id) => {
        const attempts = newestFirst.filter(({ release }) => release === id);
        const verified = attempts.filter(({ outcome }) => outcome === 'verified');
        const entry = verified.find(({ kind }) => kind === 'deploy') ?? verified[0] ?? attempts[0];
        if (entry === undefined)
            return [];
        const isStanding = templates.has(entry.template);
        const state = [
            ...(id === current ? ['runs now'] : []),
            ...(isStanding ? [] : ['pruned']),
            ...(takenOff.has(id) ? ['rolled back'] : []),
            ...lastWord(attempts, verified[0]),
        ];
        const canBeBroughtBack = verified.length > 0 && isStanding && id !== current;
        return [{ entry, canBeBroughtBack, state: state.join(', ') }];
    });
    return titles.sort((one, other) => other.entry.attempt - one.entry.attempt);
}
/** How a release fared since it was verified, where that was not well. Newest attempt first. */
function lastWord(attempts, verified) {
    if (verified === undefined)
        return [`never verified (${attempts[0]?.outcome ?? 'open'})`];
    const last = attempts.find(({ outcome }) => outcome !== null && outcome !== 'interrupted');
    return last === undefined || last === verified ? [] : [`failed ${minuteOf(last)}`];
}
function cellsOf({ entry, canBeBroughtBack, state }) {
    return [
        `  ${canBeBroughtBack ? '*' : ' '} ${entry.release}`,
        entry.commit.slice(0, 7),
        minuteOf(entry),
        entry.actor,
        (0,reference/* digestOf */.ol)(entry.image).slice(0, 'sha256:'.length + 12),
        state,
    ];
}
/** By the minute, in UTC as Google's console says it, too. */
function minuteOf({ finishedAt, startedAt }) {
    return (finishedAt ?? startedAt).slice(0, 16).replace('T', ' ');
}
function align(rows) {
    const widths = rows.reduce((widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)), []);
    return rows.map((row) => row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd());
}

// EXTERNAL MODULE: ./lib/release/ledger/ledger.js
var ledger_ledger = __webpack_require__(9242);
// EXTERNAL MODULE: ./lib/release/choice/lineage.js
var lineage = __webpack_require__(8804);
;// CONCATENATED MODULE: ./lib/release/choice/choice.js



const SHORTEST_COMMIT = 7;
/** Pure: finds the release in what the ledger knows. `current` is what the group is on, or empty. */
function chooseRelease(ledger, current, wanted) {
    switch (wanted.kind) {
        case 'before':
            return chooseBefore(ledger, current, wanted.steps);
        case 'id or commit':
            return chooseByPrefix(ledger, wanted);
        case 'release':
            return chooseById(ledger, wanted.id);
        case 'digest':
            return chooseByDigest(ledger, wanted.prefix);
        case 'tag':
            return { kind: 'tag', tag: wanted.tag };
        case 'unreadable':
            return refused(wanted.why);
    }
}
function chooseBefore(ledger, current, steps) {
    const earlier = (0,lineage/* earlierReleases */.VE)(ledger, current);
    const entry = earlier[steps - 1];
    if (entry)
        return { kind: 'chosen', entry };
    const where = current === '' ? 'the group is on no release' : `the group is on ${current}`;
    return refused(`${where}; verified releases before that: ${earlier.length || 'none'}`);
}
function chooseByPrefix(ledger, { prefix, tag }) {
    const ids = distinct(ledger.entries.map(({ release }) => release).filter(beginsWith(prefix)));
    // Whoever writes all of an id means it, whatever a commit begins with.
    if (ids.includes(prefix))
        return chooseById(ledger, prefix);
    const commits = prefix.length < SHORTEST_COMMIT
        ? []
        : distinct(ledger.entries.map(({ commit }) => commit).filter(beginsWith(prefix)));
    const [id] = ids;
    const [commit] = commits;
    if (ids.length + commits.length > 1) {
        const all = [
            ...ids.map((one) => `release ${one}`),
            ...commits.map((one) => `commit ${one.slice(0, 12)}`),
        ];
        return refused(`"${prefix}" may be any of ${all.join(', ')}`);
    }
    if (id !== undefined)
        return chooseById(ledger, id);
    return commit === undefined ? { kind: 'tag', tag } : chooseByCommit(ledger, commit);
}
/** By its id a release may be chosen that failed since it was verified: a shortage of VMs is enough for that. */
function chooseById(ledger, id) {
    const attempts = ledger.entries.filter(({ release }) => release === id);
    const entry = attempts.findLast(({ outcome }) => outcome === 'verified');
    if (entry)
        return { kind: 'chosen', entry };
    const last = attempts.at(-1);
    if (!last)
        return refused(`no attempt of a release ${id} is in the ledger`);
    return refused(`release ${id} was never verified; its last attempt ${ended(last)}`);
}
function chooseByCommit(ledger, commit) {
    const isOfCommit = (entry) => entry.commit === commit;
    const standing = new Set((0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: undefined }).map((e) => e.release));
    const entry = ledger.entries.findLast((one) => isOfCommit(one) && one.outcome === 'verified' && standing.has(one.release));
    if (entry)
        return { kind: 'chosen', entry };
    const last = ledger.entries.findLast(isOfCommit);
    const attempt = last ? `; its last attempt, release ${last.release}, ${ended(last)}` : '';
    return refused(`commit ${commit.slice(0, 12)} has no verified release${attempt}`);
}
function chooseByDigest(ledger, prefix) {
    const fitting = (0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: undefined }).filter(({ image }) => (0,reference/* digestOf */.ol)(image).startsWith(`sha256:${prefix}`));
    const digests = distinct(fitting.map(({ image }) => (0,reference/* digestOf */.ol)(image)));
    if (digests.length > 1) {
        return refused(`several images begin with sha256:${prefix}: ${digests.join(', ')}`);
    }
    const [entry] = fitting;
    if (entry)
        return { kind: 'chosen', entry };
    return refused(`no verified release has an image sha256:${prefix}`);
}
function ended({ outcome, reason, runUrl }) {
    const how = outcome === null ? 'is still open' : `ended as "${outcome}"`;
    return `${how}${reason === null ? '' : ` (${reason})`}, ${runUrl}`;
}
function beginsWith(prefix) {
    return (text) => text.toLowerCase().startsWith(prefix);
}
function distinct(texts) {
    return [...new Set(texts)];
}
function refused(why) {
    return { kind: 'refused', why };
}

;// CONCATENATED MODULE: ./lib/release/choice/under-way.js

/**
 * The deploy that is on its way forth or back, or died there. Whoever asks for the release before
 * means the one before that: on which of the two the group is at that moment is chance. Pure.
 */
function deployUnderWay(ledger, moment) {
    const { current, lockedBy } = moment;
    return (0,ledger_ledger/* openEntries */.Jh)(ledger).findLast(({ kind, release, holder }) => kind === 'deploy' && (holder === lockedBy || release === current));
}
/** The ledger as it will be when that deploy is verified. Pure. */
function asVerified({ entries, more }, { attempt }) {
    const verified = entries.map((entry) => entry.attempt === attempt ? { ...entry, outcome: 'verified' } : entry);
    return { entries: verified, more };
}

;// CONCATENATED MODULE: ./lib/release/choice/wanted.js

const SHORTEST_ID = 4;
const SHORTEST_DIGEST = 7;
const LONGEST_COMMIT = 40;
const STEPS = /^-([0-9]{1,4})$/;
const HEX = /^[0-9a-f]+$/i;
const DIGEST = /(?:^|@)sha256:([^@]*)$/i;
/** The tag that keeps a release's image names the release itself, which the image alone does not. */
const RELEASE_TAG = /^release-([0-9a-f]{12})(?:-pinned)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
/** Reads the input; nothing at all is the release before the current one. Pure. */
function parseWanted(text) {
    const [, steps] = STEPS.exec(text) ?? [];
    if (text === '' || steps !== undefined)
        return readSteps(steps ?? '1');
    const [, digest] = DIGEST.exec(text) ?? [];
    if (digest !== undefined)
        return readDigest(digest);
    if (HEX.test(text) && text.length >= SHORTEST_ID && text.length <= LONGEST_COMMIT) {
        return { kind: 'id or commit', prefix: text.toLowerCase(), tag: text };
    }
    const tag = TAG.test(text) ? text : (0,reference/* parseImageName */["if"])(text)?.tag;
    if (tag === undefined)
        return unreadable('it is no release id, commit, image digest or tag');
    const [, id] = RELEASE_TAG.exec(tag) ?? [];
    return id === undefined ? { kind: 'tag', tag } : { kind: 'release', id };
}
function readSteps(digits) {
    const steps = Number(digits);
    return steps > 0
        ? { kind: 'before', steps }
        : unreadable('"-1" is the first one before the release that runs');
}
function readDigest(hex) {
    if (!HEX.test(hex) || hex.length > 64)
        return unreadable('it is no image digest');
    if (hex.length < SHORTEST_DIGEST) {
        return unreadable(`a digest needs ${SHORTEST_DIGEST} digits behind "sha256:" at least`);
    }
    return { kind: 'digest', prefix: hex.toLowerCase() };
}
function unreadable(why) {
    return { kind: 'unreadable', why };
}

// EXTERNAL MODULE: ./lib/release/ledger/deploy-lock.js + 1 modules
var deploy_lock = __webpack_require__(7433);
// EXTERNAL MODULE: ./lib/release/ledger/ledger-file.js + 1 modules
var ledger_file = __webpack_require__(6886);
// EXTERNAL MODULE: ./lib/release/prune/release-template.js
var release_template = __webpack_require__(3234);
// EXTERNAL MODULE: ./lib/release/standing.js
var release_standing = __webpack_require__(1881);
// EXTERNAL MODULE: ./lib/terraform/last-outputs.js
var last_outputs = __webpack_require__(6649);
// EXTERNAL MODULE: ./lib/terraform/outputs.js
var terraform_outputs = __webpack_require__(8382);
;// CONCATENATED MODULE: ./lib/commands/rollback/target.js















/**
 * The release that is asked for, and whole: chosen by what ledger and group say, before anything is
 * touched. No terraform: what it made is in the outputs that its last apply left.
 *
 * @throws ActionError RELEASE_UNKNOWN, RELEASE_GONE, LEDGER_UNREADABLE, TERRAFORM_OUTPUTS, GCP_*
 */
async function findTarget(story) {
    const known = { story, ...(await look(story)) };
    const { infrastructure, ledger, current } = known;
    const choice = await choose(known);
    if (choice.kind !== 'chosen')
        throw await unknown(known, choice.why);
    const { entry } = choice;
    const standing = await (0,release_standing/* findStanding */.i1)(story.ports, entry);
    if (standing === undefined) {
        const why = `release ${entry.release} was pruned: its instance template ${entry.template} is gone`;
        throw await unknown(known, why);
    }
    const { template, losses } = standing;
    // What runs misses nothing.
    if (losses.length > 0 && entry.release !== current)
        throw (0,release_standing/* goneRelease */.dt)(entry, losses);
    warnOf(known, entry, template);
    const [earlier] = (0,lineage/* earlierReleases */.VE)(ledger, entry.release);
    return { infrastructure, entry, template, current, wayBack: earlier?.release ?? '' };
}
/** What may keep the release from coming up, and is no reason not to try. */
function warnOf({ story, ledger, infrastructure }, { release, commit }, template) {
    const { log } = story.ports;
    if (!(0,ledger_ledger/* isVerified */.p4)(ledger, release))
        log.warning(`Release ${release} failed when it was last rolled out; it ran well before.`);
    // The health check is the group's, and no release brings it back.
    const own = (0,release_standing/* metadataOf */.Nk)(template, 'app-port');
    const { port } = infrastructure;
    if (port !== undefined && own !== '' && own !== String(port)) {
        log.warning(`Release ${release} listens on port ${own}, and the group asks port ${port} by now whether a VM is healthy. If it does not come up, deploy commit ${commit.slice(0, 12)} again, which changes both.`);
    }
}
async function look({ config, ports, context }) {
    const { store, clock } = ports;
    const file = new ledger_file/* LedgerFile */.S({ store, clock }, { prefix: config.name, signal: context.signal });
    const [outputs, ledger, lock] = await Promise.all([
        (0,last_outputs/* readLastOutputs */.f)(store, config.name),
        file.read(),
        (0,deploy_lock/* findDeployLock */.UM)(store, config.name),
    ]);
    const folder = store.url(config.name);
    if (Object.keys(outputs).length === 0) {
        throw nothingYet(config.name, `${folder}/ holds no infrastructure of it`);
    }
    const infrastructure = (0,terraform_outputs/* readInfrastructure */.m)(outputs);
    if (ledger.entries.length === 0) {
        throw nothingYet(config.name, `the ledger ${folder}/releases.json has no entry`);
    }
    const { versions } = await ports.compute.fetchGroup(infrastructure.groupName);
    const current = versions[0]?.name ?? '';
    const underWay = deployUnderWay(ledger, { current, lockedBy: lock?.holder });
    return { infrastructure, ledger, current, underWay };
}
function nothingYet(service, why) {
    return new errors/* ActionError */.l('RELEASE_UNKNOWN', `There is no release of ${service} to roll back to: ${why}.`, {
        hint: 'Deploy first (`command: deploy`). If it is deployed already, compare the inputs `name`, `project_id` and `state_bucket` with those of the deploy.',
    });
}
async function choose(known) {
    const { story, infrastructure, ledger, current } = known;
    const wanted = parseWanted(story.config.release ?? '');
    const choice = wanted.kind === 'before' ? target_chooseBefore(known, wanted) : chooseRelease(ledger, current, wanted);
    if (choice.kind !== 'tag')
        return choice;
    const digest = await findDigestOfTag(story, infrastructure, choice.tag);
    const unknown = {
        kind: 'refused',
        why: `"${choice.tag}" is neither a release, nor a commit that was deployed, nor a tag of the image`,
    };
    if (digest === undefined)
        return unknown;
    const byDigest = chooseRelease(ledger, current, parseWanted(digest));
    return byDigest.kind === 'tag' ? unknown : byDigest;
}
/** Counted from a deploy that is under way, if there is one. */
function target_chooseBefore({ story, ledger, current, underWay }, wanted) {
    if (underWay === undefined)
        return chooseRelease(ledger, current, wanted);
    const { release, runUrl } = underWay;
    story.ports.log.info(`Release ${release} is on its way (${runUrl}): going back from that.`);
    return chooseRelease(asVerified(ledger, underWay), release, wanted);
}
function findDigestOfTag({ config, ports, context }, { repositoryId }, tag) {
    const { projectId, name } = config;
    const repository = (0,reference/* imageRepository */.an)(context.registryHost, { projectId, repositoryId, name });
    return (0,registry/* findDigest */.u$)(ports.google, repository, tag);
}
/** Which templates are there is asked only where people are shown the list. */
async function unknown({ story, ledger, current }, why) {
    const { name } = story.config;
    const templates = await story.ports.compute.listTemplates((0,release_template/* namePattern */._u)(name));
    const names = new Set(templates.map((template) => template.name));
    return unknownRelease({ service: name, ledger, current, templates: names }, why);
}
/** `release a1b2… (commit c0ffee0, image 0123456789ab)`: how people are told of it. */
function describeRelease({ release, commit, image }) {
    const digest = (0,reference/* digestOf */.ol)(image).slice('sha256:'.length, 'sha256:'.length + 12);
    return `release ${release} (commit ${commit.slice(0, 7)}, image ${digest})`;
}

// EXTERNAL MODULE: ./lib/commands/deploy/ending.js + 9 modules
var deploy_ending = __webpack_require__(2937);
;// CONCATENATED MODULE: ./lib/commands/rollback/telling.js



/**
 * Does both, and tells how that ended where people look for it: on the page of the run, and as a
 * deployment of GitHub. Telling changes nothing about the end.
 */
async function told(story, { find, goTo }) {
    let target;
    try {
        target = await find();
        const { release, image, commit } = target.entry;
        story.ports.announcement.begun({ release, image, ...(commit !== '' && { commit }) });
        const rolled = await goTo(target);
        await tell(story, target, (0,deploy_ending/* endedWell */.Jr)({ ...rolled, wayBack: target.wayBack }, story.trail));
        return rolled.result;
    }
    catch (error) {
        const isCancelled = story.context.signal.aborted;
        const nowMs = story.ports.clock.now();
        await tell(story, target, (0,deploy_ending/* endedBadly */.PL)({ error, isCancelled, nowMs }, story.trail));
        throw error;
    }
}
async function tell(story, target, ending) {
    const told = compose(story, target, ending);
    // Where nothing was chosen there is no deployment that could have failed.
    const announced = target === undefined ? Promise.resolve() : announceEnd(story, told);
    await (0,deploy_ending/* publishEnd */.Pn)(story.ports, told, announced);
}
function compose({ config, ports, context, startedAtMs, steps }, target, ending) {
    return {
        ...ending,
        kind: 'rollback',
        name: config.name,
        projectId: config.projectId,
        region: config.region,
        environment: config.environment,
        group: target?.infrastructure.groupName,
        release: target?.entry.release,
        image: target?.entry.image,
        imageOrigin: undefined,
        infrastructure: undefined,
        isApplied: false,
        cost: undefined,
        spans: steps.spans,
        startedAtMs,
        endedAtMs: ports.clock.now(),
        commit: target?.entry.commit ?? '',
        ref: target?.entry.ref ?? '',
        actor: context.actor,
        repositoryUrl: context.sourceUrl,
        runUrl: context.runUrl,
    };
}
function announceEnd({ ports }, told) {
    const { end, release = '', vms, failure, url, startedAtMs, endedAtMs } = told;
    if (failure === undefined) {
        const took = (0,duration/* renderDuration */.P)(endedAtMs - startedAtMs);
        const verb = end === 'unchanged' ? 'Unchanged: release' : 'Rolled back to release';
        const description = `${verb} ${release} on ${(0,markdown/* counted */.hS)(vms.length, 'VM')} in ${took}`;
        return ports.announcement.succeeded({ description, url });
    }
    const isCancelled = end === 'cancelled';
    const why = isCancelled ? failure.ending || failure.reason : failure.reason;
    const description = `Not rolled back to release ${release}: ${why}`;
    return ports.announcement.failed({ description, isCancelled });
}

;// CONCATENATED MODULE: ./lib/commands/rollback.js










/** Brings an earlier release back: chosen from the ledger, with one PATCH, watched and taken back as a deploy is. */
async function rollback(config, ports, context) {
    const { clock } = ports;
    const steps = new stopwatch/* Stopwatch */.e(clock);
    const story = { config, ports, context, steps, startedAtMs: clock.now(), trail: new trail/* Trail */.X() };
    return told(story, {
        find: () => ports.log.group('Choosing the release', () => steps.time('choose', () => chooseTarget(story))),
        goTo: (target) => goTo(story, target),
    });
}
async function goTo(story, target) {
    const { ports, steps, startedAtMs } = story;
    const { clock, log } = ports;
    const { infrastructure, entry } = target;
    const rolled = await log.group(`Rolling ${(0,group_reference/* groupName */.hv)(infrastructure.groupName)} back to release ${entry.release}`, () => steps.time('roll', () => roll(story, target)));
    const vms = await (0,deploy_vms/* describeVms */.c)(ports.compute, rolled.observation);
    ports.handover.end();
    const result = {
        outcome: rolled.wasRolled ? 'deployed' : 'unchanged',
        release: entry.release,
        previousRelease: rolled.wasRolled ? rolled.previousRelease : '',
        image: entry.image,
        commit: entry.commit,
        vms,
        url: infrastructure.url ?? (0,deploy_result/* urlOf */.r)(vms, infrastructure.port),
        steps: steps.laps,
        durationMs: clock.now() - startedAtMs,
    };
    sayRolledBack(log, infrastructure, result);
    return { result, observation: rolled.observation };
}
async function chooseTarget(story) {
    const target = await findTarget(story);
    const { entry, current } = target;
    const from = current === '' ? 'no release' : `release ${current}`;
    const deployed = `${entry.actor || 'somebody'} at ${entry.startedAt}, ${entry.runUrl}`;
    story.ports.log.info(entry.release === current
        ? `The group is on ${describeRelease(entry)} already.`
        : `From ${from} to ${describeRelease(entry)}, rolled out by ${deployed}`);
    return target;
}
function roll({ config, ports, context, trail }, target) {
    const { minReadyMs, progressDeadlineMs, autoRollback, name } = config;
    const { actor, runUrl, holder, signal } = context;
    const { entry, template } = target;
    const { release, image, commit, ref } = entry;
    // In the ledger stands the commit that runs again, not the one from which somebody dispatched this.
    const provenance = { commit, ref, actor, runUrl };
    const machineType = (0,json/* asText */.e1)(template.properties['machineType']) || undefined;
    const group = target.infrastructure.groupName;
    ports.handover.begin(group);
    return (0,attempt/* attemptRelease */.r)(ports, {
        group,
        prefix: name,
        release: { id: release, template },
        policy: { release, image, machineType, minReadyMs, progressDeadlineMs },
        kind: 'rollback',
        provenance,
        holder,
        autoRollback,
        signal,
        trail,
    });
}

// EXTERNAL MODULE: ./lib/github/context.js
var github_context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/compose/outside/announcement.js + 3 modules
var announcement = __webpack_require__(6875);
// EXTERNAL MODULE: ./lib/compose/outside/attempt.js
var outside_attempt = __webpack_require__(1673);
// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
;// CONCATENATED MODULE: ./lib/compose/rollback.js








/**
 * Builds the rollback with the real world behind every port: Google's APIs, and GitHub's
 * where an environment is given; no terraform and no Docker, which would have to be started first. Nothing is written or asked before run().
 */
function composeRollback(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: async () => {
            const { log } = step;
            const identity = (0,google/* identify */.ls)({ config, env, log });
            const parts = { config, log, signal };
            const { holder, ...attempt } = (0,outside_attempt/* composeAttempt */.a)(identity, parts);
            const { repositoryUrl: sourceUrl, ...provenance } = (0,github_context/* readJobContext */.V1)(env);
            const lastingSignal = attempt.lasting.signal;
            const said = { config, env, step, provenance, holder, signal: lastingSignal };
            const ports = {
                ...(0,google/* googleClients */.Sh)(identity, parts),
                ...attempt,
                clock: clock/* systemClock */.m,
                log,
                announcement: (0,announcement/* composeAnnouncement */.C)(said),
                summarize: (markdown) => step.summarize(markdown),
            };
            const { actor, runUrl } = provenance;
            const { registryHost } = identity.endpoints;
            const context = { actor, runUrl, sourceUrl, holder, registryHost, signal };
            const result = await rollback(config, ports, context);
            step.setOutputs((0,outputs/* renderRolloutOutputs */.iG)(result));
        },
        fail: (failure) => step.fail(failure),
    };
}


/***/ })

};
