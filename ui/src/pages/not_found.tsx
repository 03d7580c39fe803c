import { PageHead } from '../parts/basics.tsx';
import { t } from '../words/index.ts';

export function NotFoundPage() {
  return <><PageHead title={t.not_found.title}/><p>{t.not_found.text}</p>
    <p><a href="#/today">{t.frame.pages.today}</a></p></>;
}
