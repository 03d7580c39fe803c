import { useState } from 'preact/hooks';
import { patch } from '../api/client.ts';
import type { Task } from '../api/types.ts';
import { FIELDS } from '../entities.ts';
import { Due, is_past } from '../parts/basics.tsx';
import { Maker } from '../parts/editor.tsx';
import { ProblemText, use_act } from '../parts/load.tsx';
import { me, user_name } from '../session.ts';
import { t } from '../words/index.ts';
import type { Whole } from './case.tsx';

export function Tasks({ whole: { row, tasks }, on_change }: { whole: Whole; on_change: () => void }) {
  const [is_adding, set_adding] = useState(false);
  const { problem, run } = use_act();
  const move = (task: Task, state: Task['state']) => run(async () => {
    await patch('tasks', task.id, task.version, { state });
    on_change();
  });
  const open = tasks.filter(task => task.state === 'open');
  const done = tasks.filter(task => task.state !== 'open');
  return <div>
    {problem && <ProblemText problem={problem}/>}
    {open.length === 0 ? <p class="q">{t.task.none}</p> : <ul class="task">{open.map(task => <li key={task.id} data-row>
      <div>{task.title}
        <small><button type="button" class="btn-q noprint" onClick={() => move(task, 'done')}>{t.task.done}</button>{' '}
          <button type="button" class="btn-q noprint" onClick={() => move(task, 'dropped')}>{t.task.drop}</button></small></div>
      <div class="due"><Due at={task.due_at}/>{is_past(task.due_at) && <small>{t.today.past}</small>}
        <small>{task.owner_id ? user_name(task.owner_id) : t.task.nobody}</small></div>
    </li>)}</ul>}
    {done.length > 0 && <details class="noprint"><summary>{t.task.settled(done.length)}</summary>
      <ul class="task">{done.map(task => <li key={task.id} data-row><div>{task.title}</div>
        <div class="due">{t.codes.task_state[task.state]}{' '}
          <button type="button" class="btn-q" onClick={() => move(task, 'open')}>{t.task.again}</button></div></li>)}</ul>
    </details>}
    <div class="noprint">{is_adding
      ? <Maker plural="tasks" draft_key={row.id} fields={FIELDS.tasks} initial={{}} send={t.task.add}
        fixed={{ case_id: row.id, ...(me ? { owner_id: me.user.id } : {}) }}
        on_made={() => { set_adding(false); on_change(); }}/>
      : row.state === 'open' && <p><button type="button" class="btn-q" onClick={() => set_adding(true)}>
        {t.task.add}</button></p>}</div>
  </div>;
}
