/** Encodings to try for bytes without a mark that are not UTF-8, the likeliest first. */
export const CANDIDATES = ['gb18030', 'big5', 'shift_jis', 'windows-1252', 'euc-jp', 'euc-kr'] as const;
export type Candidate = (typeof CANDIDATES)[number];

export interface Score {
  readonly encoding: Candidate;
  /** About 1 for everyday text, about 0 or less for noise. */
  readonly score: number;
  readonly characters: number;
  readonly invalid: number;
}

/** For ties: the encodings most often met in exports of this field. */
const PRIOR: Record<Candidate, number> = {
  gb18030: 0.06,
  big5: 0.04,
  shift_jis: 0.04,
  'windows-1252': 0,
  'euc-jp': -0.05,
  'euc-kr': 0,
};

export function scoreEncodings(sample: Uint8Array): Score[] {
  return CANDIDATES.map((encoding) => scoreIn(sample, encoding)).sort((a, b) => b.score - a.score);
}

function scoreIn(sample: Uint8Array, encoding: Candidate): Score {
  const text = new TextDecoder(encoding).decode(sample, { stream: true });
  const weigh = encoding === 'windows-1252' ? weighLatin : weighAsian(encoding);
  let sum = 0;
  let characters = 0;
  let invalid = 0;
  let run = 0;
  for (const character of text) {
    if (character <= '\u007f') {
      run = 0;
      continue;
    }
    run++;
    characters++;
    if (character === '\ufffd') invalid++;
    sum += character === '\ufffd' ? BROKEN : weigh(character, run);
  }
  return { encoding, score: characters === 0 ? 0 : sum / characters + PRIOR[encoding], characters, invalid };
}

/** A byte that the encoding lacks counts more than several characters. */
const BROKEN = -4;

/** Accents stand alone among plain letters; other encodings give runs of them. */
function weighLatin(character: string, run: number): number {
  if (run > 2) return -0.2;
  if (/[àáâãäçèéêëìíîïñòóôõöùúûüßœæøå]/iu.test(character)) return run === 1 ? 0.85 : 0.6;
  if (/[’‘“”–—…€£°·«»¿¡®™©ªº\u00a0]/u.test(character)) return run === 1 ? 0.85 : 0.4;
  return -0.2;
}

type AsianCandidate = Exclude<Candidate, 'windows-1252'>;

function weighAsian(encoding: AsianCandidate): (character: string) => number {
  const everyday = everydayOf(encoding);
  const { frequent, kana } = LANGUAGES[encoding];
  return (character) => {
    if (frequent.has(character)) return 1;
    if (everyday.has(character)) return 0.75;
    if (/[\u3040-\u30ff]/u.test(character)) return kana;
    if (/[、。《》「」『』【】（），：；！？“”‘’…—·～％￥０-９Ａ-Ｚａ-ｚ]/u.test(character)) return 0.7;
    if (/\p{Script=Han}|\p{Script=Hangul}/u.test(character)) return 0.15;
    return -0.3;
  };
}

/**
 * The first planes hold everyday characters: GB 2312 level 1 (rows 16 to 55), Big5 level 1 (A4 to C6), JIS X 0208 level
 * 1 (rows 16 to 47), the syllables of KS X 1001 (rows 16 to 40).
 */
const LEVEL_ONE: Record<AsianCandidate, { leads: readonly [number, number]; trails: readonly [number, number] }> = {
  gb18030: { leads: [0xb0, 0xd7], trails: [0xa1, 0xfe] },
  big5: { leads: [0xa4, 0xc6], trails: [0x40, 0xfe] },
  shift_jis: { leads: [0x88, 0x97], trails: [0x40, 0xfc] },
  'euc-jp': { leads: [0xb0, 0xcf], trails: [0xa1, 0xfe] },
  'euc-kr': { leads: [0xb0, 0xc8], trails: [0xa1, 0xfe] },
};

const known = new Map<AsianCandidate, ReadonlySet<string>>();

function everydayOf(encoding: AsianCandidate): ReadonlySet<string> {
  const before = known.get(encoding);
  if (before) return before;
  const { leads, trails } = LEVEL_ONE[encoding];
  const decoder = new TextDecoder(encoding);
  const found = new Set<string>();
  for (let lead = leads[0]; lead <= leads[1]; lead++)
    for (let trail = trails[0]; trail <= trails[1]; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text >= '\u3400' && text <= '\ud7a3') found.add(text);
    }
  known.set(encoding, found);
  return found;
}

const SIMPLIFIED =
  '的一是不了在有人我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知现样';
const HEADERS =
  '剧名播放量日期平台类型题材观看次数热度点赞评论分享收藏累计新增总榜单排名时间标题集数完播率收入元万亿地区语言演员导演出品方制作承制版权上线首播统计编号代码渠道男女频漫短剧真人';
const TITLES =
  '总裁豪门闪婚替身新娘离婚前夫重生穿越逆袭战神龙王赘婿千金女儿爸妈老婆老公宝孩太奶爷皇后王妃将军医神仙修炼爱恨情仇复仇归来';
const TRADITIONAL =
  '的一是不了在有人我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知現樣';
const TRADITIONAL_FIELD =
  '劇名播放量日期平臺台類型題材觀看次數熱度點讚評論分享收藏累計新增總榜單排名時間標題集數完播率收入元萬億地區語言演員導演出品方製作版權上線首播統計編號渠道男女頻漫短劇真人總裁豪門閃婚替身新娘離婚前夫重生穿越逆襲戰神龍王贅婿千金女兒爸媽老婆老公寶孩太奶爺皇后王妃將軍醫神仙修煉愛恨情仇復仇歸來';
const JAPANESE =
  'のにはをたがでてとしれさあいうるもなかりこくきだっすらまよめえりンスルトーアイラリドクジマタシレロカサナニハ日付作品名再生数視聴回配信題話放送年月人気社長夫妻結婚離婚愛恋花嫁復讐契約御曹司子供私君彼女逆転運命秘密一大国';
const KOREAN =
  '이다는을가에의고지한하로사도리인나그자어대기아서수있해시보정들니라일만여전게면장은원부거상구제스주비와과적를것없내남편결혼재벌집딸아들신부복수조회날짜제목작품명생시청플랫폼장르구분누적방영이혼후인생사랑왕비밀계약연애회장님';

const LANGUAGES: Record<AsianCandidate, { frequent: ReadonlySet<string>; kana: number }> = {
  gb18030: { frequent: new Set(SIMPLIFIED + HEADERS + TITLES), kana: -0.3 },
  big5: { frequent: new Set(TRADITIONAL + TRADITIONAL_FIELD), kana: -0.3 },
  shift_jis: { frequent: new Set(JAPANESE), kana: 0.9 },
  'euc-jp': { frequent: new Set(JAPANESE), kana: 0.9 },
  'euc-kr': { frequent: new Set(KOREAN), kana: -0.3 },
};
