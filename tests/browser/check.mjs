// Opens reports with Chromium and says what is wrong with them.
//
//     node check.mjs MODULES CHROMIUM REPORTS
//
// MODULES is the folder in whose node_modules package.json's packages lie; REPORTS a JSON file with a list of
// {name, file, checks}: what is asked of each stands in `checks` below. One line per fault, status 1 where there is
// one; figures as lines of their own. tests/browser.py makes the reports and calls this.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { filtered_print, filters, in_page_traces, injected, keyboard, keystroke_time, sorts, without_script } from './filter.mjs';
import { accessibility, inertness, lay_out_everything, open_everything, overflow } from './page.mjs';
import { texts_on_sheets } from './pdf.mjs';

const LANGUAGES = ['ja', 'en'];
const WIDTHS = [1280, 390];
const SCHEMES = ['light', 'dark'];
/** Sheets of A4 that a board reads, and pieces of text on the first of them. */
const MOST_BOARD_SHEETS = 2, LEAST_BOARD_TEXTS = 100;
/** A sheet with fewer is as good as blank: its foot alone has two or three. */
const LEAST_TEXTS = 6;
/** Slow-down and bar of the first paint; past the hard limit something is broken, whatever else the machine does. */
const SLOWER = 4, FIRST_PAINT_BAR_MS = 1000, FIRST_PAINT_LIMIT_MS = 5000;
const MOST_MEGABYTES = 5;
/** A busy machine is no fault of a report. */
const PATIENCE_MS = 120_000;

const [modules, executablePath, list] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const faults = [];
let asked = 0;

function expect(where, found) {
    ++asked;
    for (const fault of found) faults.push(`${where}: ${fault}`);
}

/** Opens a report; what it tried to do is in `tried`. */
async function open(browser, report, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const url = pathToFileURL(report.file).href;
    const tried = [];
    await page.exposeFunction('noteViolation', what => tried.push(`policy: ${what}`));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation',
        event => window.noteViolation(`${event.violatedDirective} of ${event.blockedURI}`)));
    page.on('console', message => ['error', 'warning'].includes(message.type()) && tried.push(`console: ${message.text()}`));
    page.on('pageerror', error => tried.push(`script: ${error}`));
    page.on('dialog', dialog => { tried.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', request => request.url().split('#')[0] === url || tried.push(`request: ${request.url().slice(0, 100)}`));
    page.on('popup', () => tried.push('a window'));
    if (options.throttled) {
        const session = await context.newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', { rate: options.throttled });
    }
    await page.goto(url, { waitUntil: options.throttled ? 'commit' : 'load' });
    return { page, tried, close: () => context.close() };
}

/** Contrast takes nine tenths of axe's time: looked at in half of the cases, so that each pair of language, width and
 *  scheme has its turn. */
function has_contrast_turn(language, width, scheme) {
    return [language === 'ja', width === WIDTHS[0], scheme === 'light'].filter(Boolean).length % 2 === 1;
}

/** Every language, width and scheme: accessible where `with_axe` says so, inert, in its window. */
async function check_looks(browser, report, with_axe, schemes = SCHEMES) {
    for (const colorScheme of schemes)
        for (const width of WIDTHS) {
            const { page, tried, close } = await open(browser, report, { colorScheme, viewport: { width, height: 900 } });
            await lay_out_everything(page);
            for (const language of LANGUAGES) {
                const where = `${report.name} ${language} ${width} ${colorScheme}`;
                await page.check(`#choose-${language}`);
                expect(where, await overflow(page));
                await open_everything(page);
                expect(where, await overflow(page));
                if (with_axe(language, width, colorScheme))
                    expect(where, await accessibility(page, axe, has_contrast_turn(language, width, colorScheme)));
            }
            if (width === WIDTHS[0] && colorScheme === SCHEMES[0]) expect(report.name, await inertness(page));
            expect(`${report.name} ${width} ${colorScheme}`, tried);
            await close();
        }
}

/** Both languages are a choice away where scripts are switched off, with the mouse and with the keyboard. */
async function check_languages(browser, report) {
    const { page, tried, close } = await open(browser, report, { javaScriptEnabled: false });
    const shown = async wanted => {
        const seen = [];
        for (const language of LANGUAGES) if (await page.locator(`.k-page.k-${language}`).isVisible()) seen.push(language);
        return seen.join() === wanted ? [] : [`shows "${seen}" where ${wanted} is chosen`];
    };
    for (const language of LANGUAGES) {
        await page.locator(`label[for=choose-${language}]`).click();
        expect(`${report.name} without scripts`, await shown(language));
    }
    await page.locator('#choose-en').focus();
    await page.keyboard.press('ArrowLeft');
    expect(`${report.name} by keyboard`, await shown('ja'));
    expect(`${report.name} without scripts`, tried);
    await close();
}

/** The list of findings with its script, in both languages, and without. */
async function check_filter(browser, report) {
    for (const [language, other] of [['ja', 'en'], ['en', 'ja']]) {
        const { page, tried, close } = await open(browser, report);
        const where = `${report.name} ${language} filter`;
        await page.check(`#choose-${language}`);
        for (const check of [filters, sorts, keyboard, filtered_print]) expect(where, await check(page, language, other));
        expect(where, await page.evaluate(in_page_traces));
        expect(where, tried);
        expect(`${where}, injected`, await injected(page));
        await close();
        const plain = await open(browser, report, { javaScriptEnabled: false });
        await plain.page.locator(`label[for=choose-${language}]`).click();
        expect(`${report.name} ${language} list without scripts`, await without_script(plain.page, language));
        await plain.close();
    }
    // In use it is as accessible, and as narrow, as before.
    for (const [language, width, colorScheme] of [['ja', 390, 'dark'], ['en', 1280, 'light'], ['ja', 1280, 'dark'], ['en', 390, 'light']]) {
        const { page, tried, close } = await open(browser, report, { colorScheme, viewport: { width, height: 900 } });
        const where = `${report.name} ${language} ${width} ${colorScheme} filtered`;
        await page.check(`#choose-${language}`);
        const bar = page.locator(`.k-${language} .k-filter`);
        await bar.locator('[name=sort]').selectOption('time');
        await bar.locator('[name=level]').first().check();
        await page.locator(`.k-${language} .k-find:not([hidden]) summary`).first().click();
        expect(where, await overflow(page));
        expect(where, await accessibility(page, axe, true));
        expect(where, tried);
        await close();
    }
}

function blank_sheets(sheets) {
    return sheets.flatMap((texts, at) => texts < LEAST_TEXTS ? [`sheet ${at + 1} of ${sheets.length} is blank`] : []);
}

/** No blank sheet, and the board's part first and short. */
async function check_print(browser, report) {
    const { page, close } = await open(browser, report);
    const print = async language => {
        await page.check(`#choose-${language}`);
        return texts_on_sheets(await page.pdf({ preferCSSPageSize: true }));
    };
    const whole = {};
    for (const language of LANGUAGES) {
        const sheets = whole[language] = await print(language);
        expect(`${report.name} ${language} on paper`, blank_sheets(sheets));
        expect(`${report.name} ${language} on paper`, sheets[0] < LEAST_BOARD_TEXTS ? ['the first sheet says nothing'] : []);
    }
    // Without the board's part the first sheet holds the head alone: what follows begins a new one.
    await page.evaluate(() => document.querySelectorAll('.k-sheet').forEach(one => one.remove()));
    for (const language of LANGUAGES) {
        const sheets = whole[language].length - (await print(language)).length + 1;
        expect(`${report.name} ${language} on paper`, sheets > 0 && sheets <= MOST_BOARD_SHEETS ? [] :
            [`the board's part has ${sheets} sheets`]);
    }
    await close();
}

/** Times of three runs: the middle one counts. */
async function check_speed(browser, report) {
    const times = [];
    for (let run = 0; run < 3; ++run) {
        const { page, close } = await open(browser, report, { throttled: SLOWER });
        const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
        times.push(await paint.jsonValue());
        await close();
    }
    const middle = times.sort((a, b) => a - b)[1];
    const megabytes = statSync(report.file).size / 1e6;
    console.log(`${report.name}: ${megabytes.toFixed(2)} MB, first contentful paint ${Math.round(middle)} ms at ${SLOWER} ` +
        `times CPU slow-down (${times.map(Math.round).join(', ')}; bar ${FIRST_PAINT_BAR_MS} ms)`);
    const { page, close } = await open(browser, report, { throttled: SLOWER });
    await page.waitForLoadState();
    const keys = await keystroke_time(page, 'ja', 'powershell');
    console.log(`${report.name}: ${Math.round(Math.max(...keys))} ms for the slowest keystroke of the filter at ${SLOWER} times CPU ` +
        `slow-down (${keys.map(Math.round).join(', ')})`);
    await close();
    expect(report.name, middle > FIRST_PAINT_LIMIT_MS ? [`first paint after ${Math.round(middle)} ms`] : []);
    expect(report.name, megabytes > MOST_MEGABYTES ? [`${megabytes.toFixed(1)} MB`] : []);
}

/** What must be seen in broken.html: a check that finds nothing there finds nothing anywhere. */
const BROKEN = ['<img> in the page', '<img onerror>', '<p style>', 'https://c2.example.test/', '#nowhere', 'content policy',
    '202e', 'twice', 'the page is 3', 'class="wide"',
    'stands out of its picture', 'axe color-contrast', 'axe label', 'axe image-alt', 'console:',
    'request: ', 'is blank'];

async function check_broken(browser, report) {
    const { page, tried, close } = await open(browser, report);
    const sheets = texts_on_sheets(await page.pdf({ preferCSSPageSize: true }));
    const found = [...await overflow(page), ...await inertness(page), ...await accessibility(page, axe, true), ...tried,
        ...blank_sheets(sheets)].join('\n');
    expect(report.name, BROKEN.filter(one => !found.includes(one)).map(one => `nobody saw "${one}"`));
    await close();
}

const checks = {
    broken: check_broken,
    looks: (browser, report) => check_looks(browser, report, () => true),
    /** For what is odd: accessible in one look for each language; colours are those of the other reports. */
    odd_looks: (browser, report) => check_looks(browser, report,
        (language, width) => has_contrast_turn(language, width, 'light'), ['light']),
    /** For what is large. */
    fits: (browser, report) => check_looks(browser, report, () => false, ['light']),
    languages: check_languages,
    filter: check_filter,
    print: check_print,
    speed: check_speed,
};

const browser = await chromium.launch({ executablePath });
for (const report of JSON.parse(readFileSync(list, 'utf8')))
    for (const check of report.checks) {
        const start = Date.now();
        await checks[check](browser, report);
        console.log(`${report.name} ${check}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
    }
await browser.close();
console.log(`${asked} checks, ${faults.length} faults`);
for (const fault of faults) console.log(fault);
process.exit(faults.length > 0 ? 1 : 0);
