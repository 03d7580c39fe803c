// Round a form: drafts of it that were left are offered before it, and beneath it stands whether what is being written is
// kept. Nothing of this moves the focus or speaks while somebody writes.
import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { KeptDraft } from '../api/views.ts';
import { give_up_draft, standing_of, take_draft } from '../lib/drafts.ts';
import { clock_text, from_instant, moment_text } from '../lib/time.ts';
import { t } from '../words/index.ts';
import { ProblemText, use_act } from './load.tsx';
import { use_offers } from './offers.ts';

/** The form begins anew with what was taken. */
export function WithDraft({ form, children }: { form: string; children: () => ComponentChildren }) {
  const [turn, set_turn] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turn > 0) box.current?.focus();
  }, [turn]);
  const offers = use_offers(form);
  return <div ref={box} tabIndex={-1}>
    {offers.map(offer => <Offer key={offer.key} form={form} offer={offer} on_taken={() => set_turn(turn + 1)}/>)}
    <Fragment key={turn}>{children()}</Fragment>
    <Kept form={form}/>
  </div>;
}

function Offer({ form, offer, on_taken }: { form: string; offer: KeptDraft; on_taken: () => void }) {
  const [is_sure, set_sure] = useState(false);
  const [is_unreadable, set_unreadable] = useState(false);
  const { busy, problem, run } = use_act();
  const at = moment_text(from_instant(offer.updated_at));
  const take = () => run(async () => {
    if (await take_draft(form, offer)) on_taken();
    else set_unreadable(true);
  });
  const give_up = () => run(async () => {
    if (is_sure) await give_up_draft(offer);
    else set_sure(true);
  });
  return <div class="note noprint">
    <p>{t.draft.offer(at)}</p>
    {is_unreadable && <p role="alert">{t.draft.unreadable}</p>}
    {problem && <ProblemText problem={problem}/>}
    <p class="buttons"><button type="button" onClick={take}>{busy ? t.common.waiting : t.draft.take(at)}</button>
      <button type="button" class="btn-q" onClick={give_up}>{is_sure ? t.draft.sure(at) : t.draft.give_up(at)}</button></p>
  </div>;
}

function Kept({ form }: { form: string }) {
  const standing = standing_of(form);
  if (standing === null) return null;
  if (standing.state === 'failed') return <p class="fault noprint" role="status">{t.draft.not_kept}</p>;
  return standing.at === null ? null : <p class="qq noprint">{t.draft.kept(clock_text(standing.at))}</p>;
}
