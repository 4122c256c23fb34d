// The page: what /v1/health, /v1/jobs and /v1/backups tell, and what comes over /v1/events. It only
// ever looks.
'use strict';

const kept = {events: 50, points: 300};
const place = (id) => document.getElementById(id);
let last = null;     // the sequence of the last event that was seen
let pause = 500;     // milliseconds until the next try to connect
let health = null;

// --- words and numbers --------------------------------------------------------------------------

const words = {pass: 'All is well', warn: 'Something warns', fail: 'Something fails'};

function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; count >= 1024 && unit + 1 < units.length; ++unit) { count /= 1024; }
  return `${unit ? count.toFixed(1) : count} ${units[unit]}`;
}
function amount(value, unit) {
  if (value === undefined || value === null) { return ''; }
  return unit === 'bytes' ? bytes(value) : `${Math.round(value * 10) / 10} ${unit || ''}`.trim();
}
function duration(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds % 86400 / 3600);
  const minutes = Math.floor(seconds % 3600 / 60);
  return days ? `${days} d ${hours} h` : hours ? `${hours} h ${minutes} min`
    : minutes ? `${minutes} min` : `${Math.floor(seconds)} s`;
}
function time(text) { return new Date(text).toLocaleString(undefined, {hour12: false}); }

// Texts only ever become text: nothing of what the daemon tells is markup.
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
  return made;
}

// --- charts ---------------------------------------------------------------------------------------

const charts = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
function chart(id, lines) {
  const datasets = lines.map(([label], i) => ({label, data: [], pointRadius: 0, borderWidth: 2,
    tension: 0, borderDash: i ? [6, 3] : []}));
  const made = new Chart(place(id), {
    type: 'line', data: {labels: [], datasets},
    options: {animation: false, responsive: true, maintainAspectRatio: false, spanGaps: true,
      scales: {x: {display: false}, y: {beginAtZero: true, ticks: {maxTicksLimit: 5}}},
      plugins: {legend: {display: lines.length > 1, labels: {boxHeight: 0}}, tooltip: {enabled: false}}},
  });
  charts.push({made, lines});
}
function paint() {
  for (const {made} of charts) {
    made.data.datasets.forEach((set, i) => { set.borderColor = colour(i ? '--line-b' : '--line-a'); });
    const y = made.options.scales.y;
    y.ticks.color = colour('--faint');
    y.grid = {color: colour('--rule')};
    made.options.plugins.legend.labels.color = colour('--ink');
    made.update('none');
  }
}
function plot(event) {
  for (const {made, lines} of charts) {
    made.data.labels.push(event.time);
    lines.forEach(([, value], i) => made.data.datasets[i].data.push(value(event.data)));
    if (made.data.labels.length > kept.points) {
      made.data.labels.shift();
      made.data.datasets.forEach((set) => set.data.shift());
    }
    made.update('none');
  }
  figures(event.data);
}

// --- what is shown ----------------------------------------------------------------------------------

function figures(sample) {
  const rows = [
    ['Reads a second', sample.readsPerSecond.toFixed(0)],
    ['Writes a second', sample.writesPerSecond.toFixed(0)],
    ['Commits p50 / p99', `${sample.commitP50Ms.toFixed(2)} / ${sample.commitP99Ms.toFixed(2)} ms`],
    ['Calls that wait', sample.queued],
    ['Readers busy', `${(100 * sample.readersBusy).toFixed(0)} %`],
    ['Database', bytes(sample.databaseBytes)], ['Its log', bytes(sample.walBytes)],
    ['Free on the disk', bytes(sample.diskFreeBytes)], ['Subscribers', sample.subscribers],
  ];
  place('figures').replaceChildren(...rows.map(([name, value]) => {
    const pair = document.createElement('div');
    pair.append(element('dt', name), element('dd', value));
    return pair;
  }));
}
function verdict() {
  const reason = health.warnings.length ? `: ${health.warnings[0]}` : '';
  const text = `${words[health.status]}${reason}`;
  const line = place('verdict');
  line.dataset.status = health.status;
  if (line.textContent !== text) { line.textContent = text; }
  document.title = `${health.status} – catalogd`;
  place('about').textContent = `catalogd ${health.version}, score ${health.score} of 100, up `
    + `${duration(health.uptimeSeconds)}, schema ${health.schemaVersion}`;
}
function checks() {
  place('checks').tBodies[0].replaceChildren(...health.checks.map((check) => {
    const row = document.createElement('tr');
    row.dataset.check = check.name;
    const advice = [check.reason, check.recommendation].filter(Boolean).join('. ');
    row.append(element('th', check.name, {scope: 'row'}),
      element('td', check.status, {'data-status': check.status}),
      element('td', amount(check.observed, check.unit), {class: 'number'}),
      element('td', amount(check.warnAt, check.unit), {class: 'number'}),
      element('td', amount(check.failAt, check.unit), {class: 'number'}),
      element('td', time(check.since), {class: 'number'}), element('td', advice));
    return row;
  }));
}
function show(told) {
  health = told;
  verdict();
  checks();
}
const colours = {succeeded: 'pass', failed: 'fail', cancelled: 'warn'};
const reached = {};  // of jobs that run: how far each has come, from 0 to 1

function outcome(job) {
  const run = job.lastRun;
  if (!run) { return 'has not run yet'; }
  if (run.state === 'running') {
    return job.name in reached ? `running, ${Math.round(100 * reached[job.name])} %` : 'running';
  }
  const result = run.reason || (run.result ? JSON.stringify(run.result) : '');
  return result ? `${run.state}: ${result}` : run.state;
}
function next(job) {
  const full = job.nextFullRun ? `in full ${time(job.nextFullRun)}` : '';
  return [job.nextRun ? time(job.nextRun) : '', full].filter(Boolean).join(', ') || 'when asked for';
}
function jobs(told) {
  place('jobs').tBodies[0].replaceChildren(...told.jobs.map((job) => {
    const run = job.lastRun;
    const row = document.createElement('tr');
    row.dataset.job = job.name;
    const result = element('td', outcome(job), {class: 'result'});
    if (run && colours[run.state]) { result.dataset.status = colours[run.state]; }
    row.append(element('th', job.name, {scope: 'row'}),
      element('td', run ? time(run.startedAt) : '', {class: 'number'}),
      element('td', run && run.endedAt
        ? `${((new Date(run.endedAt) - new Date(run.startedAt)) / 1000).toFixed(1)} s` : '', {class: 'number'}),
      result, element('td', next(job), {class: 'next'}));
    return row;
  }));
}
function proof(backup) {
  return backup.problem ? {status: 'fail', text: backup.problem}
    : backup.provenAt ? {status: 'pass', text: `proven ${time(backup.provenAt)}`}
      : {status: 'unknown', text: 'not proven'};
}
function backups(told) {
  place('proven').textContent = told.lastProven ? `A backup was proven last on ${time(told.lastProven)}.`
    : 'No backup that is there has been proven.';
  const shown = told.backups.length;
  place('listed').textContent = !shown ? 'There is none.'
    : shown < told.total ? `The newest ${shown}; there are ${told.total - shown} more.` : '';
  place('backups').tBodies[0].replaceChildren(...told.backups.map((backup) => {
    const row = document.createElement('tr');
    row.dataset.backup = backup.name;
    const {status, text} = proof(backup);
    row.append(element('th', backup.name, {scope: 'row'}),
      element('td', time(backup.createdAt), {class: 'number'}),
      element('td', bytes(backup.bytes), {class: 'number'}),
      element('td', backup.schemaVersion, {class: 'number'}),
      element('td', text, {class: 'proof', 'data-status': status}));
    return row;
  }));
}
function progress(event) {
  const {job, progress: done} = event.data;
  reached[job] = done;
  const row = document.querySelector(`#jobs tr[data-job="${job}"]`);
  if (row) { row.querySelector('.result').textContent = `running, ${Math.round(100 * done)} %`; }
}
function note(event) {
  const data = event.type === 'io.catalogd.snapshot' ? event.data.health?.status : event.data;
  const text = `${time(event.time)}  ${event.type.replace('io.catalogd.', '')}  ${JSON.stringify(data)}`;
  const list = place('events');
  list.prepend(element('li', text, {'data-type': event.type}));
  while (list.children.length > kept.events) { list.lastElementChild.remove(); }
}

// --- events -----------------------------------------------------------------------------------------

function take(event) {
  last = event.sequence || last;
  if (event.type === 'io.catalogd.sample') { return plot(event); }
  if (event.type === 'io.catalogd.heartbeat') { return undefined; }
  note(event);
  if (event.type === 'io.catalogd.snapshot') { return show(event.data.health); }
  if (event.type === 'io.catalogd.job.progress') { return progress(event); }
  // At either end: whoever lost the one learns by the other.
  if (/\.job\.(started|finished)$/.test(event.type)) { delete reached[event.data.job]; }
  return refresh();
}
async function refresh() {
  try {
    const [about, work, copies] = await Promise.all(['/v1/health', '/v1/jobs', '/v1/backups'].map(
      async (path) => (await fetch(path, {cache: 'no-store'})).json()));
    show(about);
    jobs(work);
    backups(copies);
  } catch (failure) {
    // The WebSocket will notice too, and says so.
  }
}
function stale(since) {
  const banner = place('stale');
  banner.textContent = since ? `No word from the daemon since ${time(since)}: what you see is old.` : '';
  banner.hidden = !since;
}
function connect() {
  const url = new URL('/v1/events', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('types', 'io.catalogd.*');
  if (last) { url.searchParams.set('after', last); }
  const socket = new WebSocket(url, 'cloudevents.json');
  let heard = Date.now();
  // Samples come every second: silence is a daemon that stands, or a network that does.
  const watch = setInterval(() => { if (Date.now() - heard > 5000) { socket.close(); } }, 1000);
  socket.onopen = () => { pause = 500; stale(null); refresh(); };
  socket.onmessage = (message) => { heard = Date.now(); take(JSON.parse(message.data)); };
  socket.onclose = () => {
    clearInterval(watch);
    if (place('stale').hidden) { stale(new Date(heard)); }
    setTimeout(connect, pause);
    pause = Math.min(2 * pause, 5000);
  };
}

chart('requests', [['reads', (s) => s.readsPerSecond], ['writes', (s) => s.writesPerSecond]]);
chart('commits', [['median', (s) => s.commitP50Ms], ['99 of 100', (s) => s.commitP99Ms]]);
chart('queue', [['calls', (s) => s.queued]]);
chart('sizes', [['database', (s) => s.databaseBytes / 1048576], ['log', (s) => s.walBytes / 1048576]]);
paint();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
connect();
setInterval(refresh, 5000);
