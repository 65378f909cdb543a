import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Page } from '../../design/page.tsx';
import { formatTime } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';
import type { Choice, Deciding } from '../saving/deciding.ts';
import { type FieldName, merge, withFields } from '../saving/fields.ts';
import { mergeTexts } from '../saving/merge-text.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { revisionsQuery } from '../writing.queries.ts';
import { ConflictField } from './conflict-field.tsx';
import { useFieldText } from './use-field-text.ts';

/** Somebody else has saved the article meanwhile. Nothing is written before every field is decided. */
export default function ConflictPage({ writer }: { writer: Writer }) {
  const { stored, mine, conflict } = useWriterState(writer, (state) => state);
  const theirs = conflict?.theirs;
  const names = conflict?.names ?? [];
  const base = stored.fields;
  // Kept with each change, as what is typed elsewhere is: the page may be closed in the next moment.
  const [{ choices, content }, setDeciding] = useState<Omit<Deciding, 'theirs'>>(() => {
    const { deciding } = writer.autosave;
    const before = deciding?.theirs.fields ?? base;
    return {
      choices: deciding?.choices ?? {},
      content: mergeTexts(before.content, deciding?.content ?? mine.content, theirs?.fields.content ?? ''),
    };
  });
  const textOf = useFieldText(mine, theirs?.fields ?? mine);
  const target = theirs?.target;
  const articleId = target && target.kind !== 'new' ? target.id : 0;
  const { data: revisions } = useQuery({
    ...revisionsQuery(articleId, writer.opened?.article.version ?? 0),
    enabled: target?.kind === 'article',
  });
  if (!theirs) return null;

  const ponder = (part: Partial<Deciding>) => {
    const next = { choices, content, ...part };
    setDeciding(next);
    writer.autosave.ponder({ theirs, ...next });
  };
  const choiceOf = (name: FieldName): Choice => choices[name] ?? (canJoin(name) ? 'both' : 'mine');
  const decide = () => {
    const { fields } = merge(base, mine, theirs.fields);
    let decided = withFields(
      fields,
      theirs.fields,
      names.filter((name) => choiceOf(name) === 'theirs'),
    );
    for (const name of names.filter((each) => choiceOf(each) === 'both')) {
      if (name === 'content') decided = { ...decided, content };
      else if (name === 'categoryIds' || name === 'authorIds') {
        decided = { ...decided, [name]: [...new Set([...mine[name], ...theirs.fields[name]])] };
      }
    }
    writer.autosave.decide(decided);
  };
  const by = revisions?.[0]?.by;
  const who = by && !('command' in by) ? by.name : null;
  return (
    <Page title={texts.writing.conflict} lead={texts.writing.conflictLead} width="list">
      <div className="flex flex-col gap-4">
        {names.map((name) => (
          <ConflictField
            key={name}
            label={texts.writing.fields[name]}
            choices={canJoin(name) ? ['mine', 'theirs', 'both'] : ['mine', 'theirs']}
            choice={choiceOf(name)}
            versions={{ mine: textOf(name, mine), theirs: textOf(name, theirs.fields) }}
            names={{
              mine: texts.writing.yours,
              theirs: texts.writing.theirs(who ?? null, formatTime(new Date(theirs.at))),
            }}
            onChoose={(choice) => ponder({ choices: { ...choices, [name]: choice } })}
            {...(name === 'content' && { joined: content, onJoined: (joined) => ponder({ content: joined }) })}
          />
        ))}
      </div>
      <div className="sticky bottom-0 mt-6 flex justify-end border-t border-line bg-desk py-3">
        <Button look="primary" onClick={decide}>
          {texts.writing.goOn}
        </Button>
      </div>
    </Page>
  );
}

const canJoin = (name: FieldName) => name === 'content' || name === 'categoryIds' || name === 'authorIds';
