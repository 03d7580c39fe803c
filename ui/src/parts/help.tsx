import { useEffect, useRef } from 'preact/hooks';
import { t } from '../words/index.ts';

export function HelpDialog({ on_close }: { on_close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => { dialog.current?.showModal(); }, []);
  return <dialog ref={dialog} aria-labelledby="help" onClose={on_close}>
    <h2 id="help">{t.keys.title}</h2>
    <dl class="keys">
      {([['/', t.keys.search], ['j', t.keys.next], ['k', t.keys.previous], ['e', t.keys.edit],
        ['Ctrl + Enter', t.keys.send], ['?', t.keys.help]] as const).map(([key, what]) =>
        <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
    </dl>
    <p class="qq">{t.keys.off}</p>
    <p class="buttons"><button type="button" onClick={() => dialog.current?.close()}>{t.common.close}</button></p>
  </dialog>;
}
