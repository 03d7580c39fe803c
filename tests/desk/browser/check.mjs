// Walks through the desk's pages with Chromium and says what is wrong with them.
//
//     node check.mjs MODULES CHROMIUM URL FIRST_LINK [SHOTS]
//
// MODULES is the folder in whose node_modules the packages of tests/browser/package.json lie; FIRST_LINK is what a new
// desk shows on its terminal. One line per fault, status 1 where there is one. tests/desk/pages.py starts the desk.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { keys, pointer } from './hands.mjs';
import { axe_source, Looker } from './look.mjs';
import { login_ends, organisation, other_pages, people, second_factor, two_on_one_note } from './more.mjs';
import { log_in, WORDS } from './steps.mjs';
import { walk } from './walk.mjs';
import { drafts_wait, known_caller } from './writing.mjs';

const WALKS = [['ja', 1280, pointer], ['ja', 390, pointer], ['en', 1280, keys], ['en', 390, pointer]];

const [modules, executablePath, url, link, shots] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { chromium } = require('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const looker = new Looker({ browser, axe: axe_source(require), url, shots });

/** A step that breaks off is a fault; the others go on. */
async function step(name, act) {
    try {
        return await act();
    } catch (error) {
        looker.fault(name, String(error).split('\n').slice(0, 4).join(' '));
        return undefined;
    }
}

const officer = await step('people', () => people(looker, link));
let last;
for (const [language, width, hand] of officer ? WALKS : []) {
    const where = `${language} ${width} ${hand.name}`;
    const { context, page } = await looker.open(where, { viewport: { width, height: 900 }, locale: language === 'ja' ? 'ja-JP' : 'en-US' });
    const done = await step(where, async () => {
        await log_in(page, url, WORDS[language], officer.login, officer.password);
        return walk(looker, page, WORDS[language], hand, where);
    });
    if (!done && shots) await page.screenshot({ path: `${shots}/broken-${where.replace(/\W+/g, '-')}.png`, fullPage: true });
    last = done ?? last;
    await context.close();
}
if (last) {
    await step('two on one note', () => two_on_one_note(looker, url, officer, last.of_case));
    await step('login ends', () => login_ends(looker, url, officer, last.of_case));
    await step('organisation', () => organisation(looker, url, officer));
    await step('known caller', () => known_caller(looker, url, officer));
    await step('drafts wait', () => drafts_wait(looker, url, officer, last.of_case));
    for (const language of ['ja', 'en'])
        for (const width of [1280, 390]) await step(`${language} ${width}`, () => other_pages(looker, url, officer, language, width));
    await step('second factor', () => second_factor(looker, url, officer));
}
await browser.close();
for (const fault of looker.faults) console.log(fault);
console.log(`${looker.looked} pages looked at, ${looker.faults.length} faults`);
process.exit(looker.faults.length > 0 ? 1 : 0);
