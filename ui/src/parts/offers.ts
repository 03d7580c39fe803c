import { useEffect, useReducer } from 'preact/hooks';
import type { KeptDraft } from '../api/views.ts';
import { look_for_drafts, offers_of, on_drafts } from '../lib/drafts.ts';

/** Drafts of a form that the server has and nobody goes on with yet. */
export function use_offers(form: string): KeptDraft[] {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const stop = on_drafts(() => redraw(0));
    void look_for_drafts();
    return stop;
  }, [form]);
  return offers_of(form);
}
