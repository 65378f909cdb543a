import type { DemoCategory } from './publication.ts';

interface Branch extends Omit<DemoCategory, 'parent' | 'position'> {
  children?: readonly Branch[];
}

const TREE: readonly Branch[] = [
  {
    slug: 'food',
    name: 'Food & Drink',
    description: 'What the city eats, and what it says while eating.',
    children: [
      {
        slug: 'baking',
        name: 'Baking',
        description: 'Flour, water, heat, and the patience to leave them alone.',
        children: [
          { slug: 'sourdough', name: 'Sourdough', description: 'Bread that keeps its own calendar.' },
          { slug: 'pastry', name: 'Pastry', description: 'Butter, in sheets.' },
        ],
      },
      { slug: 'coffee', name: 'Coffee', description: 'Where to drink it, how to queue for it, when to stop.' },
      {
        slug: 'preserving',
        name: 'Preserving',
        description: 'Salt, sugar, smoke and time: the four ways of arguing with August.',
      },
      { slug: 'kitchen-tools', name: 'Tools', description: 'Things with a handle that live in the second drawer.' },
    ],
  },
  {
    slug: 'city',
    name: 'The City',
    description: 'Port Ansel, population 211,000 and one cat.',
    children: [
      {
        slug: 'transport',
        name: 'Getting Around',
        description: 'On rails, on water, on foot, or not at all on Sundays.',
        children: [
          {
            slug: 'ferries',
            name: 'Ferries',
            description: 'Eleven minutes from the Old Quay to Farside, weather permitting.',
          },
          { slug: 'trams', name: 'Trams', description: 'Five lines, one of them beloved.' },
        ],
      },
      { slug: 'markets', name: 'Markets', description: 'Fish at six, fruit at eight, regrets at noon.' },
    ],
  },
  {
    slug: 'science',
    name: 'Science',
    description: 'How it works, as far as anyone has got.',
    children: [
      {
        slug: 'sea',
        name: 'The Sea',
        description: 'Our largest neighbour, and the noisiest.',
        children: [{ slug: 'tides', name: 'Tides', description: 'Twice a day, fifty minutes later tomorrow.' }],
      },
      { slug: 'birds', name: 'Birds', description: 'Those who look down on us.' },
      { slug: 'night-sky', name: 'The Night Sky', description: 'For readers of the late boat.' },
    ],
  },
  {
    slug: 'craft',
    name: 'Craft',
    description: 'Made slowly, by people you can go and ask.',
    children: [
      { slug: 'paper', name: 'Paper & Print', description: 'Grain, thread, type, ink, and blaming the weather.' },
      {
        slug: 'textiles',
        name: 'Textiles',
        description: 'Everything made by persuading a thread to come back.',
        children: [
          { slug: 'knitting', name: 'Knitting', description: 'Two needles, one thread, no hurry.' },
          { slug: 'mending', name: 'Mending', description: 'The second life of things, and the third.' },
        ],
      },
      { slug: 'workshop-tools', name: 'Tools', description: 'Things with an edge that live on the wall.' },
    ],
  },
  {
    slug: 'letters',
    name: 'Letters',
    description: 'To us, from us, and from those of us who are away.',
    pinned: ['biography-of-the-ferry-cat', 'lost-property-pier-3'],
    children: [
      { slug: 'corrections', name: 'Corrections', description: 'None so far. Do write in if you know better.' },
    ],
  },
];

/** Flattens the tree, each parent before its children. */
function flatten(branches: readonly Branch[], parent?: string): DemoCategory[] {
  return branches.flatMap(({ children = [], ...category }, position) => [
    { ...category, ...(parent === undefined ? {} : { parent }), position },
    ...flatten(children, category.slug),
  ]);
}

export const categories: readonly DemoCategory[] = flatten(TREE);
