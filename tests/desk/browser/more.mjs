// What else happens at a desk: first logins, two people on one note, a login that ends, a second factor, other pages.
import { createHmac } from 'node:crypto';
import { by_role, log_in, WORDS } from './steps.mjs';
import { HOSTILE } from './walk.mjs';

const PASSWORD = 'correct horse battery staple';

function totp(secret) {
    const bits = [...secret.replace(/\s/g, '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
    const mac = createHmac('sha1', key).update(step).digest();
    const at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function begin_by_link(looker, link, login, name) {
    const { context, page } = await looker.open(`first login of ${login}`, { locale: 'ja-JP' });
    await page.goto(link);
    await page.getByLabel(/^ログイン名/).fill(login);
    await page.getByLabel(/^表示名/).fill(name);
    await page.getByLabel(/^パスワード 必須/).fill(PASSWORD);
    await page.getByLabel(/もう一度/).fill('another one');
    await by_role(page, 'button', '決めて始める').click();
    await page.getByText('2回の入力が違います').first().waitFor();
    await looker.at(page, `first login of ${login}`);
    await page.getByLabel(/もう一度/).fill(PASSWORD);
    await by_role(page, 'button', '決めて始める').click();
    await by_role(page, 'button', 'ログアウト').waitFor();
    looker.expect(login, !page.url().includes(link.split('#')[1]), 'the token of the link stays in the address');
    return { context, page };
}

/** The first administrator by the link of the terminal, then an officer by a link of the administrator's. */
export async function people(looker, link) {
    const { context, page } = await begin_by_link(looker, link, 'admin', '管理 花子');
    await by_role(page, 'link', '管理').click();
    await by_role(page, 'link', '利用者を加える').click();
    await page.getByLabel(/^ログイン名/).fill('saeki');
    await page.getByLabel(/^表示名/).fill('佐伯');
    await page.getByLabel(/^記入/).check();
    await page.getByLabel(/^主担当/).check();
    await looker.at(page, 'new user');
    await by_role(page, 'button', '利用者を加える').click();
    const invitation = await page.locator('.note code').innerText();
    await by_role(page, 'link', '戻る').click();
    await page.getByText('佐伯').waitFor();
    await looker.at(page, 'administration');
    await page.locator('.thing', { hasText: '佐伯' }).getByRole('link', { name: '停止する' }).click();
    await by_role(page, 'button', '停止する').waitFor();
    await looker.at(page, 'disable');
    await by_role(page, 'button', '停止する').click();
    await page.locator('.thing', { hasText: '佐伯' }).getByRole('button', { name: '停止を解く' }).click();
    await page.locator('.thing', { hasText: '佐伯' }).getByRole('link', { name: '停止する' }).waitFor();
    await context.close();
    const officer = await begin_by_link(looker, invitation, 'saeki', '佐伯');
    await officer.context.close();
    return { login: 'saeki', password: PASSWORD };
}

/** Two people write on one note: the later one sees all three texts, and no word is lost. */
export async function two_on_one_note(looker, url, officer, of_case) {
    const words = WORDS.ja;
    const open = async where => {
        const { context, page } = await looker.open(where, { locale: 'ja-JP' });
        await log_in(page, url, words, officer.login, officer.password);
        await page.goto(of_case);
        await by_role(page, 'button', words.write_on).first().click();
        return { context, page };
    };
    const first = await open('first writer'), second = await open('second writer');
    await first.page.getByLabel(words.body).fill('一人目が直した\n2行目');
    await second.page.getByLabel(words.body).fill('二人目が直した\n2行目\n3行目');
    await by_role(first.page, 'button', words.save).click();
    await first.page.locator('.thing', { hasText: '一人目が直した' }).getByText(words.saved).waitFor();
    await second.page.keyboard.press('Control+Enter');
    await second.page.getByText(words.clash).waitFor();
    await looker.at(second.page, 'conflict');
    const merged = await second.page.getByLabel('まとめた文').inputValue();
    for (const text of ['一人目が直した', '二人目が直した', '3行目'])
        looker.expect('conflict', merged.includes(text), `"${text}" is lost`);
    await by_role(second.page, 'button', words.clash_save).click();
    await second.page.getByText(/第3版/).first().waitFor();
    await first.page.reload();
    await first.page.getByText('二人目が直した').waitFor();
    await first.page.getByRole('link', { name: '版を比べる' }).last().click();
    await first.page.getByRole('heading', { name: /第3版/ }).waitFor();
    await looker.at(first.page, 'versions');
    await first.context.close();
    await second.context.close();
}

/** The login ends while somebody writes: the text waits behind the question, and is saved after the answer. */
export async function login_ends(looker, url, officer, of_case) {
    const words = WORDS.en;
    const { context, page } = await looker.open('login ends');
    await log_in(page, url, words, officer.login, officer.password);
    await page.goto(of_case);
    await by_role(page, 'button', words.note).click();
    await page.getByLabel(words.body).fill('written before the login ended');
    await context.clearCookies();
    await by_role(page, 'button', words.save_note).click();
    await page.getByRole('heading', { name: words.again }).waitFor();
    await looker.at(page, 'login again');
    await page.locator('dialog').getByLabel(words.password).fill(officer.password);
    await by_role(page.locator('dialog'), 'button', words.log_in).click();
    await page.locator('.thing', { hasText: 'written before the login ended' }).waitFor();
    await context.close();
}

/** Every other page once, and the keys of one letter. */
export async function other_pages(looker, url, officer, language, width) {
    const words = WORDS[language], where = `${language} ${width}`;
    const { context, page } = await looker.open(where, { viewport: { width, height: 900 }, locale: language === 'ja' ? 'ja-JP' : 'en-US' });
    await looker.at((await page.goto(url), page), `${where} login`);
    await log_in(page, url, words, officer.login, officer.password);
    for (const [name, hash] of [['consultations', '#/consultations'], ['cases', '#/cases'], ['organisations', '#/organisations'],
        ['new organisation', '#/organisations/new'], ['search', '#/search?q=%E4%B8%8D%E5%AF%A9'], ['account', '#/account'],
        ['nothing', '#/nowhere'], ['hidden', '#/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV']]) {
        await page.goto(`${url}${hash}`);
        await page.locator('main').waitFor();
        await looker.at(page, `${where} ${name}`);
        const clock = await page.locator('.foot').innerText();
        looker.expect(where, clock.includes('JST') && (await page.locator('.tlp').count()) + (name === 'hidden') > 0, `${name}: no zone or no TLP`);
    }
    await page.goto(`${url}#/cases`);
    await page.locator('main').waitFor();
    await page.locator('h1').focus();
    await page.keyboard.press('/');
    looker.expect(where, await page.locator('#q').evaluate(one => one === document.activeElement), '/ does not lead to the search');
    await page.locator('h1').focus();
    await page.keyboard.press('?');
    await page.locator('dialog').waitFor();
    await looker.at(page, `${where} keys`);
    await page.keyboard.press('Escape');
    await context.close();
}

/** j and k walk over a list, e opens the form; a new organisation goes into the bin and comes back. */
export async function organisation(looker, url, officer) {
    const { context, page } = await looker.open('organisation', { locale: 'ja-JP' });
    await log_in(page, url, WORDS.ja, officer.login, officer.password);
    await page.goto(`${url}#/organisations/new`);
    await page.getByLabel(/^名称・氏名/).fill(`港湾工科大学 ${HOSTILE}`);
    await page.getByLabel(/^よみ/).fill('こうわんこうかだいがく');
    await by_role(page, 'button', '組織を加える').click();
    await page.getByRole('link', { name: '編集する' }).waitFor();
    await looker.at(page, 'organisation');
    const of_organisation = page.url();
    await page.goto(`${url}#/organisations`);
    await page.locator('[data-row] a').first().waitFor();
    await page.locator('h1').focus();
    await page.keyboard.press('j');
    looker.expect('keys', await page.locator('[data-row] a').first().evaluate(one => one === document.activeElement), 'j does not lead to the first line');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '編集する' }).waitFor();
    await page.locator('h1').focus();
    await page.keyboard.press('e');
    await page.getByLabel(/^備考/).fill('備考');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/第2版/).first().waitFor();
    await page.getByRole('link', { name: 'ごみ箱に入れる' }).click();
    await by_role(page, 'button', 'ごみ箱に入れる').waitFor();
    await looker.at(page, 'bin');
    await by_role(page, 'button', 'ごみ箱に入れる').click();
    await by_role(page, 'button', '元に戻す').click();
    await page.waitForURL(of_organisation);
    await by_role(page, 'link', '編集する').waitFor();
    await context.close();
}

/** The second factor is set up, and from then on asked for; a recovery code stands in for the telephone once. */
export async function second_factor(looker, url, officer) {
    const words = WORDS.ja;
    const { context, page } = await looker.open('second factor', { locale: 'ja-JP' });
    await log_in(page, url, words, officer.login, officer.password);
    await page.goto(`${url}#/account`);
    await by_role(page, 'button', '設定を始める').click();
    const secret = await page.locator('#main code').first().innerText();
    await looker.at(page, 'second factor');
    await page.getByLabel(/^確認コード/).fill(totp(secret));
    await by_role(page, 'button', '確認コードを確かめて有効にする').click();
    const recovery = await page.locator('.codes code').first().innerText();
    await by_role(page, 'button', words.leave).click();
    await page.getByLabel(words.login).fill(officer.login);
    await page.getByLabel(words.password).fill(officer.password);
    await by_role(page, 'button', words.log_in).click();
    await page.getByText('二要素認証の確認コードも入れてください。').waitFor();
    await page.getByLabel(/^確認コード/).fill(recovery);
    await by_role(page, 'button', words.log_in).click();
    await by_role(page, 'button', words.leave).waitFor();
    await context.close();
}
