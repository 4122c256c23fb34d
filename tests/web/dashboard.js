// The dashboard in Debian's Chromium: node dashboard.js ADDRESS OUTPUT-FOLDER
// Prints one line for each thing that holds, the events that come, and ends with 1 where one does not.
'use strict';

const fs = require('fs');
const path = require('path');
const {chromium} = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [address, output] = process.argv.slice(2);
const url = `http://${address}/`;

function need(holds, what) {
  if (!holds) { throw new Error(`does not hold: ${what}`); }
  console.log(`ok ${what}`);
}
// A word from the test that started this: it has done what it was asked for.
function asked(request) {
  console.log(`please ${request}`);
  return new Promise((resolve) => { process.stdin.once('data', resolve); });
}

async function open(browser, options, complaints) {
  const page = await (await browser.newContext(options)).newPage();
  page.on('console', (message) => { if (message.type() === 'error') { complaints.push(message.text()); } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data:|ws:\/\/)/.test(request.url())) {
      complaints.push(`asks elsewhere: ${request.url()}`);
    }
    if (request.method() !== 'GET') { complaints.push(`does more than look: ${request.method()}`); }
  });
  page.on('websocket', (socket) => {
    socket.on('framesent', () => complaints.push('sends over the WebSocket'));
    socket.on('framereceived', ({payload}) => console.log(`event ${payload}`));
  });
  await page.goto(url);
  await page.waitForSelector('#checks tbody tr');
  return page;
}

// axe-core is put in from outside of the page, where its CSP does not hold.
async function faults(page) {
  const found = await page.evaluate(`${axe}; axe.run()`);
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`);
}

// --- what the page shows --------------------------------------------------------------------------

async function firstSight(page) {
  need((await page.textContent('#verdict')) === 'All is well', 'the verdict is told');
  need((await page.$$('#checks tbody tr')).length === 12, 'every check has a row');
  await page.waitForFunction(() => document.querySelectorAll('#figures div').length === 9);
  need(true, 'samples come');
  await page.waitForFunction(() => document.querySelector('#jobs tr[data-job="backup"]'));
  need(true, 'jobs have a row each');
  const next = await page.$$eval('#jobs tbody .next', (cells) => cells.map((cell) => cell.textContent));
  need(next.length > 5 && next.every((text) => /\d:\d\d/.test(text)), `each job tells its next run: ${next}`);
  const ways = 'form, button, input, select, textarea, [contenteditable], a:not([href^="#"])';
  need((await page.$$(ways)).length === 0, 'nothing on the page can be pressed, filled in or sent');
}

// A line in its own colour above the zero of its chart, where neither axis nor legend is.
function isDrawn([id, line]) {
  const chart = Chart.getChart(document.getElementById(id));
  const {left, top, right} = chart.chartArea;
  const zero = chart.scales.y.getPixelForValue(0) - 4;
  const scale = chart.currentDevicePixelRatio;
  const {data} = chart.ctx.getImageData(left * scale, top * scale, (right - left) * scale, (zero - top) * scale);
  const colour = chart.data.datasets[line].borderColor.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16));
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] > 100 && colour.every((part, i) => Math.abs(part - data[at + i]) < 12)) { return true; }
  }
  return false;
}
function isAboveZero([id, line]) {
  return Chart.getChart(document.getElementById(id)).data.datasets[line].data.some((value) => value > 0);
}

async function charts(page) {
  await asked('write');
  for (const [id, line, what] of [['requests', 0, 'reads'], ['requests', 1, 'writes'], ['commits', 0, 'the median of commits'],
    ['commits', 1, 'the 99th percentile of commits'], ['sizes', 0, 'the size of the database']]) {
    await page.waitForFunction(isAboveZero, [id, line], {timeout: 10000});
    await page.waitForFunction(isDrawn, [id, line], {timeout: 10000});
    need(true, `${what} that there were are points of the chart, and a line`);
  }
  const queue = await page.evaluate(() => Chart.getChart(document.getElementById('queue')).data.datasets[0].data);
  need(queue.length > 0 && queue.every(Number.isInteger), `calls that wait are counted: ${queue}`);
  await page.waitForFunction((count) => Chart.getChart(document.getElementById('queue')).data.labels.length > count + 1,
    queue.length, {timeout: 10000});
  need(true, 'charts go on by themselves');
}

const cells = (page, row) => page.$$eval(`${row} > *`, (found) => found.map((cell) => cell.textContent));
const shows = (page, where, text) => page.waitForFunction(([at, expected]) => {
  const found = document.querySelector(at);
  return found && new RegExp(expected).test(found.textContent);
}, [where, text], {timeout: 20000});

async function jobs(page) {
  // Whatever the cell has ever said: a run is over before anybody could look.
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(
      document.querySelector('#jobs tr[data-job="backup"] .result').textContent))
      .observe(document.querySelector('#jobs tbody'), {childList: true, subtree: true});
  });
  await asked('back-up');
  await shows(page, '#jobs tr[data-job="backup"] .result', '^succeeded: ');
  const said = await page.evaluate(() => window.said);
  need(said.some((text) => /^running, \d+ %$/.test(text)), `a job tells how far it has come: ${said}`);
  const [, at, took, result] = await cells(page, '#jobs tr[data-job="backup"]');
  need(/\d:\d\d/.test(at) && /^\d+\.\d s$/.test(took), `a job tells when it ran last, and how long: ${at}, ${took}`);
  need(/"backup":"first"/.test(result) && /"bytes":[1-9]/.test(result), `and its result in figures: ${result}`);
}

async function backups(page) {
  await shows(page, '#backups tr[data-backup="first"] .proof', '^not proven$');
  const [name, taken, size, schema] = await cells(page, '#backups tr[data-backup="first"]');
  need(name === 'first' && /\d:\d\d/.test(taken) && /^\d+\.\d [KM]iB$/.test(size) && /^\d+$/.test(schema),
    `a backup tells its name, when it was taken, its size and schema: ${name}, ${taken}, ${size}, ${schema}`);
  await shows(page, '#proven', '^No backup that is there has been proven');
  need(true, 'what is not proven is not said to be');

  await asked('fill');
  await shows(page, '#backups tbody tr:first-child', '^newest');
  need(true, 'the newest backup is the first');
  need((await page.$$('#backups tbody tr')).length === 20, 'twenty backups are shown');
  need((await page.textContent('#listed')) === 'The newest 20; there are 4 more.', 'and how many more there are');
  await shows(page, '#backups tr[data-backup="copy-21"] .proof[data-status="fail"]', 'another size');
  need(true, 'a backup that is not whole says so');

  await asked('prove');
  await shows(page, '#backups tr[data-backup="newest"] .proof[data-status="pass"]', '^proven .*\\d:\\d\\d');
  need(true, 'a backup that was proven tells when');
  const proof = (await page.textContent('#backups tr[data-backup="newest"] .proof')).replace('proven ', '');
  await shows(page, '#proven', '^A backup was proven last on ');
  need((await page.textContent('#proven')).includes(proof), `the last proof is told in a sentence: ${proof}`);
}

async function deletion(page) {
  await asked('delete');
  await page.waitForSelector('#backups tr[data-backup="newest"]', {state: 'detached', timeout: 20000});
  await shows(page, '#proven', '^No backup that is there has been proven');
  need(true, 'a backup that was deleted is gone, and its proof with it');
}

// --- on a phone, and by keyboard ------------------------------------------------------------------

async function phone(browser, complaints) {
  const page = await open(browser, {colorScheme: 'dark', viewport: {width: 380, height: 800}}, complaints);
  await page.waitForFunction(() => document.querySelectorAll('#figures div').length === 9);
  await page.waitForSelector('#backups tbody tr');
  need((await faults(page)).length === 0, `axe finds no fault in the dark ${await faults(page)}`);
  need(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'a phone has no need to scroll sideways');
  await page.screenshot({path: path.join(output, 'dashboard-phone-dark.png'), fullPage: true});
  await keyboard(page);
  await page.close();
}

// Each scrollable region by its label, from the one that has the focus on.
async function stops(page) {
  const found = [];
  const label = () => page.evaluate(() => document.activeElement.getAttribute('aria-labelledby'));
  for (let at = await label(); at && found.length < 20; at = await label()) {
    found.push(at);
    if (await page.evaluate(() => document.activeElement.scrollWidth > document.activeElement.clientWidth)) {
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => document.activeElement.scrollLeft > 0, null, {timeout: 5000});
    }
    await page.keyboard.press('Tab');
  }
  return found;
}

async function keyboard(page) {
  await page.keyboard.press('Tab');
  need(await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return document.activeElement.className === 'skip' && box.left >= 0 && box.right <= innerWidth;
  }), 'the first stop of the keyboard is the link past the charts, and it is seen then');
  await page.keyboard.press('Enter');
  need(await page.evaluate(() => document.activeElement !== document.body
    && document.activeElement.contains(document.getElementById('checks'))), 'the link leads to the checks');
  const scrollable = await page.$$eval('body *', (all) => all.filter((one) => {
    const {overflowX, overflowY} = getComputedStyle(one);
    return /auto|scroll/.test(overflowX + overflowY);
  }).map((one) => (one.tabIndex === 0 ? one.getAttribute('aria-labelledby') : `not reached: ${one.id}`)));
  const reached = await stops(page);
  need(scrollable.length === 4 && String(reached) === String(scrollable),
    `the keyboard stops at each region that scrolls, scrolls it, and leaves it: ${reached} of ${scrollable}`);
}

// --- when something goes wrong --------------------------------------------------------------------

async function verdict(page, status, words) {
  await asked(status);
  await page.waitForFunction((text) => [...document.querySelectorAll('#events li[data-type^="io.catalogd.check."]')]
    .some((item) => item.textContent.includes(`"status":"${text}"`)), status, {timeout: 20000});
  need(true, 'an event is shown');
  await page.waitForFunction((text) => document.querySelector('#verdict').dataset.status === text, status,
    {timeout: 2000});
  need(true, `the verdict follows within two seconds of it: ${status}`);
  const [, told, ...rest] = await cells(page, '#checks tr[data-check="database-size"]');
  const [reason, advice] = rest.pop().split('. ');
  need(told === status && reason && advice, `the check tells why and what to do: ${told}, ${reason}. ${advice}`);
  const line = await page.textContent('#verdict');
  need(line.startsWith(`${words}: `) && line.includes(reason), `the verdict tells the reason: ${line}`);
}

async function restart(page) {
  await asked('stop');
  await page.waitForSelector('#stale:not([hidden])', {timeout: 15000});
  need((await page.textContent('#stale')).includes('what you see is old'), 'a stopped daemon is told of');
  await asked('start');
  await page.waitForSelector('#stale', {state: 'hidden', timeout: 20000});
  await page.waitForFunction(() => document.querySelector('#events li[data-type="io.catalogd.lost"]'));
  need(true, 'the page goes on after a restart');
}

async function main() {
  const browser = await chromium.launch({executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu']});
  const complaints = [];
  const page = await open(browser, {viewport: {width: 1200, height: 1400}}, complaints);
  await firstSight(page);
  await charts(page);
  await jobs(page);
  await backups(page);
  await page.screenshot({path: path.join(output, 'dashboard-light.png'), fullPage: true});
  need((await faults(page)).length === 0, `axe finds no fault in the light ${await faults(page)}`);
  await phone(browser, complaints);
  await deletion(page);
  await verdict(page, 'warn', 'Something warns');
  await verdict(page, 'fail', 'Something fails');
  need(complaints.length === 0, `the console is silent, and nothing but looking was asked for ${complaints}`);
  await restart(page);
  await browser.close();
}

main().then(() => process.exit(0), (error) => { console.error(String(error)); process.exit(1); });
