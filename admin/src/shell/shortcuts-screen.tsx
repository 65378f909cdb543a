import { SHORTCUTS } from '../commands/shortcuts.ts';
import { Keys } from '../design/keys.tsx';
import { Page } from '../design/page.tsx';
import { texts } from '../texts/texts.ts';

const entries = Object.entries(SHORTCUTS) as [keyof typeof SHORTCUTS, string][];

/** All shortcuts, with what they do. */
export function ShortcutsScreen() {
  return (
    <Page title={texts.screens.shortcuts} lead={texts.shell.shortcutsLead} width="text">
      <dl className="divide-y divide-line rounded-lg bg-paper px-4 inset-ring inset-ring-line">
        {entries.map(([id, shortcut]) => (
          <div key={id} className="flex items-center justify-between gap-4 py-2.5">
            <dt>{texts.commands[id]}</dt>
            <dd>
              <Keys shortcut={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
