import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const streets: readonly DemoArticle[] = [
  {
    slug: 'in-praise-of-line-4',
    title: 'In Praise of Line 4',
    excerpt: 'There are four other tram lines in Port Ansel. They are perfectly adequate.',
    categories: ['trams', 'city'],
    authors: ['ines-calloway'],
    published: { daysAgo: 395, time: '06:10' },
    content: markdown`
      Line 1 goes to the hospital, Line 2 to the station, Line 3 to the new flats, and Line 5 in a circle, for
      reasons lost to planning. They are perfectly adequate. Nobody has ever got off one and said, “Let’s go round
      again.”

      Line 4 starts with its nose almost in the harbour and climbs. It takes the market sideways. On Chandler Street
      it passes so close to the bakery that the driver can smell whether the rye is in, and drives accordingly. Then
      it leans into the long bend under the University, where everyone standing performs the same small dance
      without looking up; and then, at the top of Kiln Hill, the houses stop, and there is the whole bay, laid out
      like something you had forgotten that you own.

      Twenty-six minutes. One ticket. The seat to have is the last on the left, going up.

      I’m told that it loses money. So does everything on this list of the things I would save in a fire.
    `,
  },
  {
    slug: 'the-hill-has-opinions',
    title: 'The Hill Has Opinions',
    excerpt: 'Cycling up Kiln Hill, with notes on gearing, gradient and dignity.',
    categories: ['transport', 'city'],
    authors: ['maud-okafor'],
    published: { daysAgo: 322, time: '17:00' },
    content: markdown`
      Kiln Hill rises ninety metres in eleven hundred, which comes to eight per cent, and is a lie. An average is
      what you get when you mix a flat street with a wall.

      I rode it every day for a month with a spirit level taped to the frame. The truth is this:

      ~~~text
      market to bakery        2 %    whistling
      bakery to University    7 %    not whistling
      the bend               14 %    a private matter
      the top                 5 %    “oh, it’s nothing”
      ~~~

      The bend lasts forty metres. It is overlooked by a bus shelter in which, at all hours and in all weathers,
      there sit two old men. They have never said a word. On the nineteenth day I got round it without putting a
      foot down, and one of them took off his hat.

      I have had papers accepted with less feeling.

      A practical note: you want a sprocket as large as your front ring, for one turn of the wheel to each turn of
      the pedals. It is slow. The hill does not mind, and now neither do you.
    `,
  },
  {
    slug: 'six-o-clock-at-the-fish-market',
    title: 'Six O’Clock at the Fish Market',
    excerpt: 'It is over by seven, it is conducted almost wholly in eyebrows, and one of the buyers is a cat.',
    categories: ['markets', 'sea', 'food'],
    authors: ['ines-calloway'],
    published: { daysAgo: 256, time: '06:10' },
    content: markdown`
      The bell goes at six and the auction starts at the far end, by the monkfish, so that everyone can get the
      looking-at over with.

      It goes downwards. The auctioneer begins at a price that nobody would pay and drops it, in a murmur, like a
      man descending a stair in the dark. Whoever stops him first has bought the box. You may do it with a hand, a
      nod, a cough. Old Ferrers does it with one eyebrow, and has had to give up being surprised at anything before
      seven.

      Twenty minutes, two hundred boxes. You learn to look at what they look at:

      - eyes that bulge, not sink
      - gills red as a pillar box
      - nothing that smells of fish

      At half past, the last box is always something odd that came up with the rest. A single gurnard; a crab of
      strong character. It is knocked down for one crown, to the same buyer each morning. She eats it under the
      auctioneer’s table, and then she walks back to her ferry.
    `,
  },
  {
    slug: 'the-timetable-as-literature',
    title: 'The Timetable as Literature',
    excerpt: 'A close reading of the winter edition: its themes, its silences, its footnotes.',
    categories: ['transport', 'paper', 'letters'],
    authors: ['yuki-harada', 'ines-calloway'],
    published: { daysAgo: 181, time: '06:10' },
    content: markdown`
      The *Tramway & Ferry Timetable (Winter)* runs to forty-eight pages, has no named author, and is by some way
      the most widely read work in the city. It has never been reviewed.

      As typography it is severe and lovely. The figures are set so that every colon stands exactly above the next,
      down the whole page, like a plumb line. Night services are printed white on black, and one turns to them with
      a small drop in temperature.

      As drama it is all entrances. Nobody arrives in the timetable except at the very edge, in the last column,
      where the 23:30 reaches Farside and there’s nothing under it but paper.

      But the footnotes! Here at last one hears a voice:

      > **c** Does not run on the day of the Regatta, nor the morning after it.
      >
      > **f** Waits for the ferry, within reason.
      >
      > **k** By request. Wave.

      *Within reason.* We have read whole novels that were trying to say as much. Price: free, from the rack by the
      door. Read it in order.
    `,
  },
  {
    slug: 'sand-on-the-rails',
    title: 'Sand on the Rails',
    excerpt: 'Every tram carries a box of beach under the seats. Here is when it is used, and why you never notice.',
    categories: ['trams', 'science', 'workshop-tools'],
    authors: ['maud-okafor'],
    published: { daysAgo: 163, time: '06:10' },
    content: markdown`
      A steel wheel on a steel rail touches it over a patch about the size of a thumbnail. Eight thumbnails hold up
      a tram. It is a wonderfully economical way to roll, and a poor one to stop.

      On a dry day there’s grip to spare. In autumn, leaves are crushed on the rail into a thin black film, and with
      a little drizzle that becomes something like soap. So under the seats, above the leading wheels, there is a
      steel box, and a pipe that ends a hand’s breadth before the wheel. When the driver presses a pedal, or when
      the wheels begin to slide and the tram notices before she does, a puff of air blows sand on the rail. The
      wheel crushes it. The grip comes back. You look up from your paper, and down again.

      At the depot they dry it in an oven, sieve it, and pour it in with a thing like a long-necked watering can,
      made there, in 1938, to do only that. There are two. The other one is the spare.

      It’s *our* sand, too: from the north beach, washed of its salt. About forty tonnes a year of the seaside goes
      uphill by tram, and never asks for a ticket.
    `,
  },
  {
    slug: 'the-last-4-of-the-night',
    title: 'The Last 4 of the Night',
    excerpt: 'At the top of Kiln Hill the driver turns out the lights for one minute. It is not in the timetable.',
    categories: ['trams', 'night-sky'],
    authors: ['maud-okafor', 'ines-calloway'],
    published: { daysAgo: 88, time: '22:40' },
    content: markdown`
      The last Line 4 gets to Kiln Hill at 0:26 and lies over for four minutes before it runs down empty to the
      depot. If the sky is clear, Rosalind, who has had the late turn for twelve years, says “Mind your eyes, now,”
      and switches off the lights.

      At first there’s nothing. Then the windows, which had been mirrors all the way up, become windows.

      It takes twenty minutes for an eye to get properly used to the dark. You have one. But the hill is above most
      of the lamps, and one is enough: the Plough first, then the stars between its stars, then, in August or on a
      very clean winter night, a paleness right across the roof vents that everyone takes for cloud, until somebody
      says quietly that it isn’t.

      Nobody has ever complained. The tramway, when we asked, said that it had no knowledge of any such practice,
      and that, if it existed, it would be under [footnote
      k](https://six-ten.example/articles/the-timetable-as-literature).
    `,
  },
  {
    slug: 'bought-for-two-crowns',
    title: 'Bought for Two Crowns, Worth One',
    excerpt: 'A Sunday at the flea market with a retired cabinetmaker, who taught us what not to pick up.',
    categories: ['markets', 'workshop-tools', 'mending'],
    authors: ['yuki-harada'],
    published: { daysAgo: 59, time: '10:30' },
    content: markdown`
      Mr Abara restored furniture for forty years and now goes to the flea market every Sunday, as he says, to visit
      his patients.

      He let me walk round with him on condition that I bought nothing until we had gone round twice. On the first
      round, everything is treasure. On the second, it’s mostly hinges.

      ## What he looks at

      - **A plane:** the sole, not the handle. Handles can be made.
      - **A chisel:** how much steel is left before the shoulder. Rust is nothing. *Short* is for ever.
      - **A saw:** sight along the back. If it’s bent, it will always be bent, and it will teach you to be.
      - **A drawer:** the underside. “Nobody lies on the underside.”

      ## What he bought

      A marking gauge, for two crowns. The thumbscrew was missing. On the tram home he took a thumbscrew out of his
      waistcoat pocket. He had been carrying it since 1994, in case.
    `,
  },
  {
    slug: 'one-bell-to-stop',
    title: 'One Bell to Stop, Two to Go',
    excerpt: 'The conductors went in 1979. Their code is still in use, by everyone, though nobody was taught it.',
    categories: ['trams', 'transport'],
    authors: ['ines-calloway'],
    published: { daysAgo: 36, time: '06:10' },
    content: markdown`
      One bell: stop at the next. Two bells: go. Three: full, don’t stop for anybody. Four, in a hurry: something is
      wrong, stop now.

      That was the language of conductors, pulled on a cord that ran the length of the car. When the conductors
      went, the cord was left in the older trams, and the language, having nobody to speak it, was picked up by the
      passengers.

      Stand at the back of a 4 some evening and listen. Somebody pulls once, for their stop. The doors open; they
      climb down, with the shopping, with the dog. The driver can’t quite see. And whoever happens to be nearest
      reaches up, not looking, still reading, and rings it twice. *All clear. Go.*

      I asked eleven people who had taught them. Nobody had. Three didn’t know that they did it.

      The new trams have cameras for this, and a chime. They are excellent cameras. But I noticed that on the first
      day, as the doors closed, half the car looked up for the cord.
    `,
  },
  {
    slug: 'a-stall-needs-a-name',
    title: 'A Stall Needs a Name',
    excerpt: 'The sign painter of Rope Walk Market on spacing, enamel, and talking people out of puns.',
    categories: ['markets', 'paper', 'craft', 'city'],
    authors: ['yuki-harada', 'josephine-brandt'],
    published: { daysAgo: 9, time: '06:10' },
    content: markdown`
      Benedikta Osei has painted ninety-one of the hundred and four signs in the market, and can tell you what is
      wrong with each.

      She starts on brown paper, at full size, in charcoal. Then she pricks along every line with a toothed wheel,
      tapes the sheet to the board and pats it with a sock full of chalk; and when she takes it down there is the
      sign, in dots, waiting. The painting itself is quick. “It has to be. A slow line wobbles. You breathe out, and
      you go.”

      We asked for advice, for readers with a stall.

      1. **Short.** People read it walking.
      2. **Space it by eye.** An A and a V want to hold hands. Two Ls want to be left alone.
      3. **No puns.** “They come in laughing. I ask them to say it aloud to me every day for a week. Then we paint
         their name.”

      She gave way once. It is over the second-hand clocks, in gold, and it makes her wince on every working day.
      It’s also the only one that tourists photograph.

      We promised not to print it.
    `,
  },
];
