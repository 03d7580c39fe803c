// Names of things that a page knows by their id.
import { get } from '../api/client.ts';
import type { Case, Organisation, Ulid } from '../api/types.ts';
import { href } from '../lib/router.ts';
import { t } from '../words/index.ts';
import { use_load } from './load.tsx';

export function OrganisationName({ id }: { id: Ulid }) {
  const found = use_load<Organisation>(() => get('organisations', id), [id]);
  return <a href={href(['organisations', id])}>{found.state === 'ready' ? found.value.name
    : found.state === 'failed' ? t.common.not_shown : t.common.waiting}</a>;
}
export function CaseName({ id }: { id: Ulid }) {
  const found = use_load<Case>(() => get('cases', id), [id]);
  return <a href={href(['cases', id])}>{found.state === 'ready' ? `${found.value.number} ${found.value.title}`
    : found.state === 'failed' ? t.common.not_shown : t.common.waiting}</a>;
}
