import { markdown } from '../markdown.ts';
import type { DemoArticle } from '../model.ts';

export const larder: readonly DemoArticle[] = [
  {
    slug: 'coffee-on-the-lower-deck',
    title: 'Coffee on the Lower Deck',
    excerpt: 'It is not good coffee. It is, however, the only coffee in the city that comes with a horizon.',
    categories: ['coffee', 'ferries'],
    authors: ['ines-calloway'],
    published: { daysAgo: 388, time: '06:10' },
    content: markdown`
      The machine on the lower deck of the *Margarethe* was bolted down in 1987 and has not been spoken to kindly
      since. It makes one thing. You may have it with milk, in which case it makes the same thing, paler.

      It isn’t good. I want to be clear, because people write in. It is too hot for the first five minutes of the
      crossing and too cold for the last two, which leaves four.

      But consider those four. You are sitting below the level of the sea outside, on a slatted bench that hums. The
      porthole is half green water, half sky. Across from you a man in a very good coat is holding his paper cup in
      both hands like a small bird. Nobody has yet asked you for anything.

      There are eleven excellent cafés in this city, and we have written about most of them. In none have I ever
      thought: *I hope that we are late.*
    `,
  },
  {
    slug: 'the-three-minute-queue',
    title: 'The Three-Minute Queue',
    excerpt: 'At the kiosk by the Old Quay tram stop, forty people are served between two trams. We asked how.',
    categories: ['coffee', 'trams', 'city'],
    authors: ['ines-calloway', 'josephine-brandt'],
    published: { daysAgo: 52, time: '06:10' },
    content: markdown`
      The tram comes in at 7:02. The next one leaves at 7:05. Between them, at a kiosk the size of a wardrobe, Dilys
      and her nephew serve forty coffees. We timed it on four mornings; the worst was thirty-seven, and there was a
      pushchair.

      Dilys agreed to explain, on condition that we didn’t stand there.

      - **No menu.** “If they can read it, they will.”
      - **Exact money in the saucer.** The saucer is trusted. It’s been right since 2009.
      - **She pours when you get off.** Not when you order. She knows the coats.
      - **The nephew only does lids.** “It’s a whole job, lids.”

      And if someone wants something different?

      > Then they wave as they come down the steps. One hand is oat. Two hands is a bad night, and I make it a
      > double and don’t ask.

      We went back on the Friday. Joséphine, to test the system, waved both hands. She says that it was the kindest
      thing anyone did for her all week.
    `,
  },
  {
    slug: 'eloge-du-cafe-tiede',
    title: 'Éloge du café tiède',
    excerpt: 'Brûlant, il ne dit rien ; froid, il se plaint. Entre les deux, pendant six minutes, le café parle.',
    categories: ['coffee', 'letters'],
    authors: ['josephine-brandt'],
    published: { daysAgo: 75, time: '06:10' },
    content: markdown`
      On nous sert le café comme on annonce une nouvelle : brûlant, et sans attendre que nous soyons assis. Alors
      nous soufflons dessus, nous faisons semblant de boire, et nous appelons cela le goût.

      Or une bouche ébouillantée ne goûte rien. C’est en refroidissant que le café se met à parler : d’abord
      l’amertume se retire, comme la mer ; puis quelque chose de fruité paraît sur la plage, une cerise, une écorce
      d’orange, on ne sait pas encore. Enfin l’acidité, qui était là depuis le début et qui attendait son tour, bien
      élevée.

      Cela dure six minutes. Ensuite il est froid, et un café froid qui n’a pas été voulu froid n’est qu’un
      reproche.

      Je propose donc une modeste réforme : que l’on apporte le café, puis que l’on vous laisse tranquille. Un
      sablier sur la table, peut-être. Dilys, au kiosque, à qui j’ai soumis l’idée, m’a répondu qu’elle avait trois
      minutes et quarante clients.
    `,
  },
  {
    slug: 'kissaten-no-asa',
    title: '喫茶店の朝',
    excerpt: '京都に帰るたび、同じ喫茶店の同じ席に座る。壁の時計は、いつも六時十分を指している。',
    categories: ['coffee', 'letters'],
    authors: ['yuki-harada'],
    published: { daysAgo: 110, time: '06:10' },
    content: markdown`
      京都に帰るたび、同じ喫茶店の同じ席に座る。窓から二つ目、新聞の棚のとなりである。マスターは何も訊かずに、深煎りのコーヒーと厚切りのトーストを出してくれる。三年ぶりでも、何も訊かない。

      壁の時計は、いつも六時十分を指している。止まっているのだ。直さないのですかと尋ねたら、マスターは豆を挽く手を休めずに言った。

      > 一日に二度は合うから。

      わたしが刷っている雑誌の名前は、六時十分の船からとったものだ。そう話すと、マスターは初めて手を止めて、時計を見上げ、それからわたしを見た。

      「その船は、時間どおりに出るのかい」

      「いいえ、いつも二分おくれます」

      マスターはしばらく考えて、うなずいた。トーストが、いつもより少し厚かったような気がする。
    `,
  },
  {
    slug: 'a-grinder-is-a-commitment',
    title: 'A Grinder Is a Commitment',
    excerpt: 'On buying an old hand mill, taking it apart, and finding out why it had been for sale.',
    categories: ['coffee', 'kitchen-tools', 'mending'],
    authors: ['yuki-harada', 'tomasz-wren'],
    published: { daysAgo: 27, time: '06:10' },
    content: markdown`
      It had a cast-iron wheel, a brass hopper and a small drawer that said *MOKKA*, and it cost less than lunch.
      Yuki carried it home on the tram like somebody else’s baby.

      It didn’t grind; it cracked. Half the beans came out as gravel and half as dust, which is how you get a cup
      that is bitter and sour at once. So we took it apart.

      1. **Clean.** Forty years of oil, the colour of a cello. A stiff brush and patience. No water near the burrs.
      2. **Look at the burrs.** Ours were sharp. Someone had hardly used it.
      3. **Look at the shaft.** There it was: a bearing worn to an oval, so that the inner burr wobbled at every
         turn and no two beans met the same gap.

      Tomasz turned a new bush out of a scrap of bronze, on the boatyard’s lathe. It took him ten minutes and he was
      insufferable for a week. Now it grinds like a purring cat, one cup in eighty turns.

      You will not do this every morning, we were told. We do it every morning. You talk, while you turn.
    `,
  },
  {
    slug: 'marmalade-and-other-winter-arguments',
    title: 'Marmalade, and Other Winter Arguments',
    excerpt: 'Thick cut or thin, dark or bright, whose grandmother. The orange, at least, is not in dispute.',
    categories: ['preserving', 'markets', 'food'],
    authors: ['tomasz-wren', 'ines-calloway'],
    published: { daysAgo: 280, time: '08:20' },
    content: markdown`
      For about six weeks in the dead of winter, the Rope Walk Market sells an orange that nobody could eat. The
      Seville is all pips and bitterness, and people queue for it in sleet.

      Those pips are the point. Pips and pith are where the pectin is, and pectin is what turns syrup into something
      that stays on toast. Tie them in a muslin, simmer them with the peel until you can squash a piece between two
      fingers, and only *then* add the sugar: once it is in, the peel will never get any softer.

      The setting point is between 104 and 105 °C. Or put a saucer in the freezer, drop a little on it, and push
      with a finger. If it wrinkles, stop.

      That is all the science there is. The rest is politics. Inês holds that marmalade should be dark enough to
      stain a newspaper. Tomasz cuts his peel so fine that you could read one through it. They have each been given
      the other’s jar every winter for nine years, and neither has ever been seen to buy one.
    `,
  },
  {
    slug: 'the-jar-that-hums',
    title: 'The Jar That Hums',
    excerpt: 'A cabbage, some salt, and a fortnight of small noises from the cupboard.',
    categories: ['preserving', 'science', 'kitchen-tools'],
    authors: ['maud-okafor'],
    published: { daysAgo: 41, time: '18:10' },
    content: markdown`
      I keep a tide gauge by day and a jar of cabbage by night, and of the two, it’s the jar that needs watching.

      Weigh a shredded cabbage. Weigh out a fiftieth of that in salt. Squeeze the two together with your hands until
      your hands complain and there is brine in the bowl; pack it in a jar, under its own liquid, under a weight.
      That’s all. You haven’t added a culture. It was on the leaves.

      ~~~text
      day  1   nothing
      day  3   bubbles; a smell of cabbage, frankly
      day  5   the lid hums when pressed
      day  9   quieter; sharp, clean
      day 14   done, or the start of something, as you prefer
      ~~~

      The hum is carbon dioxide squeezing past the rubber. One set of bacteria makes the gas and a little acid, and
      in doing so sours the place for itself; a tougher set moves in, and finishes. Nobody is in charge. Every one
      of them is only making lunch, and the result is something that keeps all winter.

      I find that encouraging, and have said so in committee.
    `,
  },
  {
    slug: 'smoke-signals',
    title: 'Smoke Signals',
    excerpt: 'Kipper, bloater, buckling: one fish, three careers. A visit to the last smokehouse on the quay.',
    categories: ['preserving', 'markets', 'sea', 'food'],
    authors: ['tomasz-wren'],
    published: { daysAgo: 256, time: '16:30' },
    content: markdown`
      Everything in the smokehouse is black and shines, including Mr Penhallow, who has worked there for fifty-one
      years and would like it known that he goes home pink.

      There is one fish, the herring, and there are three things that can happen to it:

      - The **kipper** is split down the back, brined, and hung in cold smoke overnight. It is cured, not cooked;
        that part is up to you.
      - The **bloater** goes in whole, guts and all, lightly salted and lightly smoked. It tastes of the sea’s own
        opinion of itself. It does not keep, and neither do its admirers.
      - The **buckling** is smoked hot, and comes out ready to eat. You can have it on the tram. You’ll have the
        tram to yourself.

      “What wood?” I asked, being a professional.

      “Oak,” said Mr Penhallow. He thought about this. “And whatever the boatyard swept up.”

      The building leans a little, seaward. He says the smoke is holding it up.
    `,
  },
  {
    slug: 'what-salt-does',
    title: 'What Salt Does',
    excerpt: 'A baker and an oceanographer sit down to write about salt, and find that they mean two different things.',
    categories: ['food', 'science', 'preserving', 'baking', 'sea'],
    authors: ['maud-okafor', 'tomasz-wren'],
    published: { daysAgo: 147, time: '06:10' },
    content: markdown`
      **Maud:** A litre of open sea holds about thirty-five grams of it. Dry out all the oceans and you could pave
      the land some forty storeys deep.

      **Tomasz:** I use two per cent.

      ## In bread

      Leave it out once, by accident, and you’ll never do it again. The dough is slack and sticky, because salt
      tightens gluten. It rises too fast, because salt slows yeast. And it tastes of nothing, or more precisely of
      *envelope*, because salt is how the tongue finds the other flavours in the dark.

      ## In the jar

      Salt does not kill everything. It kills, or at least discourages, almost everything *except* the bacteria that
      you want, which are the stubborn ones. It also draws water out through the walls of the cabbage, so that the
      vegetable makes its own brine. Both at once, for nothing. It’s the best employee in the kitchen.

      ## In the sea

      Salt water is heavier than fresh. Where ice forms, salt is left behind in the water below, which grows heavier
      still, and sinks, slowly, to the bottom of the world, and sets off for somewhere else. That is one of the
      pumps that stir the oceans.

      ## In agreement

      **Maud:** So in every case it decides what may move, and how fast.

      **Tomasz:** And you notice it only when it isn’t there.

      **Maud:** Like an editor.

      *(Noted. — Ed.)*
    `,
  },
];
