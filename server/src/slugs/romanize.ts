import { transliterate } from 'transliteration';

const letters = (pairs: string) => new Map(pairs.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)]));

/** Letters that the library omits: Azerbaijani, Kazakh and Tatar, Arabic, Hebrew; and the sign between two sizes. */
const OMITTED = letters('əe ǝe әa ӛa اa أa إa ٱa ىa ةa אa ×x');
/** Kana in Hepburn romanization, as on signs and in passports. The library writes si, ti, tu and hu. */
const HEPBURN = letters('しshi じji ちchi ぢji つtsu づzu ふfu をo');
const KANA_Y = letters('ゃa ゅu ょo');
const SMALL_VOWELS = letters('ぁa ぃi ぅu ぇe ぉo');

/** Romanizes text in lower case, as a reader of its script expects, if the script alone determines it. */
export function romanize(lowerCaseText: string): string {
  const text = lowerCaseText
    .replace(/\p{Script=Cherokee}/gu, (letter) => letter.toUpperCase())
    .replace(/\p{L}|×/gu, (letter) => OMITTED.get(letter) ?? letter)
    .replace(/[가-힣]+/g, romanizeHangul);
  return transliterate(romanizeKana(romanizeGreekPairs(text)));
}

const HANGUL_START = 0xac00;
const SYLLABLES_PER_INITIAL = 588;
const INITIAL_CH = 14;

/** Kimchi, not kimci: the library knows all initial consonants of syllables but this one. */
const romanizeHangul = (word: string) =>
  Array.from(word, (syllable) => {
    const initial = Math.floor((syllable.charCodeAt(0) - HANGUL_START) / SYLLABLES_PER_INITIAL);
    const romanized = transliterate(syllable);
    return initial === INITIAL_CH ? romanized.replace(/^c/, 'ch') : romanized;
  }).join('');

/** Two vowels that are read as one sound: ου is ou, αυ and ευ are av and ev, before voiceless consonants af and ef. */
const romanizeGreekPairs = (text: string) =>
  text
    .replace(/ο[υύ]/g, 'ou')
    .replace(/([αεη])[υύ](?=[θκξπσςτφχψ]|(?!\p{L}))/gu, '$1f')
    .replace(/([αεη])[υύ]/g, '$1v');

/** きょ is kyo, しゃ sha, ファ fa, ティ ti; っ doubles the consonant that follows. */
const romanizeKana = (text: string) =>
  text
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/([ぁ-ゔ])([ゃゅょぁぃぅぇぉ]?)/g, (_, kana: string, small: string) => romanizeSyllable(kana, small))
    .replace(/っ([a-z])/g, (_, consonant: string) => (consonant === 'c' ? 'tc' : consonant + consonant))
    .replaceAll('っ', '');

function romanizeSyllable(kana: string, small: string): string {
  if (kana === 'っ') return kana + (small && transliterate(small));
  const sound = HEPBURN.get(kana) ?? transliterate(kana);
  const consonants = sound.slice(0, -1);
  const y = KANA_Y.get(small);
  if (y !== undefined) return `${consonants}${/^(sh|ch|j)$/.test(consonants) ? '' : 'y'}${y}`;
  const vowel = SMALL_VOWELS.get(small);
  if (vowel === undefined) return sound;
  return consonants === '' ? (kana === 'う' ? `w${vowel}` : sound + vowel) : consonants + vowel;
}
