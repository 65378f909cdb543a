import { KEYS_OF_PLACES, SHORTCUTS, TEXT_SHORTCUTS } from '../commands/shortcuts.ts';
import { Keys } from '../design/keys.tsx';
import { Page, Section } from '../design/page.tsx';
import { texts } from '../texts/texts.ts';

const { blocks } = texts.writing;
const { places, keys } = texts.shell;

/** All shortcuts, with what they do. */
export function ShortcutsScreen() {
  return (
    <Page title={texts.screens.shortcuts} width="text">
      <Shortcuts title={places.everywhere} lead={texts.shell.shortcutsLead} of={SHORTCUTS} names={texts.commands} />
      <Shortcuts
        title={places.text}
        of={{ ...TEXT_SHORTCUTS, ...KEYS_OF_PLACES.text }}
        names={{ ...blocks, ...keys.text }}
      />
      <Shortcuts title={places.list} of={KEYS_OF_PLACES.list} names={keys.list} />
      <Shortcuts title={places.tree} of={KEYS_OF_PLACES.tree} names={keys.tree} />
    </Page>
  );
}

interface ShortcutsProps<Name extends string> {
  title: string;
  lead?: string;
  of: Partial<Record<Name, string>>;
  names: Readonly<Record<Name, string>>;
}

function Shortcuts<Name extends string>({ title, lead, of, names }: ShortcutsProps<Name>) {
  const entries = Object.entries(of) as [Name, string][];
  return (
    <Section title={title} lead={lead}>
      <dl className="divide-y divide-line rounded-lg bg-paper px-4 inset-ring inset-ring-line">
        {entries.map(([name, shortcut]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-2.5">
            <dt>{names[name]}</dt>
            <dd>
              <Keys shortcut={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
