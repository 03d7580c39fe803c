// What an officer does on the pages, by labels and keys only: what cannot be found by its label cannot be used by
// everybody either.

/** Words by which the pages are found, in both languages. */
export const WORDS = {
    ja: {
        login: 'ログイン名', password: /^パスワード 必須/, log_in: 'ログインする', take_in: '相談を受け付ける', contact: /^連絡先 必須/,
        memo: /^メールや電話のメモ/, summary: /^概要/, organisation: /^組織名/, check: '内容を確かめる', send: '受け付ける',
        purpose: '被害の疑い', take_up: '対応を始める', make_case: '事案にする', rescue: 'レスキュー支援を始める',
        propose: '提案として記録する', begin: '支援を始める', visit: 'オンサイト支援を予定する', planned: /^予定/, began: /^始めた日時/,
        done: '実施した', end_rescue: '支援を終える', reason: /^理由/, close: '事案を終了する', none_kept: '預かった証拠はない',
        last_note: /^最後の記録/, closed: '終了', figures: '集計', leave: 'ログアウト', note: '覚え書きを加える', body: /^本文/,
        save_note: '覚え書きを保存する', write_on: '書き足す', save: '保存する', saved: /保存済み .*第2版/, clash: 'ほかの人も書いていました',
        clash_save: 'この内容で保存する', other: 'English', show: '表示', phone: '電話', mend: '次の項目を直してください',
        required: '記入してください', memo_phone: '電話 03-0000-0000 を連絡先にする', again: 'もう一度ログインしてください',
        not_asked: 'まだ尋ねていない', who: /^だれからか/, who_found: /件あります/, before: /前にも相談に来ています/,
        not_before: /見られる範囲にはまだありません/, kept: /書きかけは .* にサーバに残しました/, offer: /送っていない書きかけがあります/,
        left: '送っていない相談の書きかけがあります', go_on: /の続きを書く$/, give_up: /の書きかけを捨てる$/, give_up_surely: /本当に捨てる$/,
    },
    en: {
        login: 'Login name', password: /^Password required/, log_in: 'Log in', take_in: 'Take in a consultation',
        contact: /^Contact required/, memo: /^Mail or phone memo/, summary: /^Summary/, organisation: /^Organisation \(as/,
        check: 'Check the answers', send: 'Take it in', purpose: 'suspected victim', take_up: 'Take it up',
        make_case: 'Make it a case', rescue: 'Begin rescue support', propose: 'Record as proposed', begin: 'Begin',
        visit: 'Plan on-site support', planned: /^Planned for/, began: /^Began at/, done: 'It was done', end_rescue: 'End',
        reason: /^Reason/, close: 'Close the case', none_kept: 'no evidence was taken', last_note: /^Last note/,
        closed: 'closed', figures: 'Figures', leave: 'Log out', note: 'Add a note', body: /^Text/, save_note: 'Save the note',
        write_on: 'Write on', save: 'Save', saved: /Saved .*version 2/, clash: 'Somebody else was writing too',
        clash_save: 'Save this', other: '日本語', show: 'Show', phone: 'phone', mend: 'Please mend these',
        required: 'please fill this in', memo_phone: 'Take phone 03-0000-0000 as the contact', again: 'Please log in again',
        not_asked: 'not asked yet',
    },
};

export const by_role = (page, role, name) => page.getByRole(role, { name, exact: typeof name === 'string' });

/** The pages speak a user's own language until they choose another one. */
export async function log_in(page, url, words, login, password) {
    await page.goto(url);
    await page.getByLabel(words.login).fill(login);
    await page.getByLabel(words.password).fill(password);
    await by_role(page, 'button', words.log_in).click();
    const language = words === WORDS.ja ? 'ja' : 'en';
    await page.locator('.me').waitFor();
    const other = page.locator(`.me button[lang=${language}]`);
    if ((await other.count()) > 0) await other.click();
    await by_role(page, 'button', words.leave).waitFor();
}

/** Focus on something by Tab alone; false when it cannot be reached. */
export async function tab_to(page, target, most = 250) {
    for (let presses = 0; presses < most; ++presses) {
        if (await target.evaluate(one => one === document.activeElement)) return true;
        await page.keyboard.press('Tab');
    }
    return false;
}
