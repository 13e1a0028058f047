/** What it is about: each root's audience, primary genre and further tags, as labels that an export would write. */
import type { Calibration } from './calibration.ts';
import type { Database } from './database.ts';

/**
 * Makes `audience` (root, channel, mix): the channel and the column of genre_mix.csv its genre is drawn from. Women's
 * channel has 70 % of live action, men's 70 % of comics (INDUSTRY). Of the comics active in the counted range exactly
 * `fantasy_or_xianxia` draw from the fantasy column, of the others the same part.
 */
export async function chooseAudience(db: Database, { comic }: Calibration, scale: number): Promise<void> {
  const part = comic.active.fantasy_or_xianxia / comic.active.series;
  await db.run(`CREATE TABLE audience AS
    WITH marked AS (
      SELECT s.no, s.kind, s.male, a.no IS NOT NULL AS active,
        row_number() OVER (PARTITION BY s.kind, a.no IS NOT NULL ORDER BY u(s.no, 'fantasy'), s.no) AS place
      FROM series s LEFT JOIN active_comic a ON a.no = s.no WHERE s.root = s.no
    ), fantasy AS (
      SELECT *, kind = 'comic' AND CASE WHEN active THEN place <= ${Math.round(comic.active.fantasy_or_xianxia * scale)} ELSE u(no, 'early fantasy') < ${part} END AS is_fantasy,
        coalesce(male, u(no, 'channel') < CASE WHEN kind IN ('live_action', 'overseas_original') THEN 0.27 ELSE 0.7 END) AS is_male
      FROM marked
    )
    SELECT no AS root, is_fantasy,
      CASE WHEN male IS NULL AND u(no, 'general') < 0.05 THEN '综合' WHEN is_male THEN '男频' ELSE '女频' END AS channel,
      CASE WHEN kind = 'overseas_original' THEN 'overseas' WHEN is_fantasy THEN 'comic_fantasy' WHEN kind = 'comic' THEN 'comic'
        WHEN is_male THEN 'live_male' ELSE 'live_female' END AS mix
    FROM fantasy`);
}

/** Makes `primary_genre` (root, genre, label, voice): mostly the usual label, sometimes another spelling. */
export async function drawGenres(db: Database): Promise<void> {
  await db.run(`CREATE TABLE primary_genre AS
    WITH long AS (UNPIVOT genre_mix ON live_female, live_male, comic, comic_fantasy, overseas INTO NAME mix VALUE weight),
    bounds AS (
      SELECT genre, mix, voice, labels, weight, sum(round(1000 * weight)::BIGINT) OVER (PARTITION BY mix ORDER BY line) AS upto,
        sum(round(1000 * weight)::BIGINT) OVER (PARTITION BY mix) AS whole
      FROM long WHERE weight > 0
    )
    SELECT a.root, b.genre, b.voice,
      CASE WHEN u(a.root, 'spelling') < 0.8 THEN string_split(b.labels, '|')[1] ELSE pick(string_split(b.labels, '|'), u(a.root, 'other spelling')) END AS label
    FROM audience a JOIN bounds b ON b.mix = a.mix
      AND u(a.root, 'genre') * b.whole >= b.upto - round(1000 * b.weight) AND u(a.root, 'genre') * b.whole < b.upto`);
}

/**
 * Makes `tags` (root, tags): the primary genre's label, for a fantasy comic of another primary genre 玄幻 or 仙侠, then
 * one to three tags drawn without replacement by the audience's weights, joined by `/`.
 */
export async function drawTags(db: Database): Promise<void> {
  await db.run(`CREATE TABLE tags AS
    WITH long AS (UNPIVOT tag_mix ON live_female, live_male, comic, overseas INTO NAME mix VALUE weight),
    ranked AS (
      SELECT a.root, CASE WHEN u(a.root * 100 + l.line, 'tag spelling') < 0.8 THEN string_split(l.labels, '|')[1]
          ELSE string_split(l.labels, '|')[-1] END AS label,
        row_number() OVER (PARTITION BY a.root ORDER BY -ln(u(a.root * 100 + l.line, 'tag')) / l.weight, l.line) AS place
      FROM audience a JOIN primary_genre g USING (root)
        JOIN long l ON l.mix = replace(a.mix, 'comic_fantasy', 'comic')
      WHERE l.weight > 0 AND NOT list_has_any(string_split(l.labels, '|'), [g.label])
        AND NOT (g.genre IN (SELECT genre FROM genre_mix m WHERE list_has_any(string_split(m.labels, '|'), string_split(l.labels, '|'))))
    ), further AS (
      SELECT root, list(label ORDER BY place) AS labels FROM ranked
      WHERE place <= 1 + floor(3 * u(root, 'tags')) GROUP BY root
    )
    SELECT root, list_concat([g.label],
        CASE WHEN a.is_fantasy AND g.genre NOT IN ('fantasy', 'xianxia') THEN [pick(['玄幻', '仙侠'], u(root, 'fantasy tag'))] ELSE [] END,
        coalesce(f.labels, [])) AS tags
    FROM primary_genre g JOIN audience a USING (root) LEFT JOIN further f USING (root)`);
}

/**
 * Makes `titles` (root, zh, en), distinct in both languages: opening, core and ending by the genre's voice, numbered through all
 * their combinations in steps that meet each once.
 */
export async function composeTitles(db: Database): Promise<void> {
  const parts = (table: string, key: string) =>
    `(SELECT ${key}, list(zh ORDER BY line) AS zh, list(en ORDER BY line) AS en FROM ${table} GROUP BY ${key})`;
  await db.run(`CREATE TABLE titles AS
    WITH numbered AS (
      SELECT root, genre, voice, row_number() OVER (PARTITION BY genre ORDER BY u(root, 'title'), root) AS n FROM primary_genre
    ), indexed AS (
      SELECT root, o.zh AS ozh, o.en AS oen, c.zh AS czh, c.en AS cen, e.zh AS ezh, e.en AS een,
        n <= len(o.zh) * len(c.zh) * len(e.zh) AS fits,
        -- 1009 is prime and no factor of any list's length, so i runs through every combination once.
        (n * 1009) % (len(o.zh) * len(c.zh) * len(e.zh)) AS i
      FROM numbered JOIN ${parts('title_openings', 'voice')} o USING (voice) JOIN ${parts('title_cores', 'genre')} c USING (genre)
        JOIN ${parts('title_endings', 'voice')} e USING (voice)
    ), placed AS (
      SELECT *, i % len(ozh) + 1 AS a, (i // len(ozh)) % len(czh) + 1 AS b, i // (len(ozh) * len(czh)) + 1 AS c FROM indexed
    )
    SELECT root, CASE WHEN fits THEN ozh[a] || czh[b] || ezh[c] ELSE error('Too few title parts in data/demo for a genre') END AS zh,
      oen[a] || upper(cen[b][1]) || cen[b][2:] || ' ' || een[c] AS en
    FROM placed`);
}
