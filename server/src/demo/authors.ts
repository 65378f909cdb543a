import type { DemoAuthor } from './publication.ts';

export const authors: readonly DemoAuthor[] = [
  {
    slug: 'ines-calloway',
    name: 'Inês Calloway',
    bio: 'Founded The Six-Ten on the back of a ferry timetable and still edits it there. Takes her coffee standing.',
    email: 'ines@six-ten.example.org',
  },
  {
    slug: 'tomasz-wren',
    name: 'Tomasz Wren',
    bio: 'Bakes on Chandler Street from three in the morning, and writes once the ovens are off. Asleep by eight.',
    email: 'tomasz@six-ten.example.org',
  },
  {
    slug: 'maud-okafor',
    name: 'Maud Okafor',
    bio: 'Oceanographer and keeper of the Pier 3 tide gauge. Answers every reader’s question except “will it rain?”',
    email: 'maud@six-ten.example.org',
  },
  {
    slug: 'yuki-harada',
    name: 'Yuki Harada 原田由紀',
    bio: 'Prints the magazine on a press older than any of us. Came from Kyoto for a fortnight, eleven years ago.',
  },
  {
    slug: 'josephine-brandt',
    name: 'Joséphine Brandt',
    bio: 'Born in Strasbourg between two languages, and writes for us in both, depending on the pastry.',
    email: 'josephine@six-ten.example.org',
  },
  {
    slug: 'piet-lindqvist',
    name: 'Piet Lindqvist',
    bio: 'Deckhand on the Margarethe. Knits seven minutes at a time.',
  },
];
