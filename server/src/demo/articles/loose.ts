import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

/** What fits no section: the only draft, the only scheduled article, and the only one without a category. */
export const loose: readonly DemoArticle[] = [
  {
    slug: 'the-drawer',
    title: 'The Drawer with Everything in It',
    excerpt: 'Every kitchen has one. We could not agree where to file this article, which is rather the point of it.',
    categories: [],
    authors: ['ines-calloway', 'tomasz-wren', 'josephine-brandt'],
    published: { daysAgo: 2, time: '06:10' },
    content: markdown`
      It sticks. You have to lift it a little, and to the left. Inside mine, this morning:

      - a key to nothing
      - the other end of a tape measure
      - eleven rubber bands and the ghost of a twelfth
      - candles, birthday, part-worn
      - a Line 4 ticket, unused, from a day that turned out fine
      - a small brass part, plainly important

      Everything else in the house has been put somewhere on purpose. Only the drawer was never planned. It is
      what’s left when you have finished deciding; and I notice that, when anything goes wrong, it is where we all
      go first.

      We spent an hour of the editorial meeting on where to file this. Under *Tools*, said Tomasz; but which?
      *Mending*, said Joséphine, since that is what it’s all waiting for. Somebody said *The Night Sky*. In the end
      we left it out of every category, where it seems to be quite comfortable.

      If you know what the brass part is for, do write.
    `,
  },
  {
    slug: 'a-reader-writes-about-the-bench',
    title: 'A Reader Writes About the Bench',
    excerpt: 'A letter in reply to our twenty-four hours on Pier 3, from someone who was there first.',
    categories: ['letters', 'city'],
    authors: ['ines-calloway'],
    published: { daysAgo: 1, time: '18:30' },
    content: markdown`
      Dear Editor,

      I read with interest your [twenty-four hours on Pier
      3](https://six-ten.example/articles/twenty-four-hours-of-pier-3), and must point out that you have the bench
      wrong.

      You write as if it had always been there. It has not. It was put there in 1962 by my late husband, who worked
      for the port and was told to deliver it to the Customs House. He was walking me home that evening. I remarked
      that it was a pity that there was nowhere to sit.

      The Customs House wrote about their bench for several years.

      I don’t ask for a correction. I see that you haven’t made any so far, and I should not like to be the first. I
      only thought that someone ought to know, for when it needs painting. It is meant to be green.

      Also, the loaf. I have been taking the loaf. I had assumed that it was for me.

      Yours faithfully,

      E. Aldous (Mrs), mother-in-law of the one who runs

      *It is for you. — Ed.*
    `,
  },
  {
    slug: 'next-weeks-weather',
    title: 'Next Week’s Weather, As Far As We Know',
    excerpt: 'Written a week before you read it, by someone who has always refused to forecast anything.',
    categories: ['science', 'sea', 'letters'],
    authors: ['maud-okafor'],
    published: { daysFromNow: 7, time: '08:00' },
    content: markdown`
      I am writing this a week ago. It’s raining here; I can’t speak for where you are.

      For years, readers have asked me about the weather, and I have answered about the tide, because the tide has
      manners. I can tell you when it will be high on any afternoon of the next century. The pull of the Moon
      doesn’t depend on what a puff of wind did over Iceland. Next week’s rain does.

      That is the whole trouble. The atmosphere obeys laws as strict as the Moon’s, but it is ticklish: two skies
      that today differ by less than anyone can measure will, in a fortnight or so, have nothing in common. A
      forecast for tomorrow is very good. A forecast for a week from now is a respectable guess. Beyond two weeks
      you would do as well to look up what usually happens.

      So here, for once, is mine, sealed on the day of writing:

      > Some cloud. A spell of brightness about the middle of the day. Somewhere, a person without a coat.

      If I’m wrong, there is a category for it. It’s empty, and I’d be honoured.
    `,
  },
  {
    slug: 'untitled-piece-about-soup',
    title: 'Untitled Piece About Soup (Do Not Publish)',
    excerpt: 'TO DO: excerpt. Something about patience? Ask Tomasz what the soup was.',
    categories: ['food', 'ferries'],
    authors: ['ines-calloway'],
    published: null,
    content: markdown`
      There are two kinds of soup: those that you make, and those that you keep.

      *(Good. Keep this. Or is it glib? Ask Joséphine.)*

      The one in the crew mess of the *Margarethe* has been on the stove since, by most accounts, a Thursday. It’s
      added to and never emptied. The night shift leaves it for the day shift with a note of what went in. I have
      seen some of these notes:

      - “Leeks.”
      - “More leeks. Sorry.”
      - “Bone from Sunday. Whose?”
      - “It’s GOOD now. Nobody touch it.”
      - “I touched it. – P.”

      A soup of this kind can’t be said to have a recipe. It has a history.

      *(Check with the harbour health people before printing. Actually, perhaps don’t check.)*

      ## To do

      1. Ending.
      2. Ask Piet whether the cat is allowed in this one.
      3. A title. *The Soup That Waits? Stock and Flow? Perpetual Leeks?*
    `,
  },
];
