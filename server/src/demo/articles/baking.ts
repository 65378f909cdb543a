import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const baking: readonly DemoArticle[] = [
  {
    slug: 'the-starter-is-not-your-child',
    title: 'The Starter Is Not Your Child',
    excerpt: 'A sourdough starter needs flour, water and being left alone. It does not need a name.',
    categories: ['sourdough', 'letters'],
    authors: ['tomasz-wren'],
    published: { daysAgo: 372, time: '06:10' },
    content: markdown`
      It does not need a name. It does not need a birthday, a passport, or a sitter while you are in Lisbon.

      A sourdough starter is flour and water in which some wild yeasts and some bacteria have agreed to share the
      rent. It was getting on perfectly well before you took an interest, and it will survive a fortnight at the
      back of the fridge, sulking under a layer of grey liquid that you may pour off or stir in, according to
      temperament.

      ## What it wants

      - flour, about once a week if it lives in the cold
      - water that you would be willing to drink
      - a jar with room to double

      ## What it does not want

      - raisins
      - a heated blanket
      - to be on the internet

      Feed it, use it, put it back. If you have already given it a name, we shall say no more about it. Ours is
      called *Margarethe*, after the ferry, but that is different.
    `,
  },
  {
    slug: 'rye-at-four-in-the-morning',
    title: 'Rye at Four in the Morning',
    excerpt: 'A night at the bakery on Chandler Street, where the only two rules are sit there and don’t touch that.',
    categories: ['sourdough', 'city'],
    authors: ['ines-calloway', 'tomasz-wren'],
    published: { daysAgo: 301, time: '06:10' },
    content: markdown`
      Rye dough does not behave like dough. It behaves like wet cement that has read some philosophy. You cannot
      knead it; you can only come to an arrangement.

      At four in the morning Tomasz scoops it into tins with a bare wet hand, smooths the top with the back of the
      same hand, and taps each tin once on the bench. *Tok.* Forty tins, forty taps. It’s the only sound on Chandler
      Street apart from a fridge.

      “When are they ready?” I ask.

      > When there are cracks on the top about as wide as a pencil line. Not a pen. A pencil.

      He does not own a timer. He owns a pencil.

      The loaves come out at half past five, dark as the quay, and then comes the hard part, which is that nobody
      may cut one until tomorrow. Rye needs a day to set; sliced warm, it gums the knife. So every loaf sold this
      morning was baked yesterday, and the whole street is full, all night, of a smell that you cannot have yet.
    `,
  },
  {
    slug: 'why-bread-sings',
    title: 'Why Bread Sings',
    excerpt: 'Put your ear to a loaf straight from the oven. That crackle is the sound of a crust losing an argument.',
    categories: ['baking', 'science'],
    authors: ['tomasz-wren', 'maud-okafor'],
    published: { daysAgo: 120, time: '06:10' },
    content: markdown`
      Bakers say that the bread is singing. What you hear, if you take a loaf from the oven and lean in close, is a
      fine irregular crackling, like frost underfoot, that goes on for several minutes.

      Here is what is going on. In the oven the crust dries into something close to glass: thin, rigid, brittle. The
      crumb beneath it stays moist and hardly gets hotter than boiling water. Then the loaf comes out. The crust
      cools first, and shrinks. The steam in the crumb condenses, and the crumb draws inwards too. The crust, being
      rigid, can’t follow everything at once. It breaks, in dozens of small places, one after another.

      So a loaf that sings is telling you three things:

      1. the crust is thin and really dry;
      2. the difference between outside and inside was large;
      3. you took it out at the right time.

      A loaf that says nothing is not bad bread. It is merely soft bread, and will make better toast than
      conversation.
    `,
  },
  {
    slug: 'hydration-for-people-who-dislike-sums',
    title: 'Hydration, for People Who Dislike Sums',
    excerpt:
      'Bakers count everything against the flour. It is the only percentage you will ever need before breakfast.',
    categories: ['sourdough', 'kitchen-tools'],
    authors: ['tomasz-wren'],
    published: { daysAgo: 120, time: '07:30' },
    content: markdown`
      In a bakery, the flour is always one hundred per cent. Everything else is counted against it, which is why a
      recipe can add up to 194 and nobody calls the police.

      ~~~text
      flour     500 g   100 %
      water     360 g    72 %
      starter   100 g    20 %
      salt       10 g     2 %
      ~~~

      That second line is the *hydration*. At 60 % you have a dough that a child could model a horse from. At 72 %
      you have a loaf with some holes in it. At 85 % you have a puddle with ambitions, and you will need a bench
      scraper and a calm voice.

      “But the starter is half water,” you say. Yes. Count it properly, and the dough above comes to 410 g of water
      on 550 g of flour, or about 74.5 %. Hardly anyone does. The important thing is to be wrong in the same way
      every time.

      The tool that matters is a scale. Cups are for tea.
    `,
  },
  {
    slug: 'le-kouign-amann-ne-pardonne-pas',
    title: 'Le kouign-amann ne pardonne pas',
    excerpt: 'Quatre parts de pâte, trois de beurre, trois de sucre : ce n’est pas une recette, c’est un serment.',
    categories: ['pastry', 'letters'],
    authors: ['josephine-brandt'],
    published: { daysAgo: 120, time: '12:00' },
    content: markdown`
      Quatre parts de pâte à pain, trois de beurre demi-sel, trois de sucre. Voilà tout le kouign-amann, et voilà le
      problème : il n’y a rien derrière quoi se cacher.

      On étale, on beurre, on sucre, on replie. Le beurre doit être froid mais souple, comme un notaire. Trop dur,
      il déchire la pâte ; trop mou, il s’enfuit. À la cuisson, il s’enfuit de toute façon un peu, et c’est là que
      tout se joue : ce beurre qui sort, ce sucre qui fond, ce caramel qui se forme *dessous*, hors de votre vue,
      pendant que vous regardez le dessus dorer en toute innocence.

      ## Trois conseils

      - Ne le quittez pas des yeux les dix dernières minutes.
      - Démoulez-le brûlant. Tiède, il est déjà marié au moule.
      - Ne comptez pas les parts. Comptez les amis, puis coupez.

      Tomasz a raté le premier, le deuxième et le quatrième. Il refuse de parler du troisième, qu’il a mangé seul,
      debout, dans la réserve.
    `,
  },
  {
    slug: 'franzbroetchen-eine-verteidigung',
    title: 'Franzbrötchen: eine Verteidigung',
    excerpt: 'Es ist platt, es klebt, und es sieht aus wie ein Versehen. Genau so soll es sein.',
    categories: ['pastry', 'coffee', 'letters'],
    authors: ['josephine-brandt'],
    published: { daysAgo: 98, time: '07:45' },
    content: markdown`
      Das Franzbrötchen sieht aus, als hätte sich jemand auf ein Croissant gesetzt und danach entschuldigt – mit
      Zimt. Wer aus dem Süden kommt, hält das für einen Unfall. Wer aus Hamburg kommt, hält es für Frühstück.

      Woher der Name stammt, weiß niemand genau. An den Legenden über französische Soldaten stimmt vermutlich nur,
      dass sie gern erzählt werden.

      ## Drei Regeln

      1. Es muss platt sein. Höhe ist Eitelkeit.
      2. Es muss kleben. Wer mit sauberen Fingern aufsteht, hat etwas anderes gegessen.
      3. Es gehört zum Kaffee und vor zehn Uhr gegessen. Danach ist es Kuchen.

      In Port Ansel backt es nur Tomasz, nur donnerstags, und nur, wenn man ihn am Mittwoch daran erinnert. Ich
      erinnere ihn jeden Mittwoch. Er sagt, es stehe inzwischen in seinem Kalender: „Joséphine, 16 Uhr, Zimt.“
    `,
  },
  {
    slug: 'the-croissant-index',
    title: 'The Croissant Index',
    excerpt:
      'We bought a croissant at every tram stop on Line 4, for economics. The price turns out to depend on the view.',
    categories: ['pastry', 'trams', 'markets', 'city'],
    authors: ['josephine-brandt', 'ines-calloway'],
    published: { daysAgo: 64, time: '06:10' },
    content: markdown`
      Economists have tried to compare the cost of living with hamburgers, lipstick and the length of skirts. We had
      one morning and a day ticket.

      | Stop | Price, crowns | Flakes on coat |
      | --- | ---: | --- |
      | Old Quay | 4.20 | few |
      | Rope Walk Market | 2.60 | many |
      | Chandler Street | 2.80 | uncountable |
      | University | 3.10 | none; see below |
      | Kiln Hill | 5.00 | few, but with a view |

      ## Findings

      The price rises with the height above the sea, and again within sight of it. The quality does not. The best
      croissant on the line shattered so thoroughly that we were asked to leave the tram. The one at the University
      bent.

      A croissant that drops no flakes has not been laminated; it has been *folded, with good intentions*. We
      propose a simple rule for the visitor, which needs no table at all: look at the floor of the shop.
    `,
  },
  {
    slug: 'an-apology-to-my-oven',
    title: 'An Apology to My Oven',
    excerpt: 'For six years I told everyone that it ran hot. Then I spent nine crowns on a thermometer.',
    categories: ['kitchen-tools', 'baking', 'letters'],
    authors: ['tomasz-wren'],
    published: { daysAgo: 18, time: '13:40' },
    content: markdown`
      Dear oven (the small one, at home, not the big one at work, to which I have nothing to apologise for),

      For six years I have told guests that you run hot. I have said it while scraping things. I have said it in
      front of you.

      Last week I bought a thermometer. Nine crowns, a dial, a hook. I hung it on the middle shelf, set you to 200,
      and waited to be proved right.

      You said 200. You went on saying 200. I opened the door to check, and you dropped to 150, and I stood there
      with the door open, looking at the number fall, and began to understand.

      It was never you. It was me, looking. Every cake I ever burned, I had first let go cold, then hurried; and the
      dark corner at the back was not your temper but my tray, pushed up against your wall.

      I have cleaned your window. I won’t open the door again before the time is up.

      Yours, at 200 exactly,

      T.
    `,
  },
];
