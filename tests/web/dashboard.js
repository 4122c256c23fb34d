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
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({payload}) => console.log(`event ${payload}`)));
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

async function main() {
  const browser = await chromium.launch({executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu']});
  const complaints = [];
  const page = await open(browser, {viewport: {width: 1200, height: 1400}}, complaints);
  need((await page.textContent('#verdict')) === 'All is well', 'the verdict is told');
  need((await page.$$('#checks tbody tr')).length === 12, 'every check has a row');
  await page.waitForFunction(() => document.querySelectorAll('#figures div').length === 9);
  need(true, 'samples come');
  await page.waitForFunction(() => document.querySelector('#jobs tr[data-job="backup"]'));
  need(true, 'jobs have a row each');
  const next = await page.$$eval('#jobs tbody .next', (cells) => cells.map((cell) => cell.textContent));
  need(next.length > 5 && next.every((text) => /\d:\d\d/.test(text)), `each job tells its next run: ${next}`);
  await page.waitForTimeout(2500);
  await page.screenshot({path: path.join(output, 'dashboard-light.png'), fullPage: true});
  need((await faults(page)).length === 0, `axe finds no fault in the light ${await faults(page)}`);

  const dark = await open(browser, {colorScheme: 'dark', viewport: {width: 380, height: 800}}, complaints);
  await dark.waitForFunction(() => document.querySelectorAll('#figures div').length === 9);
  need((await faults(dark)).length === 0, `axe finds no fault in the dark ${await faults(dark)}`);
  need(await dark.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'a phone has no need to scroll sideways');
  await dark.screenshot({path: path.join(output, 'dashboard-phone-dark.png'), fullPage: true});
  await dark.close();

  await asked('publish');
  await page.waitForFunction(() => document.querySelector('#events li[data-type="io.catalogd.catalog.restored"], '
    + '#events li[data-type^="io.catalogd.check."]'), null, {timeout: 20000});
  need(true, 'an event is shown');
  await page.waitForFunction(() => document.querySelector('#verdict').dataset.status === 'fail', null,
    {timeout: 2000});
  need(true, 'the verdict follows within two seconds of it');
  need(complaints.length === 0, `the console is silent ${complaints}`);

  await asked('stop');
  await page.waitForSelector('#stale:not([hidden])', {timeout: 15000});
  need((await page.textContent('#stale')).includes('what you see is old'), 'a stopped daemon is told of');
  await asked('start');
  await page.waitForSelector('#stale', {state: 'hidden', timeout: 20000});
  await page.waitForFunction(() => document.querySelector('#events li[data-type="io.catalogd.lost"]'));
  need(true, 'the page goes on after a restart');
  await browser.close();
}

main().then(() => process.exit(0), (error) => { console.error(String(error)); process.exit(1); });
