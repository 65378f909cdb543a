import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const textiles: readonly DemoArticle[] = [
  {
    slug: 'the-deckhands-sock',
    title: 'The Deckhand’s Sock',
    excerpt: 'How many crossings does it take to knit a pair? I counted. It depends on the wind.',
    categories: ['knitting', 'ferries'],
    authors: ['piet-lindqvist'],
    published: { daysAgo: 366, time: '06:10' },
    content: markdown`
      Between casting off and tying up, a deckhand on the *Margarethe* has seven minutes with nothing to do but look
      out. You don’t look out with your hands.

      So I knit. Socks, because they fit in a pocket, and because on the day that you drop one in the harbour you
      have not lost much. I’ve kept a tally since the spring.

      ~~~text
      cuff           4 crossings
      leg            9
      heel           3   (calm weather only)
      foot           8
      toe            2
      ------------------
      one sock      26
      ~~~

      The heel is the part that matters. You knit back and forth on half the stitches until you have a little flap,
      turn it with a few short rows, and then pick up along both sides; and a tube has made up its mind to go round
      a corner. I’ve done it two hundred times. Each time I’m surprised, about the fourth row, that it’s going to
      work.

      Passengers like to ask who they are for. I say that they’re for whoever asks. I then measure their feet. You
      would be amazed how many people will take off a shoe.
    `,
  },
  {
    slug: 'what-the-gansey-doesnt-say',
    title: 'What the Gansey Doesn’t Say',
    excerpt: 'Every harbour tells the tale of the drowned man known by his jumper. It’s a good tale. It is mostly one.',
    categories: ['knitting', 'sea', 'letters'],
    authors: ['piet-lindqvist', 'ines-calloway'],
    published: { daysAgo: 248, time: '06:10' },
    content: markdown`
      You’ll have heard it. Each fishing village had a pattern of its own, worked into its jumpers, so that a man
      who was washed ashore could be sent home by his stitches. We heard it from our grandmothers, on different
      seas.

      We spent the winter looking for one such man. We didn’t find him. What we did find was a play: in *Riders to
      the Sea*, of 1904, a sister knows her brother by a stocking that she had knitted, since she had dropped four
      stitches in it. It’s a terrible moment, and a stage filled with weeping is hard to forget. Soon every jumper
      had a drowned man in it.

      The real ganseys, in the museum on Farside, tell of something else. The patterns went up and down the coast
      with the herring, in the hands of the women who followed the boats to gut the fish. They sat on harbour walls
      and looked at one another’s needles. A ladder from here, a flag from there; *oh, how do you do that?*

      So no, it was never a label. It was a conversation. But many of them have initials, low down above the welt,
      on the left. Somebody had thought about it.
    `,
  },
  {
    slug: 'a-darn-is-a-small-loom',
    title: 'A Darn Is a Small Loom',
    excerpt: 'Repairing a heel is weaving, done very slowly, on a lightbulb.',
    categories: ['mending', 'knitting'],
    authors: ['piet-lindqvist'],
    published: { daysAgo: 45, time: '07:00' },
    content: markdown`
      A hole in a sock is not an absence. It’s a place where you’re about to weave.

      Put something round inside, for a frame: a wooden mushroom, an old lightbulb, a small orange. Don’t pull the
      hole together. Nobody has ever walked happily on a knot.

      - **Begin in sound cloth,** a finger’s breadth outside the hole. The edge is always weaker than it looks.
      - **Warp:** run your yarn up and down across the gap, in lines as close as the knitting. Leave a tiny loop at
        each turn; wool shrinks, and will want it.
      - **Weft:** go across. Over one, under one. At the end, turn, and go under what you went over.
      - **Stop** in sound cloth on the far side. No knots. Cut, and leave a tail.

      You have made a piece of cloth two centimetres square. It is the strongest part of the sock.

      I use a red that doesn’t match. My captain asked whether I was short of grey. I told her that I’m not ashamed
      of the hole. I was walking at the time.
    `,
  },
  {
    slug: 'repriser-verbe-du-premier-groupe',
    title: 'Repriser, verbe du premier groupe',
    excerpt: 'Je reprise, tu reprises, elle avait pourtant dit qu’elle le jetterait. Petite grammaire du raccommodage.',
    categories: ['mending', 'letters'],
    authors: ['josephine-brandt'],
    published: { daysAgo: 45, time: '12:30' },
    content: markdown`
      **Présent.** *Je reprise.* La lampe est basse, la laine n’est pas tout à fait du bon bleu, et la radio parle
      d’autre chose. C’est le seul temps de ce verbe : on ne reprise jamais qu’au présent.

      **Imparfait.** *Ma grand-mère reprisait.* Dans une boîte à biscuits alsaciens où, de mémoire d’enfant, il n’y
      eut jamais un biscuit. Nous l’ouvrions quand même, chaque fois. On appelle cela l’espérance.

      **Conditionnel.** *Je repriserais bien, si j’avais le temps.* Forme la plus courante. S’emploie devant une
      pile.

      **Futur.** *Je repriserai dimanche.* Voir le conditionnel.

      **Impératif.** *Reprise !* Ne se dit qu’à soi-même, et tout bas.

      **Participe passé.** *Reprisé.* S’accorde avec le coude, le talon, le genou, et parfois, quand on s’y est mis
      à deux sans se presser, avec une amitié.

      Le français dit *reprise* pour le raccommodage, pour le théâtre et pour la musique : on recommence là où le
      fil s’était rompu. Je ne connais pas d’autre langue où un trou dans une chaussette soit à ce point le début du
      deuxième acte.
    `,
  },
  {
    slug: 'the-umbrella-hospital',
    title: 'The Umbrella Hospital ☂️',
    excerpt: 'Visiting hours are Tuesdays, under the arches. Most of the patients walk out the same day.',
    categories: ['mending', 'city', 'markets'],
    authors: ['ines-calloway', 'piet-lindqvist'],
    published: { daysAgo: 45, time: '17:40' },
    content: markdown`
      After each gale the bins along the Old Quay are full of them, black, elbows out, like something that tried to
      fly there. On Tuesdays, Wilhelmina Tate goes round with a handcart.

      Under the third arch of Rope Walk Market she has a bench, a lamp, a drawer of ribs sorted by length, and a
      sign: **UMBRELLAS · ADMISSIONS AND CONVALESCENTS**. She charges two crowns. If it can’t be done, it’s free,
      and she keeps the ribs.

      “It’s three things,” she says. “A rib’s snapped, and I splint it. A tip has come off, and I sew it. Or it’s
      inside out, and they’ve *panicked*.”

      A man comes in with one hidden behind his back.

      > What did you do?
      >
      > I shut it in the tram.
      >
      > And then?
      >
      > The tram left.

      She opens it under the lamp, slowly, and walks all the way round. Seven ribs of eight. She has seen worse; she
      has one behind her that was struck by lightning, and is doing well.

      “Come back at four,” she says. It has started to rain. From under the bench she takes out one of last week’s,
      and lends it to him.
    `,
  },
];
