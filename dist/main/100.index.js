export const id = 100;
export const ids = [100];
export const modules = {

/***/ 2937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PL: () => (/* binding */ endedBadly),
  Jr: () => (/* binding */ endedWell),
  Pn: () => (/* binding */ publishEnd)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
// EXTERNAL MODULE: ./lib/report/sections/cost.js
var sections_cost = __webpack_require__(1226);
;// CONCATENATED MODULE: ./lib/report/summary/links.js


/** VMs that the link to the logs asks for by name; an address has its limits. */
const MOST_VMS = 20;
const CONSOLE = 'https://console.cloud.google.com';
/** Where to look further, as one line of links. */
function renderLinks(story) {
    const links = [
        ['Run', story.runUrl],
        ['Instance group', groupUrl(story)],
        ['Logs of the VMs', logsUrl(story)],
        ['Deployments', deploymentsUrl(story)],
    ];
    return links.flatMap(([text, url]) => (url === undefined ? [] : [linkTo(text, url)])).join(' · ');
}
/** `text` is ours; the address is encoded so far that it cannot end before its end. */
function linkTo(text, url) {
    const safe = (0,markdown/* oneLine */.TN)(url).replace(/[^!-~]|[<>()[\]`|\\]/gu, encodeSign);
    return `[${text}](${safe})`;
}
function encodeSign(sign) {
    if (sign === '(')
        return '%28';
    return sign === ')' ? '%29' : encodeURIComponent(sign);
}
function groupUrl({ group, projectId, region }) {
    if (group === undefined)
        return undefined;
    const [, place = region] = /\/(?:zones|regions)\/([^/]+)\//.exec(group) ?? [];
    const path = [place, (0,group_reference/* groupName */.hv)(group)].map(encoded).join('/');
    return `${CONSOLE}/compute/instanceGroups/details/${path}?project=${encoded(projectId)}`;
}
// Any field may hold the name: which one does depends on the agent that wrote the line.
function logsUrl({ vms, projectId }) {
    if (vms.length === 0)
        return undefined;
    const names = vms.slice(0, MOST_VMS).map(({ name }) => JSON.stringify(name));
    const query = `resource.type="gce_instance"\n(${names.join(' OR ')})`;
    return `${CONSOLE}/logs/query;query=${encodeURIComponent(query)}?project=${encoded(projectId)}`;
}
function deploymentsUrl({ repositoryUrl, environment }) {
    if (repositoryUrl === '' || environment === undefined)
        return undefined;
    return `${repositoryUrl}/deployments/${encoded(environment)}`;
}
/** Half a character, which has no place in an address, is written out. */
function encoded(text) {
    return encodeURIComponent((0,markdown/* oneLine */.TN)(text));
}

;// CONCATENATED MODULE: ./lib/report/summary/prose.js

/** What GitHub's Markdown may take for more than a letter: markup, references, mathematics, emoji. */
const ACTIVE = /[&<>`*_{}[\]#|~@\\!$"']|:(?=\S)|(?<=www)\./gi;
/** What at the beginning of a line makes a list, a heading or a rule of it. */
const LEADING = /^[-+=\d]/;
/**
 * Words of others as running text on one line: they are read, and never do anything. Not for the
 * very beginning of a line.
 */
function prose(text) {
    return inactive((0,markdown/* oneLine */.TN)(text).trim());
}
/** The same, with what stands between backticks as code; for the beginning of a line as well. */
function proseWithCode(text, code) {
    return (0,markdown/* oneLine */.TN)(text)
        .trim()
        .split(/`([^`]+)`/)
        .map((part, index) => (index % 2 === 1 ? code(part) : inactive(part)))
        .join('')
        .replace(LEADING, encode);
}
function inactive(text) {
    return text.replace(ACTIVE, encode);
}
function encode(sign) {
    return `&#${sign.codePointAt(0)};`;
}

;// CONCATENATED MODULE: ./lib/report/summary/vms.js


/** More are counted: who has a thousand VMs asks for them in another way. */
const MOST_ROWS = 20;
/** The VMs, one in each row; empty without any. */
function renderVms(vms) {
    if (vms.length === 0)
        return '';
    // After a failure nobody asked for addresses: then there is no such column.
    const hasAddresses = vms.some(({ address }) => address !== undefined);
    const rows = vms.slice(0, MOST_ROWS).map((vm) => renderRow(cellsOf(vm, hasAddresses)));
    const hidden = vms.length - rows.length;
    const more = hidden > 0 ? `\n\n<sub>and ${(0,markdown/* counted */.hS)(hidden, 'more VM')}</sub>` : '';
    const titles = ['VM', 'zone', 'release', 'image', 'health', ...(hasAddresses ? ['address'] : [])];
    const head = `${renderRow(titles)}\n${renderRow(titles.map(() => '---'))}`;
    return `${head}\n${rows.join('\n')}${more}`;
}
function cellsOf(vm, hasAddresses) {
    const { name, zone, release, image, health, address } = vm;
    const cells = [
        name,
        zone,
        release || 'none yet',
        shortDigest(image),
        health.toLowerCase() || 'not probed',
        ...(hasAddresses ? [address || 'internal only'] : []),
    ];
    return cells.map(renderCell);
}
function renderRow(cells) {
    return `| ${cells.join(' | ')} |`;
}
// A bar ends a cell even inside of code, and Markdown is read inside of HTML's: hence as prose.
function renderCell(text) {
    return text === '' ? ' ' : `<code>${prose(text)}</code>`;
}
/** The digest of an image without the part that nobody compares by eye. */
function shortDigest(image) {
    const [, digest] = /@sha256:([0-9a-f]{12})/.exec(image) ?? [];
    return digest === undefined ? image : `sha256:${digest}`;
}

;// CONCATENATED MODULE: ./lib/report/summary/facts.js




/** What it was made of and what it left as it was, as a list. */
function renderFacts(story) {
    const facts = [
        ['Release', releaseOf(story)],
        ['Commit', commitOf(story)],
        ['Image', imageOf(story)],
        ['Infrastructure', infrastructureOf(story)],
        ['Cost', costOf(story)],
    ];
    return facts.flatMap(([name, text]) => (text === '' ? [] : [`- **${name}** ${text}`])).join('\n');
}
function releaseOf({ release, previousRelease, end }) {
    if (release === undefined)
        return '';
    const before = previousRelease && previousRelease !== release ? previousRelease : '';
    if (end === 'unchanged')
        return `${(0,markdown/* codeSpan */.SS)(release)}, as before`;
    if (end !== 'deployed')
        return `${(0,markdown/* codeSpan */.SS)(release)}, not kept${before && `; before it ${(0,markdown/* codeSpan */.SS)(before)}`}`;
    return `${(0,markdown/* codeSpan */.SS)(release)}${before && `, before it ${(0,markdown/* codeSpan */.SS)(before)}`}`;
}
function commitOf({ commit, ref, actor, repositoryUrl }) {
    if (commit === '')
        return '';
    const short = (0,markdown/* codeSpan */.SS)(commit.slice(0, 12));
    const link = repositoryUrl === '' ? short : linkTo(short, `${repositoryUrl}/commit/${encoded(commit)}`);
    const branch = ref.replace(/^refs\/(?:heads|tags)\//, '');
    const on = branch === '' ? '' : ` on ${(0,markdown/* codeSpan */.SS)(branch)}`;
    return `${link}${on}${actor === '' ? '' : ` by ${(0,markdown/* codeSpan */.SS)(actor)}`}`;
}
const ORIGINS = {
    built: 'built by this run',
    known: 'as it was: the same source was built before',
    given: 'as the input `image` names it',
};
function imageOf({ image, imageOrigin }) {
    if (image === undefined)
        return '';
    return [(0,markdown/* codeSpan */.SS)(shortDigest(image)), ...(imageOrigin ? [ORIGINS[imageOrigin]] : [])].join(', ');
}
function infrastructureOf({ infrastructure, isApplied, spans }) {
    if (infrastructure === undefined)
        return '';
    const { add, change, destroy } = infrastructure;
    if (add + change + destroy === 0)
        return 'as it was';
    const counts = `${(0,markdown/* grouped */.zD)(add)} added, ${(0,markdown/* grouped */.zD)(change)} changed, ${(0,markdown/* grouped */.zD)(destroy)} destroyed`;
    if (isApplied)
        return counts;
    // An apply that fails may have done some of it.
    const wasBegun = spans.some(({ name }) => name === 'apply');
    return wasBegun
        ? `${(0,markdown/* counted */.hS)(add + change + destroy, 'change')} planned, not all of them applied`
        : `${(0,markdown/* counted */.hS)(add + change + destroy, 'change')} planned, not applied`;
}
function costOf({ cost }) {
    if (cost?.monthlyUsd === undefined)
        return '';
    const onDemand = cost.monthlyUsdOnDemand;
    const instead = onDemand === undefined ? '' : `; without Spot VMs ${onDemand.toFixed(2)}`;
    return `${(0,sections_cost/* renderCostLine */.S)(cost)}${instead} (list prices of ${cost.pricesAsOf})`;
}

;// CONCATENATED MODULE: ./lib/report/summary/failure.js


/** A log of more lines than this is cut at its beginning: the end tells why. */
const MOST_LOG_LINES = 60;
const MOST_EVIDENCE = 20;
const LONGEST_LINE = 600;
/** What happened, in words: why, what was seen, what runs now, what to do. */
function renderFailure({ failure, end }) {
    if (failure === undefined)
        return '';
    const parts = [
        `> [!${end === 'rolled_back' || end === 'cancelled' ? 'WARNING' : 'CAUTION'}]\n> **${prose(cut(failure.reason))}**`,
        renderEvidence(failure),
        ...failure.logs.map(renderLog),
        failure.ending === '' ? '' : `**Now:** ${prose((0,markdown/* oneLine */.TN)(failure.ending))}`,
        renderHint(failure.hint),
    ];
    return parts.filter((part) => part !== '').join('\n\n');
}
function renderEvidence({ evidence }) {
    const lines = evidence.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
    if (lines.length === 0)
        return '';
    const shown = lines.slice(0, MOST_EVIDENCE).map((line) => `- ${(0,markdown/* codeSpan */.SS)(cut(line.trim()))}`);
    const hidden = lines.length - shown.length;
    return [
        ...shown,
        ...(hidden > 0 ? [`- and ${hidden} more lines in the log of the run`] : []),
    ].join('\n');
}
function renderLog({ vm, text }) {
    const lines = text.split('\n').slice(-MOST_LOG_LINES).map(cut);
    return `<details><summary>The last words of ${prose(vm)}</summary>\n\n${(0,markdown/* fence */.EU)((0,markdown/* visible */.RK)(lines.join('\n')), 'text')}\n\n</details>`;
}
/** What stands on lines of its own, or is a command, can be taken from there as it is. */
function renderHint(hint) {
    const blocks = [];
    for (const line of hint.split('\n').flatMap(withoutRun)) {
        const isCode = /^(?: {2}|gcloud )/.test(line);
        const last = blocks.at(-1);
        if (line.trim() === '')
            continue;
        if (last?.isCode === isCode)
            last.lines.push(line);
        else
            blocks.push({ isCode, lines: [line] });
    }
    if (blocks.length === 0)
        return '';
    const texts = blocks.map(({ isCode, lines }) => isCode
        ? (0,markdown/* fence */.EU)((0,markdown/* visible */.RK)(lines.map((line) => line.replace(/^ {2}/, '')).join('\n')), 'text')
        : lines.map((line) => proseWithCode(line, markdown/* codeSpan */.SS)).join('<br>'));
    return `**What to do:** ${texts[0]?.startsWith('`') ? '\n\n' : ''}${texts.join('\n\n')}`;
}
/** `Enable it. Run: gcloud …` is a sentence and a command. */
function withoutRun(line) {
    const [, words = '', command] = /^(\S.*?)??\s*\bRun: (gcloud .*)$/.exec(line) ?? [];
    if (command === undefined)
        return [line];
    return words === '' ? [command] : [words, command];
}
function cut(line) {
    return line.length <= LONGEST_LINE
        ? line
        : `${line.slice(0, LONGEST_LINE).replace(/[\ud800-\udbff]$/, '')}…`;
}

;// CONCATENATED MODULE: ./lib/report/summary/gantt.js

/** A word of Mermaid's own at the beginning of a line is obeyed. */
const KEYWORD = /^(?:gantt|title|section|dateFormat|axisFormat|tickInterval|inclusiveEndDates|topAxis|includes|excludes|weekday|weekend|todayMarker|click|href|call|acc)/i;
const LONGEST_NAME = 48;
/** What a character of a label takes of the whole width; a label without room would lie on the next bar. */
const SHARE_PER_CHARACTER = 0.0075;
const WIDTH_PER_CHARACTER = 7;
const MOST_TICKS = 9;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const TICKS = [
    ...[1, 2, 5, 10, 15, 30].map((n) => [n * SECOND_MS, `${n}second`]),
    ...[1, 2, 5, 10, 15, 30].map((n) => [n * MINUTE_MS, `${n}minute`]),
    ...[1, 2, 6].map((n) => [n * HOUR_MS, `${n}hour`]),
];
/** A Mermaid gantt with one line for each row, the times being those of the reader's clock. */
function renderGantt(rows) {
    const bars = rows.flatMap((row) => row.bars);
    if (bars.length === 0)
        return '';
    const from = Math.min(...bars.map(({ startedAtMs }) => startedAtMs));
    const until = Math.max(...bars.map(({ endedAtMs }) => endedAtMs));
    const names = rows.map(({ name }) => ganttText(name));
    const padding = 20 + WIDTH_PER_CHARACTER * Math.max(...names.map(({ length }) => length));
    const lines = rows.flatMap((row, index) => [
        `section ${names[index]}`,
        ...row.bars.map((bar) => renderBar(bar, row.bars.length === 1, until - from)),
    ]);
    return [
        '```mermaid',
        '---',
        'displayMode: compact',
        'config:',
        '  gantt:',
        `    leftPadding: ${padding}`,
        '---',
        'gantt',
        'dateFormat x',
        'axisFormat %H:%M:%S',
        `tickInterval ${tickFor(until - from)}`,
        ...lines,
        '```',
    ].join('\n');
}
function renderBar({ label, kind, ...bar }, isAlone, wholeMs) {
    // Nothing at all is no bar, and Mermaid reads whole milliseconds only.
    const durationMs = Math.max(1, Math.round(bar.endedAtMs - bar.startedAtMs));
    const hasRoom = isAlone || durationMs >= wholeMs * SHARE_PER_CHARACTER * label.length;
    const tag = kind === 'plain' ? '' : `${kind}, `;
    return `${hasRoom ? ganttText(label) : '·'} :${tag}${Math.round(bar.startedAtMs)}, ${durationMs}ms`;
}
function tickFor(wholeMs) {
    return TICKS.find(([ms]) => wholeMs / ms <= MOST_TICKS)?.[1] ?? '1day';
}
/** Letters of any language, digits and harmless signs; never empty, never a word that is obeyed. */
function ganttText(text) {
    const safe = (0,markdown/* oneLine */.TN)(text)
        .replace(/[^\p{L}\p{N} .,_()+/…·-]/gu, '_')
        .trim();
    const short = [...safe].length > LONGEST_NAME ? `${[...safe].slice(0, LONGEST_NAME - 1).join('')}…` : safe;
    if (short === '')
        return '·';
    return KEYWORD.test(short) ? `· ${short}` : short;
}

;// CONCATENATED MODULE: ./lib/report/summary/timeline.js



/** Beyond this many VMs the picture is looked at by nobody. */
const timeline_MOST_VMS = 20;
/** What each step of the stopwatch is called here. */
const STEPS = {
    terraform: 'set up terraform',
    init: 'terraform init',
    plan: 'plan',
    image: 'look up image',
    build: 'build',
    scan: 'secret gate',
    apply: 'apply',
    push: 'push',
    release: 'release',
    roll: 'roll',
    prune: 'prune',
};
/** When what was done, and what each VM was in the middle of; empty where nothing was begun. */
function renderTimeline({ spans, watches, endedAtMs }) {
    const lives = [...livesOf(watches)].sort((a, b) => durationOf(b) - durationOf(a));
    const shown = new Set(lives.slice(0, timeline_MOST_VMS).map(({ vm }) => vm));
    const rows = [
        ...spans.map((span) => rowOfStep(span, endedAtMs)),
        // In the order in which they came; the slowest decided only who is shown.
        ...livesOf(watches)
            .filter(({ vm }) => shown.has(vm))
            .map(({ vm, bars }) => ({ name: vm, bars })),
    ].filter(({ bars }) => bars.length > 0);
    const gantt = renderGantt(rows);
    const hidden = lives.length - shown.size;
    if (gantt === '' || hidden === 0)
        return gantt;
    return `${gantt}\n\n<sub>The ${timeline_MOST_VMS} VMs that took the longest; ${(0,markdown/* counted */.hS)(hidden, 'more VM')} not shown.</sub>`;
}
function rowOfStep({ name, startedAtMs, hasFailed, ...span }, nowMs) {
    const endedAtMs = span.endedAtMs ?? nowMs;
    const kind = hasFailed || span.endedAtMs === undefined ? 'crit' : 'active';
    const label = (0,duration/* renderDuration */.P)(endedAtMs - startedAtMs);
    return { name: STEPS[name] ?? name, bars: [{ label, kind, startedAtMs, endedAtMs }] };
}
/** A VM that is watched on the way forth and on the way back has one line. */
function livesOf(watches) {
    const lives = new Map();
    for (const { direction, entries, endedAtMs } of watches) {
        const open = new Map();
        const close = (vm, untilMs) => {
            const entry = open.get(vm);
            if (entry === undefined || entry.phase === 'gone')
                return;
            const { atMs } = entry;
            const phase = direction === 'back' && entry.phase === EARLIER ? FAILED : entry.phase;
            const bar = { label: phase, kind: kindOf(phase), startedAtMs: atMs, endedAtMs: untilMs };
            lives.set(vm, [...(lives.get(vm) ?? []), bar]);
        };
        for (const entry of entries) {
            close(entry.vm, entry.atMs);
            open.set(entry.vm, entry);
        }
        for (const vm of open.keys())
            close(vm, endedAtMs);
    }
    return [...lives].map(([vm, bars]) => ({ vm, bars }));
}
/** Until it was ready or gone; waiting for the others is not counted. */
function durationOf({ bars }) {
    return bars
        .filter(({ label }) => !IDLE.has(label))
        .reduce((sum, { startedAtMs, endedAtMs }) => sum + endedAtMs - startedAtMs, 0);
}
const EARLIER = 'earlier release';
/** On the way back it is the other way round. */
const FAILED = 'failed release';
const IDLE = new Set(['ready', EARLIER, FAILED]);
function kindOf(phase) {
    if (phase === 'failed' || phase === 'missing')
        return 'crit';
    if (IDLE.has(phase) || phase === 'leaving')
        return 'done';
    return phase === 'pulling' || phase === 'verifying' ? 'active' : 'plain';
}

;// CONCATENATED MODULE: ./lib/report/summary/summary.js









/** Pure: the page of the run about one deploy or rollback, as Markdown; the result comes first. */
function renderRolloutSummary(story) {
    const parts = [
        `## ${renderHeadline(story)}`,
        renderSubline(story),
        renderFailure(story),
        renderFacts(story),
        titled('VMs', renderVms(story.vms)),
        titled('Timeline', renderTimeline(story)),
        titled('Roll back', renderWayBack(story)),
        `<sub>${renderLinks(story)}</sub>`,
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
function titled(title, text) {
    return text === '' ? '' : `### ${title}\n\n${text}`;
}
const SIGNS = {
    deployed: '✅',
    unchanged: '✅',
    rolled_back: '❌',
    failed: '❌',
    refused: '❌',
    cancelled: '⚪',
};
function renderHeadline(story) {
    return `${SIGNS[story.end]} ${resultOf(story)}`;
}
function resultOf(story) {
    const { end, kind, release = '', runs: now = '', vms } = story;
    const name = (0,markdown/* codeSpan */.SS)((0,group_reference/* groupName */.hv)(story.group ?? story.name));
    const what = kind === 'deploy' ? 'Deployed' : 'Rolled back';
    const runs = `${name} runs release ${(0,markdown/* codeSpan */.SS)(release)}`;
    switch (end) {
        case 'deployed':
            return `${what}: ${runs} on ${(0,markdown/* counted */.hS)(vms.length, 'VM')}`;
        case 'unchanged':
            return `Unchanged: ${runs} already`;
        case 'rolled_back':
            return `Failed and taken back: ${name} runs release ${(0,markdown/* codeSpan */.SS)(now)} again`;
        case 'refused':
            return `Refused: ${name} was left as it is`;
        case 'cancelled':
            return `Cancelled: ${(0,markdown/* codeSpan */.SS)(story.name)}`;
        default:
            return `Failed: ${(0,markdown/* codeSpan */.SS)(story.name)}`;
    }
}
function renderSubline({ url, startedAtMs, endedAtMs, end }) {
    const took = `${end === 'cancelled' ? 'Stopped after' : 'Took'} ${(0,duration/* renderDuration */.P)(endedAtMs - startedAtMs)}.`;
    const isUp = end === 'deployed' || end === 'unchanged';
    return isUp && url !== '' ? `${linkTo(prose(url), url)} · ${took}` : took;
}
/** The one dispatch that brings the earlier release back; where the group is as it was there is none. */
function renderWayBack({ kind, end, wayBack = '', previousRelease = '', repositoryUrl, }) {
    if (end !== 'deployed' && end !== 'unchanged')
        return '';
    if (wayBack !== '')
        return renderDispatch(repositoryUrl, wayBack);
    if (kind === 'rollback' && previousRelease !== '') {
        return `There is no earlier verified release. To undo this rollback:\n\n${renderDispatch(repositoryUrl, previousRelease)}`;
    }
    return 'There is no earlier verified release yet: the next deploy makes this one the way back.';
}
function renderDispatch(repositoryUrl, release) {
    const repository = repositoryUrl.split('/').slice(-2).join('/');
    const command = `gh workflow run rollback.yml --repo ${repository} -f release=${release}`;
    const page = linkTo('On GitHub', `${repositoryUrl}/actions/workflows/rollback.yml`);
    return `\`\`\`sh\n${command}\n\`\`\`\n\n${page}: *Run workflow*, release ${(0,markdown/* codeSpan */.SS)(release)}.`;
}

;// CONCATENATED MODULE: ./lib/commands/deploy/failure-story.js

/** What was refused before anything was touched. */
const REFUSALS = new Set([
    'REVIEW_REFUSED',
    'IMAGE_SECRETS',
    'RELEASE_ROLLED_BACK',
    'RELEASE_UNKNOWN',
    'RELEASE_GONE',
]);
/** How a rollout ended that ended with this error. */
function endOf(error) {
    if (!(error instanceof errors/* ActionError */.l))
        return 'failed';
    if (error.code === 'CANCELLED')
        return 'cancelled';
    if (REFUSALS.has(error.code))
        return 'refused';
    return error.outcome;
}
/** The error, and what the track of the roll knows besides, in parts that can be told one by one. */
function failureStory(error, trail) {
    const [reason = '', ...lines] = textOf(error).split('\n');
    const { verdict, ending = '' } = trail.turns;
    const logs = logsOf(trail);
    const isRollout = verdict?.kind === 'failed';
    const evidence = isRollout ? verdict.evidence : lines.map((line) => line.trim());
    const logTexts = new Set(logs.map(({ text }) => text));
    return {
        reason,
        evidence: evidence.filter((text) => text !== '' && !logTexts.has(text)),
        logs,
        ending: ending || (trail.legs.length === 0 ? UNTOUCHED : ''),
        hint: error instanceof errors/* ActionError */.l ? (error.hint ?? '') : '',
    };
}
const UNTOUCHED = 'The VMs run what they ran before.';
/** VMs whose last words are shown. */
const MOST_LOGS = 3;
function textOf(error) {
    return error instanceof errors/* ActionError */.l ? error.message : (0,errors/* describeError */.U)(error);
}
/** What VMs that reported a failure of the release said last. */
function logsOf({ legs }) {
    const reports = legs.find(({ direction }) => direction === 'forth')?.timeline.last?.reports;
    return [...(reports ?? [])]
        .filter(([, { phase, log }]) => phase === 'failed' && log !== '')
        .slice(0, MOST_LOGS)
        .map(([vm, { log }]) => ({ vm, text: log }));
}

;// CONCATENATED MODULE: ./lib/commands/deploy/ending.js



/** The end of a rollout that was verified, or had nothing to do. */
function endedWell({ result, observation, wayBack }, trail) {
    const { outcome, previousRelease, url, vms } = result;
    const addresses = new Map(vms.map(({ name, address }) => [name, address]));
    return {
        end: outcome,
        runs: undefined,
        wayBack,
        previousRelease,
        failure: undefined,
        url,
        vms: rowsOf(observation, addresses),
        watches: watchesOf(trail, undefined),
    };
}
/** The end of a rollout that failed, wherever it stood. */
function endedBadly({ error, isCancelled, nowMs }, trail) {
    const end = isCancelled ? 'cancelled' : endOf(error);
    const last = trail.legs.at(-1);
    const seen = last?.timeline.last;
    return {
        end,
        runs: end === 'rolled_back' ? last?.release : undefined,
        wayBack: undefined,
        previousRelease: trail.turns.previousRelease,
        failure: failureStory(error, trail),
        url: '',
        // After a cancel nobody saw where the VMs went.
        vms: seen === undefined || isCancelled ? [] : rowsOf(seen, new Map()),
        watches: watchesOf(trail, isCancelled ? nowMs : undefined),
    };
}
/** Page of the run and GitHub's page of deployments, both at once: after a cancel there are seconds only. */
async function publishEnd(ports, told, announced) {
    const [shown] = await Promise.allSettled([
        // What goes wrong in rendering must not take the place of how the rollout ended.
        Promise.resolve().then(() => ports.summarize(renderRolloutSummary(told))),
        announced,
    ]);
    if (shown.status === 'rejected')
        ports.log.warning(`There is no summary of this run: ${(0,errors/* describeError */.U)(shown.reason)}`);
}
/** `cutAtMs`: when the last watch was broken off, if it was. */
function watchesOf({ legs }, cutAtMs) {
    return legs.map(({ direction, release, startedAtMs, timeline }, index) => {
        const seenAtMs = timeline.last?.atMs ?? startedAtMs;
        const isLast = index === legs.length - 1;
        const endedAtMs = isLast ? (cutAtMs ?? seenAtMs) : seenAtMs;
        return { direction, release, entries: timeline.entries, endedAtMs };
    });
}
function rowsOf({ instances, reports }, addresses) {
    return instances.map(({ name, zone, versionName, healthStates }) => ({
        name,
        zone,
        release: reports.get(name)?.release || versionName,
        image: reports.get(name)?.image ?? '',
        health: healthStates.join(', '),
        address: addresses.get(name),
    }));
}


/***/ }),

/***/ 6875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ composeAnnouncement)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(6058);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/github/api/failure.js
var failure = __webpack_require__(5314);
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
    return (0,json/* asList */.DD)(data).map(readDeployment);
}
/** States and logs, newest first. @throws GitHubError */
async function listStatuses(client, id) {
    const { data } = await client.request({
        route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
        parameters: { deployment_id: id, per_page: 30 },
        purpose: 'look up what became of a deployment',
        permission: PERMISSION,
    });
    return (0,json/* asList */.DD)(data).map((item) => {
        const { state, log_url, target_url } = (0,json/* asRecord */.qY)(item);
        return { state: (0,json/* asText */.e1)(state), logUrl: (0,json/* asText */.e1)(log_url) || (0,json/* asText */.e1)(target_url) };
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
        if (!(error instanceof failure/* GitHubError */.y_) || !error.isPassing)
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
    const { id, environment, payload } = (0,json/* asRecord */.qY)(item);
    // Whatever was given as text comes back as text.
    const fields = typeof payload === 'string' ? (0,json/* parseJson */.qF)(payload || '{}') : payload;
    return { id: Number(id), environment: (0,json/* asText */.e1)(environment), payload: (0,json/* asRecord */.qY)(fields) };
}

;// CONCATENATED MODULE: ./lib/github/deployment/neighbours.js

/** How far back an active deployment is looked for; those before it have been ended in their turn. */
const MOST_LOOKED_AT = 5;
/**
 * Whether GitHub itself made a deployment for this run because a job of it has the environment:
 * not where that says `deployment: false`. Another one of ours, as of another service in the same
 * run, is none.
 *
 * @throws GitHubError
 */
async function hasJobItsOwn(client, { environment, commit, runUrl }) {
    // By commit and not by name: GitHub takes "Production" and "production" for the same.
    const candidates = (await listDeployments(client, { sha: commit })).filter((deployment) => isSameName(deployment.environment, environment) && !isOurs(deployment));
    for (const { id } of candidates.slice(0, MOST_LOOKED_AT)) {
        const statuses = await listStatuses(client, id);
        if (statuses.some(({ logUrl }) => isOfRun(logUrl, runUrl)))
            return true;
    }
    return false;
}
/** Deployments of the same service that GitHub still shows as active, besides `latest`. @throws GitHubError */
async function findEarlier(client, service, latest) {
    const { environment } = service;
    const candidates = (await listDeployments(client, { environment })).filter((deployment) => deployment.id < latest && isOf(deployment, service));
    for (const { id } of candidates.slice(0, MOST_LOOKED_AT)) {
        const [newest] = await listStatuses(client, id);
        if (newest?.state === 'success')
            return [id];
        if (newest?.state === 'inactive')
            return [];
    }
    return [];
}
/** What the jobs of GitHub's own make has no payload. */
function isOurs({ payload }) {
    return typeof payload['holder'] === 'string';
}
function isOf({ payload }, { name, projectId, region }) {
    return (payload['name'] === name && payload['project'] === projectId && payload['region'] === region);
}
function isSameName(one, other) {
    return one.toLowerCase() === other.toLowerCase();
}
/** The address of the run itself, of one of its jobs, of one of its attempts. */
function isOfRun(url, runUrl) {
    const [, run] = /\/actions\/runs\/(\d+)$/.exec(runUrl) ?? [];
    return run !== undefined && new RegExp(`/actions/runs/${run}(?:/|$)`).test(url);
}

;// CONCATENATED MODULE: ./lib/github/deployment/announcement.js



/** How long the end of a run may wait for GitHub. */
const PATIENCE_MS = 20_000;
const SILENT = {
    begun: () => undefined,
    succeeded: async () => undefined,
    failed: async () => undefined,
};
/**
 * Shows a rollout as a deployment of the environment, unless the job itself has that environment,
 * whose deployment GitHub then shows anyway. What GitHub refuses is one warning.
 */
function announce(ports, options) {
    const { environment, signal } = options;
    if (environment === undefined)
        return SILENT;
    const stop = new AbortController();
    const client = ports.client(AbortSignal.any([signal, stop.signal]));
    if (client === undefined) {
        ports.log.warning(`No deployment to ${environment} is shown: the input \`github_token\` is empty.`);
        return SILENT;
    }
    return new DeploymentAnnouncement({ ports, options: { ...options, environment }, client, stop });
}
class DeploymentAnnouncement {
    #parts;
    /** Asked at once: while everything else is made ready there is time for it. */
    #isShownAnyway;
    #deployment;
    /** Of the same service, still shown as active. */
    #earlier = Promise.resolve([]);
    /** Why what is still asked for at the end need not be answered. */
    #done = new Error('nobody waits for it any more');
    #isOver = false;
    #hasWarned = false;
    constructor(parts) {
        this.#parts = parts;
        this.#isShownAnyway = hasJobItsOwn(parts.client, parts.options);
        // Asked for once there is something to announce.
        this.#isShownAnyway.catch(() => undefined);
    }
    begun(what) {
        this.#deployment ??= this.#guarded(() => this.#create(what));
    }
    succeeded({ description, url }) {
        return this.#end(async (id) => {
            const earlier = (await this.#earlier) ?? [];
            await Promise.all([
                this.#say(id, 'success', { description, url }),
                ...earlier.map((other) => this.#say(other, 'inactive', { description: '', url: '' })),
            ]);
        });
    }
    failed({ description, isCancelled }) {
        // A cancel leaves no time to begin with something.
        if (isCancelled && this.#deployment === undefined)
            return Promise.resolve();
        return this.#end((id) => this.#say(id, 'failure', { description, url: '' }));
    }
    async #create({ release, image, commit }) {
        const { ports, options, client } = this.#parts;
        const { environment, name, projectId, region, holder } = options;
        if (await this.#isShownAnyway) {
            ports.log.debug(`GitHub shows the deployment to ${environment} that the job itself has.`);
            return undefined;
        }
        const payload = {
            ...(release !== undefined && { release }),
            ...(image !== undefined && { image }),
            name,
            project: projectId,
            region,
            holder,
        };
        const description = release === undefined ? name : `Release ${release} of ${name}`;
        const sha = commit ?? options.commit;
        const wanted = { environment, sha, description, payload, key: 'holder' };
        const id = await createDeployment(client, wanted);
        ports.keep(id);
        this.#earlier = this.#guarded(() => findEarlier(client, options, id));
        await this.#say(id, 'in_progress', { description, url: '' });
        return id;
    }
    async #end(work) {
        if (this.#isOver)
            return;
        this.#isOver = true;
        const { ports, stop } = this.#parts;
        const enough = new AbortController();
        ports.clock
            .sleep(PATIENCE_MS, enough.signal)
            .then(() => stop.abort(tooLate()))
            // Nothing to give up any more.
            .catch(() => undefined);
        this.begun({});
        const id = await this.#deployment;
        if (id !== undefined) {
            const isDone = await this.#guarded(() => work(id).then(() => true));
            if (isDone)
                ports.keep(0);
        }
        enough.abort(this.#done);
        stop.abort(this.#done);
    }
    #say(id, state, said) {
        const { ports, options, client } = this.#parts;
        return addStatus(client, id, {
            state,
            description: ports.redact(said.description),
            logUrl: options.runUrl,
            environmentUrl: said.url,
        });
    }
    /** Undefined after a failure, which is told once: it is the same for whatever comes after it. */
    async #guarded(work) {
        const { ports, options } = this.#parts;
        try {
            return await work();
        }
        catch (error) {
            const text = `No deployment to ${options.environment} is shown. ${(0,errors/* describeError */.U)(error)}`;
            // After a cancel there is nothing that anybody should mend.
            const isEnded = options.signal.aborted || error === this.#done;
            if (this.#hasWarned || isEnded)
                ports.log.debug(text);
            else
                ports.log.warning(text);
            this.#hasWarned ||= !isEnded;
            return undefined;
        }
    }
}
function tooLate() {
    const text = `GitHub took longer than ${PATIENCE_MS / 1000} s.`;
    return new errors/* ActionError */.l('GITHUB_UNREACHABLE', text, { isPassing: true });
}

// EXTERNAL MODULE: ./lib/state.js
var state = __webpack_require__(7390);
// EXTERNAL MODULE: ./lib/compose/outside/github.js + 9 modules
var github = __webpack_require__(5031);
;// CONCATENATED MODULE: ./lib/compose/outside/announcement.js





/** Tells GitHub of the rollout where the input "environment" is given; begins to look around at once. */
function composeAnnouncement(parts) {
    const { config, env, step, provenance, holder, signal } = parts;
    const { log } = step;
    return announce({
        client: (either) => (0,github/* composeGitHubClient */.P)({ config, env, log, signal: either }),
        clock: clock/* systemClock */.m,
        log,
        redact: (text) => step.redact(text),
        keep: (id) => core.saveState(state/* DEPLOYMENT_STATE */.a6, id === 0 ? '' : String(id)),
    }, { ...config, ...provenance, holder, signal });
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


/***/ })

};
