import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const sea: readonly DemoArticle[] = [
  {
    slug: 'low-water-on-the-gauge',
    title: 'Low Water',
    excerpt: 'A hundred and forty years of the harbour going up and down, written by a float, a wire and a pen.',
    categories: ['tides', 'science'],
    authors: ['maud-okafor'],
    published: { daysAgo: 340, time: '06:10' },
    content: markdown`
      At the end of Pier 3 there is a hut the size of a confessional. Inside is a well that goes down to the sea; in
      the well, a float; from the float, a wire, over a wheel, to a pen. The pen draws one line. It’s been drawing
      it since 1884.

      The well is a filter. It lets the water in through a hole no wider than a fist, so that waves, which come and
      go in seconds, never get a chance to be heard. What is left is slow: twice a day up, twice a day down, a long
      breath.

      Yes, there’s an electronic gauge too. It sits a metre away, is better in every respect, and has gone wrong
      four times in ten years. The float has gone wrong once. (Crab.)

      ## What the line says

      Look at one day and you see the Moon. Look at a month and you see the Moon and the Sun, in step and out of
      step. Look at a year and you see the weather, leaning on the water.

      And if you lay out the whole hundred and forty years, on the floor of the gymnasium, as we did once, you can
      see that the line slopes. From one end to the other it’s about the span of a hand. We are at the high end.
    `,
  },
  {
    slug: 'why-twice-a-day',
    title: 'Why Twice a Day?',
    excerpt: 'There is one Moon, and it passes overhead once a day. So who ordered the second tide?',
    categories: ['tides', 'science', 'night-sky'],
    authors: ['maud-okafor'],
    published: { daysAgo: 132, time: '06:10' },
    content: markdown`
      A reader of nine writes: *If the Moon pulls the sea up, why is there a high tide when the Moon is on the other
      side?* It’s the best question that we have had all year. It was in green crayon.

      The Moon pulls on everything: the sea beneath it, the Earth in the middle, and the sea at the back. But it
      pulls hardest on what is nearest. So the near sea is drawn a little ahead of the Earth, and the Earth is drawn
      a little ahead of the far sea. Stretch something in that way and it gets longer at **both** ends.

      What raises a tide isn’t the pull, then. It is the *difference* in the pull, from one side of us to the other.

      Two ends, one turn a day: two tides. And since the Moon has itself moved on by the time you come round again,
      the whole thing takes not twenty-four hours but twenty-four and fifty minutes. That is why tomorrow’s is
      later.

      Now the honest part. That would be the whole story on a planet without land. On this one the water runs into
      things. It sloshes and echoes and arrives late, and some places get only one tide a day.

      We get two. You asked for the reason; we were also lucky.
    `,
  },
  {
    slug: 'springs-and-neaps',
    title: 'Springs and Neaps',
    excerpt:
      'Spring tides have nothing to do with spring. The Sun has a say as well, and twice a month it gets a vote.',
    categories: ['tides', 'night-sky'],
    authors: ['maud-okafor', 'piet-lindqvist'],
    published: { daysAgo: 131, time: '06:10' },
    content: markdown`
      Yesterday’s question about the Moon brought eleven more by the evening boat, of which nine were “And what
      about the Sun?”

      The Sun raises tides too. It is vastly heavier than the Moon and vastly farther off, and what counts here is
      mainly the second: its tide comes out a little under half as strong.

      - At **new and full Moon** the three of us stand in a line. The two tides add up. High is very high, low is
        very low: *springs*.
      - At **half Moon** they pull at right angles, and each fills in the other’s hollows: *neaps*.

      It isn’t quite on the day. Here the biggest tides come about two days after the full Moon, the ocean being a
      large thing that takes a while to be persuaded.

      How to remember it, from Piet, who has to get a gangway down in either case:

      > Springs, the ramp’s steep, and the old ladies take my arm. Neaps, the ramp’s flat, and they don’t. I look
      > at the Moon to see if I should shave.
    `,
  },
  {
    slug: 'the-night-the-wake-glowed',
    title: 'The Night the Wake Glowed',
    excerpt: 'The 23:30 crossed a black harbour and left a line of blue fire behind it. Nobody went home.',
    categories: ['sea', 'night-sky', 'ferries', 'science'],
    authors: ['piet-lindqvist', 'maud-okafor'],
    published: { daysAgo: 105, time: '09:00' },
    content: markdown`
      I saw it first because I was the one looking backwards. It had been hot for a week and dead calm, no Moon. I
      threw off the stern line, it fell in the water, and the water *lit*.

      By mid-harbour we had forty people at the rail and a wake like a street at night. The captain put the wheel
      over, which she never does, and drew a circle. Someone’s grandfather took off his shoe and trailed it from the
      boarding step, laughing like a drain. Fish went off under us like slow fireworks.

      We were nineteen minutes late. No complaints were received.

      *Maud adds:* The likeliest culprit is *Noctiluca*, the sea sparkle, a single cell about as big as a full stop.
      When it is jostled it makes a flash of blue, a tenth of a second long. Why is less certain. One idea is that
      it startles whatever has come to eat it; another, that it lights up the eater for something larger. It’s a
      burglar alarm, in other words, and four hundred tonnes of ferry had just come in by the window.

      By day, the same bloom looks like tomato soup. You can’t have everything.
    `,
  },
  {
    slug: 'how-to-read-a-tide-table',
    title: 'How to Read the Tide Table on Your Fridge',
    excerpt: 'It came free from the chandler, and has four numbers for each day. You can get the rest in your head.',
    categories: ['tides', 'sea', 'ferries'],
    authors: ['maud-okafor'],
    published: { daysAgo: 47, time: '06:10' },
    content: markdown`
      The table gives you two high waters and two low ones, with a time and a height for each. Heights are counted
      from *chart datum*, which is about as low as the sea ever goes here. So the depth on the chart, plus the
      height in the table, is what you will have under you.

      But what about in between? The tide doesn’t rise steadily. It starts slowly, hurries in the middle, and slows
      again, like somebody crossing a room to look at a cake. Divide the time from low to high into six parts, and
      the rise into twelve:

      ~~~text
      1st hour    1 twelfth
      2nd hour    2
      3rd hour    3
      4th hour    3
      5th hour    2
      6th hour    1
      ~~~

      So half of the whole rise comes in the third and fourth hours. This is when sandcastles go, and cars.

      It is only a rule of thumb, and it is a poor one wherever the coast is complicated. For a boat, use the proper
      curves. For a picnic, use the twelfths, and sit one row of rocks higher than they tell you.
    `,
  },
  {
    slug: 'a-forest-you-can-fold',
    title: 'A Forest You Can Fold',
    excerpt: 'Kelp is neither a plant nor a weed. It is, on the other hand, an excellent soup.',
    categories: ['sea', 'food', 'preserving', 'science'],
    authors: ['yuki-harada', 'maud-okafor'],
    published: { daysAgo: 16, time: '06:10' },
    content: markdown`
      At the lowest springs, below the lighthouse, you can walk in among it in boots: brown straps as long as a
      person, ruffled at the edge like the hem of a good curtain, lying over one another and dripping.

      *Maud:* It has no roots. That knot at the bottom only holds on. Nor is it a plant, strictly; it is a brown
      alga, and a closer cousin of the dust-sized diatoms than of any tree. It behaves like a forest all the same.
      Count the lodgers on one stalk, and you will still be there when the tide comes in. Please don’t be.

      *Yuki:* In Kyoto this was simply Tuesday. My grandmother wiped a piece of *kombu* with a cloth, never washed
      it, left it in cold water overnight, and warmed it in the morning until the first small bubbles. Then out it
      came. If you boil it, it sulks.

      The sugar kelp here is thinner, and sweeter. I cut a few blades (above the knot, so that they grow back), hung
      them in the press room among the proofs, and folded them away when they were crisp.

      For a month the whole building smelled of low tide and ink. There were soups.
    `,
  },
];
