import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const sky: readonly DemoArticle[] = [
  {
    slug: 'terns-never-take-the-ferry',
    title: 'Terns, Which Never Take the Ferry',
    excerpt: 'A bird that weighs less than this magazine commutes between the ends of the Earth.',
    categories: ['birds', 'sea'],
    authors: ['maud-okafor'],
    published: { daysAgo: 355, time: '06:10' },
    content: markdown`
      The terns come in over Farside in the first week of May, always from the same quarter and always shouting,
      like people who have had a terrible journey and would like you to ask.

      You should ask. The Arctic tern nests here, and farther north; then it goes to the edge of the Antarctic ice
      for the other summer; then it comes back. Birds fitted with trackers hardly heavier than a paper clip turned
      out to fly some **seventy thousand kilometres** a year. They don’t even go straight. They wander down one side
      of the Atlantic or the other, following the wind, stopping halfway for a month of fishing.

      It weighs about a hundred grams. It may live for thirty years. Multiply it out, and an old tern has been to
      the Moon and back *nearly three times*, in order to sit on our shingle and be rude to dogs.

      No other creature sees as much daylight. They have arranged their lives so that it is always summer.

      The 6:10 takes eleven minutes. The terns go over it as though it were a rock.
    `,
  },
  {
    slug: 'swifts-on-chandler-street',
    title: 'Swifts on Chandler Street',
    excerpt:
      'They sleep in the air, they hate to land, and they have had the flat above the bakery since before the lease.',
    categories: ['birds', 'city'],
    authors: ['tomasz-wren'],
    published: { daysAgo: 310, time: '06:10' },
    content: markdown`
      I know three dates by heart: my mother’s birthday, the end of the lease, and the day that the swifts arrive.

      They live under the eaves above the bakery, in a gap that you couldn’t post a book through. For nine months I
      forget them. Then, one morning in May, as I am putting out the chairs, there is a scream overhead like a wet
      finger on glass, and six black sickles go down the street at the height of the washing.

      A swift does almost everything in the air. It eats there, drinks there, gathers its bedding there, and, as far
      as anyone can tell, sleeps there, up where the air is quiet, in naps. One that leaves the nest may not touch
      anything solid again for two or three years. Think about that while your shoes hurt.

      By the middle of August they are gone, all in the same week, without fuss. I always notice a day late. I look
      up because of a noise, and the noise is that there isn’t one.

      If you must mend your roof, mend it in winter. And leave the gap.
    `,
  },
  {
    slug: 'moewen-im-strassenbahndepot',
    title: 'Möwen im Straßenbahndepot',
    excerpt: 'Auf Gleis 7 brüten Möwen. Seither fährt die Linie 2 über Gleis 8, und niemand hat es angeordnet.',
    categories: ['birds', 'trams'],
    authors: ['josephine-brandt'],
    published: { daysAgo: 93, time: '06:10' },
    content: markdown`
      Es begann mit einem Zweig. Dann lagen da drei Zweige, ein Handschuh und ein halber Fahrplan, und eines Morgens
      saß auf Gleis 7, genau zwischen den Schienen, eine Silbermöwe und sah den Fahrdienstleiter an.

      „Man kann ja nicht einfach drüberfahren“, sagt Herr Vogelsang, der wirklich so heißt. Er hat dann ein Schild
      gemalt:

      > Gleis 7 vorübergehend besetzt. Grund: Familie.

      Seitdem rückt die Linie 2 über Gleis 8 aus. Angeordnet hat das niemand; es stand einfach eines Tages so im
      Dienstplan, in einer Handschrift, die keiner kennen will.

      Die Küken sind grau gepunktet und zu dritt. Sie laufen hinter den Wagenwäschern her und haben gelernt, dass es
      um vier Uhr Brot gibt, obwohl es um vier Uhr natürlich kein Brot gibt, denn das ist verboten.

      In sechs Wochen sind sie flügge. Dann wird das Schild abgehängt und ins Büro gestellt, zu den Schildern der
      letzten vier Jahre.
    `,
  },
  {
    slug: 'the-moon-is-not-bigger-tonight',
    title: 'The Moon Is Not Bigger Tonight',
    excerpt: 'It only looks it, and nobody is entirely sure why. Bring a pea.',
    categories: ['night-sky', 'science'],
    authors: ['maud-okafor'],
    published: { daysAgo: 56, time: '20:30' },
    content: markdown`
      You come out of the last boat and there it is, sitting on the roofs of Farside, enormous, the colour of a
      peach. People stop on the gangway. Three hours later it’s overhead, small and white, and nobody looks.

      It is the same size. You can prove this with a pea.

      1. When the Moon has just risen, hold the pea at arm’s length, with one eye shut. It covers the Moon.
      2. Go and have supper.
      3. Do it again. It covers the Moon, by just as much.

      In fact, the low Moon is a shade *smaller*: when it is overhead you are nearer to it by about the radius of
      the Earth, some one and a half per cent.

      So the growing is done by us, somewhere behind the eyes, and people have been arguing about how for two
      thousand years. Roofs and trees play a part. So, perhaps, does our notion of the sky as a low ceiling, on
      which whatever is near the horizon must be a long way off, and hence must be large.

      Should you wish to break the spell, bend over and look at it between your knees. Many people find that it
      shrinks. All of them look better for it.
    `,
  },
  {
    slug: 'a-gulls-guide-to-the-chip',
    title: 'A Gull’s Guide to the Chip 🍟',
    excerpt: 'What the herring gull knows about you, and the one thing that you can do about it.',
    categories: ['birds', 'food', 'city'],
    authors: ['maud-okafor', 'ines-calloway'],
    published: { daysAgo: 29, time: '12:30' },
    content: markdown`
      ## Approach

      From behind. They always approach from behind, and this isn’t cowardice but research. In 2019, a team in
      Cornwall put a bag of chips on the ground and timed how long herring gulls took to come for it. When someone
      was watching, they held back some twenty seconds longer. Most of them would not come near at all.

      ## Selection

      A gull prefers food that it has seen a person handle. It isn’t looking for *food*, strictly. It is looking for
      reviews.

      ## Technique

      One bird lands in front and is charming. The other is the one you should have been looking at.

      ## Defence

      Stare. That is really all. Put your back to a wall, so that there’s no behind, and keep your eyes on the bird.
      You will feel foolish, and you will have chips.

      Bear in mind, while you are staring, that for all the noise on our roofs the herring gull is in decline nearly
      everywhere. It came into town because the sea had less to offer. It’s doing what the rest of us did, and, as
      with the rest of us, it’s not at its best at lunch.
    `,
  },
  {
    slug: 'turn-off-one-lamp',
    title: 'Turn Off One Lamp',
    excerpt: 'The city put out a single street light for the autumn, as a trial. Three departments claim the credit.',
    categories: ['night-sky', 'city', 'birds'],
    authors: ['maud-okafor'],
    published: { daysAgo: 7, time: '21:00' },
    content: markdown`
      Lamp 4417 stands, or stood, at the seaward end of Pier 3. It lit a railing. It also lit the underside of every
      low cloud as far as the lighthouse, and on misty nights in the migration it had thrushes going round and round
      it until they dropped.

      I wrote to the Lighting Department, who told me to write to Safety, who told me to write to Parks. I wrote to
      all three at once, and each assumed that another had said yes.

      It’s been off for nine weeks. Here is what has happened:

      - accidents: none (there were none before)
      - dead birds under it: none (there were thirty last autumn)
      - stars visible from the bench, counted by me within the square of Pegasus: from **two** to **eleven**
      - couples on the bench: no data, but one has to book

      Anyone can do that last count. The square is high in the south on autumn evenings, and almost empty; the fewer
      stars you can find in it, the more lamps there are to write about.

      There are 9,206 others. I have a new pen.
    `,
  },
];
