import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const ferries: readonly DemoArticle[] = [
  {
    slug: 'eleven-minutes',
    title: 'Eleven Minutes',
    excerpt: 'Why this magazine exists, and why nothing in it is longer than a ferry crossing.',
    categories: ['ferries', 'letters'],
    authors: ['ines-calloway'],
    published: { daysAgo: 402, time: '06:10' },
    content: markdown`
      The 6:10 leaves the Old Quay at twelve minutes past six, because Mrs Aldous from the post office is always
      running for it and nobody has the heart. It reaches Farside at 6:23. For the eleven minutes in between, four
      hundred people sit side by side with nothing to do and look at each other’s shoes.

      I have taken that boat for nineteen years. I know a great deal about shoes.

      ## What this is

      *The Six-Ten* is a magazine for those eleven minutes. We have three rules:

      1. No article may outlast the crossing.
      2. Everything we write about must be something you could walk up to and touch. The night sky is an exception,
         and so is the cat.
      3. If we are wrong, we say so, under [Corrections](https://six-ten.example/categories/corrections).

      ## What this is not

      It is not news; the news is at the kiosk, next to the mints. It is not a guide to the ten best of anything.
      Nobody here will tell you how to live. Tomasz may tell you how to keep a sourdough, but he will do it gently,
      and he has been up since three.

      We are six people, one printing press and a rented room over a ship’s chandler. We will be late now and then.
      But the boat is, too, and you forgave it this morning without looking up.
    `,
  },
  {
    slug: 'fog-and-how-to-hear-it',
    title: 'Fog, and How to Hear It',
    excerpt: 'One long blast means something quite precise. A field guide to the noises of a white morning.',
    categories: ['ferries', 'sea', 'science'],
    authors: ['maud-okafor', 'piet-lindqvist'],
    published: { daysAgo: 174, time: '06:10' },
    content: markdown`
      In fog the harbour gives up on being looked at and becomes something you listen to.

      The rules are international and pleasingly short. A ship under power and moving gives **one prolonged blast**,
      four to six seconds of it, at least every two minutes. Under power but stopped in the water: **two prolonged
      blasts**, with about two seconds between them. At anchor, a bell rung quickly for five seconds every minute,
      as if calling a very large family to dinner.

      What the rules cannot fix is that sound bends. Air at the surface of the sea is often cooler than the air
      above it, and sound curves back towards the cooler layer; so a horn may carry for miles along the water and
      yet be faint on the bridge of a tall ship quite near by. You can hear *that* there is a ferry. You can’t be
      sure *where*.

      Piet, who has stood on the bow for nine winters with nothing to do in fog but listen, has his own method:

      > If it’s getting louder, I tell the captain. If it’s getting louder and I can smell bacon, it’s the
      > *Henriette*, and I tell her again.
    `,
  },
  {
    slug: 'a-short-course-in-rope',
    title: 'A Short Course in Rope',
    excerpt: 'Four knots, learned in the order in which you will be sorry not to know them.',
    categories: ['craft', 'ferries', 'workshop-tools'],
    authors: ['piet-lindqvist'],
    published: { daysAgo: 140, time: '17:20' },
    content: markdown`
      A rope is a machine with no moving parts that works only because it is arguing with itself. Every knot is that
      argument, arranged so that pulling makes it worse.

      ## The four

      - **Cleat hitch.** One turn round the base, a figure of eight, one locking loop. Not six. A heap of rope on a
        cleat means that somebody was not sure.
      - **Bowline.** A loop that does not slip and can always be untied. Ignore the rabbit and the tree; watch a
        deckhand’s left hand instead.
      - **Round turn and two half hitches.** For tying anything to a post, a ring or a roof rack. The round turn
        holds the load, so that you can tie the rest at your leisure.
      - **Sheet bend.** For joining two ropes of different thickness, which is to say, any two ropes you own.

      ## The fifth

      The fifth is coiling. Clockwise, with a small twist at each turn, so that it lies flat and runs out when you
      throw it. Nobody is ever thanked for a good coil. You will simply notice, one night, in the rain, that it went
      where you sent it.
    `,
  },
  {
    slug: 'low-water-in-the-harbour',
    title: 'Low Water',
    excerpt: 'What the harbour shows you twice a day, if you lean over the rail: an inventory.',
    categories: ['city', 'ferries', 'tides'],
    authors: ['ines-calloway'],
    published: { daysAgo: 68, time: '19:05' },
    content: markdown`
      There are two harbours here. One of them has a brochure. The other comes out for forty minutes either side of
      low water, and smells of it.

      Below the Old Quay, on the lowest tide of the month, I counted from the rail:

      - eleven bicycles, one of them chained to another
      - a tram stop sign, Line 2, which the tramway says is not missing
      - the anchor everyone photographs, and the mooring block everyone should
      - four shopping trolleys, moving slowly west, year on year
      - a set of stone steps that begin nowhere and go down

      The steps are the old ferry landing, from when the boats were rowed. They were simply left when the quay was
      built in front of them, and they have been walked up by nobody but crabs for a century and a half.

      I like a city that hides its cellar and then, every twelve hours and twenty-five minutes, opens the hatch and
      lets you look. (For how it does this, see [Maud’s article of the same
      name](https://six-ten.example/articles/low-water-on-the-gauge). Neither of us would change the title.)
    `,
  },
  {
    slug: 'biography-of-the-ferry-cat',
    title: 'Notes Towards a Biography of the Ferry Cat 🐈',
    excerpt: 'She holds no ticket, answers to three names, and has crossed the harbour nearly nine thousand times.',
    categories: ['ferries', 'letters', 'city'],
    authors: ['ines-calloway', 'piet-lindqvist', 'josephine-brandt'],
    published: { daysAgo: 33, time: '06:10' },
    content: markdown`
      **Name.** Ballast, to the crew. *Madame*, to Joséphine. “Oi”, to the man who sells sandwiches.

      **Born.** Under the life-jacket locker of the *Margarethe*, on a Tuesday, during a safety inspection. The
      inspector recorded “one additional” and passed the vessel.

      **Occupation.** Rides the 6:10 out and the 6:40 back, on the engine casing, where it is warm. Disembarks at
      the Old Quay for the fish market. Has never been seen to run for a boat. Boats have been seen to wait.

      **Politics.** Against gulls. Undecided on dogs.

      **Disputed.** That she once took the night tram to the depot and came back by herself on the first Line 4. The
      driver swears to it. The tramway has no record of a fare.

      **Sources.** Three by-lines above, who agree on nothing except the colour (grey), and readers’ letters, of
      which there are now more about the cat than about everything else together. We have noticed. We have drawn no
      conclusions. The next one is also about the ferry.
    `,
  },
  {
    slug: 'lost-property-pier-3',
    title: 'Lost Property, Pier 3',
    excerpt: 'One ordinary month in the little room behind the ticket office, as entered in the book.',
    categories: ['ferries', 'mending', 'letters'],
    authors: ['piet-lindqvist', 'ines-calloway'],
    published: { daysAgo: 23, time: '12:15' },
    content: markdown`
      The book is green, ruled by hand, and goes back to 1951. These are the entries of one recent month, unedited.

      | Day | Item | Outcome |
      | --- | --- | --- |
      | 2 | Umbrella, black | Kept |
      | 2 | Umbrella, black | Kept |
      | 5 | Left glove, red, hand-knitted | See 19th |
      | 8 | Wedding cake, two tiers | Claimed, in tears |
      | 11 | Umbrella, black, *with teeth marks* | Cat |
      | 14 | A door | Claimed by carpenter |
      | 19 | Right glove, red, hand-knitted | Different owner |
      | 23 | Trombone | Claimed; asked to leave it |
      | 30 | Envelope marked “Do not open until Farside” | Opened at Farside. Empty |

      Anything unclaimed after ninety days is mended, if it can be, by whoever is on the late shift, and given to
      whoever needs it. This is not a policy. It has just been going on since 1951.

      The two owners of the red gloves have been introduced. We are told it is early days.
    `,
  },
  {
    slug: 'twenty-four-hours-of-pier-3',
    title: 'Twenty-Four Hours of Pier 3',
    excerpt:
      'Three of us, one bench, a whole day and night. The only article that we ever filed under nearly everything.',
    categories: [
      'ferries',
      'city',
      'tides',
      'markets',
      'coffee',
      'sourdough',
      'birds',
      'trams',
      'knitting',
      'paper',
      'night-sky',
    ],
    authors: ['ines-calloway', 'maud-okafor', 'yuki-harada'],
    published: { daysAgo: 5, time: '06:10' },
    content: markdown`
      **03:10.** High water. The bench is empty but for Tomasz, who has not sat down; he puts a warm loaf on it for
      whoever comes next, and goes back to his ovens.

      **05:40.** The first Line 4 turns the corner with its lights still on. Eleven people get off and do not speak.
      This is a kindness that the rest of the day will not repeat.

      **06:10.** The 6:10. It leaves at 6:12.

      **07:30.** Two fishmongers share the bench, a flask of coffee and a disagreement about hake.

      **09:22.** Low water. Maud reads her gauge, writes down a number, frowns, taps the glass, writes it down
      again. It was right the first time.

      **11:00.** A school party draws the pier. Yuki, who was only passing with the proofs, is asked to explain why
      paper curls, and does so for forty minutes to an audience of thirty.

      **13:15.** A gull removes a sandwich from a man who was, to be fair, gesturing with it.

      **15:35.** High water again. The harbour looks finished, like a made bed.

      **16:50.** Piet comes off shift with three inches of a sleeve. He went on shift with one.

      **18:00.** Everybody who left on the 6:10 comes back, carrying different things. Nobody looks at shoes now;
      they look at the light, which is doing something expensive to the windows on Kiln Hill.

      **21:48.** Low water, in the dark. You can hear it more than see it: a ticking, as the weed lets go.

      **23:30.** The last boat. A girl asleep on her father’s shoulder, holding a drawing of the pier.

      **00:20.** Somebody on the sea wall with a small telescope shows Jupiter to a policeman. He looks for a long
      time. “Right,” he says at last. “Carry on.”

      **03:10.** High water is still fifty minutes away. The sea is keeping its appointment with the Moon, not with
      us. But there is a loaf on the bench, and it’s warm.
    `,
  },
];
