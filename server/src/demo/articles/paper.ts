import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const paper: readonly DemoArticle[] = [
  {
    slug: 'with-the-grain',
    title: 'With the Grain',
    excerpt: 'Every sheet of paper has a direction, and will tell you which, if you tear it politely.',
    categories: ['paper', 'craft'],
    authors: ['yuki-harada'],
    published: { daysAgo: 333, time: '06:10' },
    content: markdown`
      Take this page and tear it from top to bottom. Now tear it from side to side. One tear ran straight; the other
      wandered off like a dog. (You may buy another copy on your way out.)

      Paper is made on a moving belt, and as the pulp drains, more of the fibres come to lie along the belt than
      across it. That’s the grain. A sheet folds sweetly with it, and cracks against it. When the air is damp,
      fibres swell in width far more than in length, so that a sheet grows *across* the grain, and hardly at all
      along it.

      Hence the first rule of the bindery: **the grain runs parallel to the spine.** Break it, and the book will
      never lie open, its pages will ripple at the gutter, and its covers will curl up like a stale sandwich.

      Three ways to find it, from the rudest to the kindest:

      1. tear it;
      2. wet one edge, and see whether it waves;
      3. bend the sheet over on itself, without a crease, and press with your palm. One way pushes back.

      I do the third all day. It’s the nearest thing I know to shaking hands.
    `,
  },
  {
    slug: 'upper-case-lower-case',
    title: 'Upper Case, Lower Case',
    excerpt: 'Where your capital letters used to live, and why the box for the e is the size of a soap dish.',
    categories: ['paper', 'workshop-tools'],
    authors: ['yuki-harada', 'ines-calloway'],
    published: { daysAgo: 152, time: '06:10' },
    content: markdown`
      A compositor stood before two wooden trays, one propped up above the other. The upper case held the capitals.
      The lower case held everything else. That is all there is to it; we’ve been saying where the drawers were ever
      since.

      In the upper case the letters go in order, more or less. In the lower, they don’t, because nobody ever set a
      text in alphabetical order. The boxes are as large as the letters are common, and those wanted most lie
      nearest the hand:

      - **e** in the middle, the size of a soap dish
      - **t**, **n**, **i**, **o**, **s**, **a** around it, like family
      - **z**, **x**, **q** and **j** along the edge, where one can visit them

      You learn it with your fingers, in about a month. Yuki can no longer *tell* anyone where the h is. She has to
      pretend to pick one up.

      The type is read upside down, from left to right, and p, q, b and d are all one another in some light. Every
      printer has published a *qublic* notice.

      We keep ours framed, by the door. It was for the council.
    `,
  },
  {
    slug: 'washi-to-ame-no-hi',
    title: '和紙と雨の日 ☔',
    excerpt: '雨の日、和紙はほんの少し伸びる。印刷機は文句を言い、わたしはお茶をいれる。',
    categories: ['paper', 'letters', 'craft'],
    authors: ['yuki-harada'],
    published: { daysAgo: 71, time: '06:10' },
    content: markdown`
      雨の日、和紙はほんの少し伸びる。目には見えない。けれども二色刷りの二色めを重ねるとき、髪の毛一本ぶん、ずれる。

      機械の紙には向きがあり、湿気を吸うと一方にだけ広がる。手漉きの和紙は、漉き手が簀を縦にも横にも揺するので、繊維がたがいに絡みあい、どちらへもわずかに伸びる。伸びかたまで穏やかなのだ。

      港町は雨が多い。こちらへ来たばかりのころ、わたしは窓を閉め、火を焚き、湿度計をにらんでいた。ある日、組合の老いた印刷工がそれを見て笑った。

      > 紙を部屋に合わせるんじゃない。部屋が紙に合うまで、待つんだ。

      それからは、刷る前の晩に紙を一枚ずつ広げて、部屋に吊しておくことにしている。ひと晩かけて、紙は天気を覚える。

      - 晴れた日は、朝から刷る。
      - 曇りの日は、昼から刷る。
      - 雨の日は、お茶をいれて、手紙を書く。

      今日は、手紙を書いている。
    `,
  },
  {
    slug: 'five-holes-and-a-thread',
    title: 'Five Holes and a Thread',
    excerpt: 'The whole of bookbinding, or enough of it to be going on with, in one crossing of the harbour.',
    categories: ['paper', 'mending', 'craft'],
    authors: ['yuki-harada'],
    published: { daysAgo: 45, time: '06:10' },
    content: markdown`
      You need eight sheets of paper, a thicker one for the cover, a needle, a metre of linen thread and something
      to make holes with. It has been done with an oyster knife.

      Fold the sheets together, with the grain, and the cover round them. Open the bundle at the middle and pierce
      five holes down the fold: one at the centre, one near each end, and one in each gap. Call them **1** to **5**,
      from the top.

      ## The way of the thread

      ~~~text
      start     inside, out through 3; leave a tail as long as your hand
      outside   3 → 2
      inside    2 → 1
      outside   1 → 2    the same hole again
      inside    2 → 4    a long step: past 3, not through it
      outside   4 → 5
      inside    5 → 4    the same hole again
      outside   4 → 3    and home
      ~~~

      Both ends are now on the inside, at the centre. Bring one to either side of the long stitch, pull along the
      fold (never straight up, or the paper will tear), and knot them over it.

      That’s a pamphlet. It lies open, it can be mended by anybody who can count to five, and nothing in it will go
      out of date. I have one from 1790 that someone sewed in just this way, with the same mistake at hole 4 that
      you’re about to make.
    `,
  },
  {
    slug: 'sharp',
    title: 'Sharp',
    excerpt: 'There are two categories called Tools in this magazine. This is the only article in both.',
    categories: ['workshop-tools', 'kitchen-tools'],
    authors: ['tomasz-wren', 'yuki-harada'],
    published: { daysAgo: 20, time: '06:10' },
    content: markdown`
      A baker and a printer share a stone. It sits in a tray of water on the stairs between our two floors, and
      whoever uses it last wipes it down. There have been words.

      Sharpness is very simple. Two flat surfaces meet in a line, and the line has no width. Everything else is a
      way of getting there.

      1. **Soak** the stone, until it stops fizzing.
      2. **Find the angle.** For a kitchen knife, two coins under the spine. For a chisel, rock it until the bevel
         sits down; you will feel it sit.
      3. **Stroke** one side on the coarse stone until you can feel a burr, along the whole of the *other* side. Not
         most of it. This is the step that people skip, and then they blame the stone.
      4. **Turn over,** and do the same.
      5. **Fine stone,** lighter, fewer, lighter still.
      6. **Test.** On paper (Yuki) or on a tomato (Tomasz). Never on a thumb.

      A sharp knife is safer than a blunt one, as everybody says, and everybody then cuts themselves on the first
      evening, because they still press. Don’t press. It isn’t that knife any more.
    `,
  },
  {
    slug: 'a-spoon-by-thursday',
    title: 'A Spoon by Thursday',
    excerpt: 'One storm, one fallen birch, six beginners, and a quantity of soup to be eaten with the results.',
    categories: ['craft', 'workshop-tools', 'food'],
    authors: ['piet-lindqvist', 'yuki-harada'],
    published: { daysAgo: 3, time: '06:10' },
    content: markdown`
      The birch came down across the chandler’s yard on Sunday. By Monday there was a notice on it: *SPOONS. Bring a
      knife. Bring plasters.*

      You carve a spoon while the wood is still wet. Green birch cuts like cold butter; a month later, it cuts like
      the table. First split a billet, and never saw it, so that the grain runs the whole length of the handle.
      Rough out the shape with a small axe. Then the straight knife, then the hooked one for the bowl, always across
      the grain, and always knowing where your other thumb is.

      **Monday:** six logs.

      **Tuesday:** six things that were certainly not logs.

      **Wednesday:** five spoons and one fork. The owner of the fork says that it was always going to be a fork.

      **Thursday:** they had been drying in paper bags, with their own shavings, so as not to crack. We rubbed them
      with linseed oil, and had leek and potato, out on the stump.

      Mine dribbles, to port. I’ve eaten with better spoons every day of my life, and could not describe to you a
      single one.
    `,
  },
];
