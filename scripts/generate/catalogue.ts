/** The series catalogue as a Chinese export writes it, `series.csv`, with English names beside the Chinese ones. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibration } from './calibration.ts';
import { type Database, quoted } from './database.ts';
import { chooseAudience, composeTitles, drawGenres, drawTags } from './genres.ts';
import { assignProducers, leads, nameActors, nameProducers } from './people.ts';

/** Makes table `catalogue`, one row per series, with the export's own headers as column names. */
export async function buildCatalogue(db: Database, calibration: Calibration, scale: number): Promise<void> {
  await chooseAudience(db, calibration, scale);
  await drawGenres(db);
  await drawTags(db);
  await composeTitles(db);
  await nameProducers(db, calibration);
  await assignProducers(db, calibration);
  await nameActors(db);
  await db.run(`CREATE TABLE catalogue AS
    SELECT s.no, series_id(s.no) AS "剧集ID",
      coalesce(n.title, t.zh || CASE WHEN s.root <> s.no THEN '2' ELSE '' END) AS "剧名",
      coalesce(n.title_en, t.en || CASE WHEN s.root <> s.no THEN ' 2' ELSE '' END) AS "英文名",
      coalesce(n.producers, CASE WHEN u(s.root, 'partner') < 0.12 THEN p.zh || '/' || partner.zh ELSE p.zh END) AS "承制方",
      coalesce(n.rights_holder, CASE WHEN u(s.root, 'rights') < 0.7 THEN p.zh WHEN u(s.root, 'rights') < 0.9 THEN partner.zh END) AS "版权方",
      coalesce(n.producer_region, p.region) AS "制作地",
      coalesce(n.genres, array_to_string(g.tags, '/')) AS "题材",
      a.channel AS "频道",
      CASE WHEN s.kind = 'comic' THEN '漫剧' WHEN s.kind = 'ai' THEN 'AI仿真人剧' WHEN s.kind = 'other' THEN '其他' ELSE '真人剧' END AS "短剧类型",
      ${production} AS "制作方式",
      coalesce(n.franchise, CASE WHEN s.root <> s.no OR s.sequel IS NOT NULL THEN t.zh END) AS "系列",
      coalesce(n."cast", CASE WHEN n.title IS NULL OR n.producers IS NULL THEN l.first_lead || '/' || l.second_lead END) AS "主演",
      p.language AS "语种", p.country AS "来源地",
      CASE WHEN h.no IS NOT NULL THEN strftime(h.release_at, '%Y-%m-%d %H:%M:%S') ELSE strftime(s.release, '%Y-%m-%d') END AS "上线日期",
      coalesce(n.episodes, ${episodes}) AS "集数",
      CASE WHEN u(s.no, 'paywall') < 0.55 THEN 6 + floor(9 * u(s.no, 'paid from'))::INTEGER END AS "付费起始集"
    FROM series s
      JOIN audience a ON a.root = s.root JOIN tags g ON g.root = s.root JOIN titles t ON t.root = s.root
      JOIN made_by m ON m.root = s.root JOIN producer p ON p.rank = m.rank
      JOIN producer partner ON partner.rank = 2 + floor((SELECT count(*) - 1 FROM producer) * u(s.root, 'partner house'))::INTEGER
      LEFT JOIN (${leads}) l ON l.root = s.root
      LEFT JOIN (${aiComics}) made ON made.no = s.no
      LEFT JOIN named_series n ON n.line = s.named
      LEFT JOIN hourly_series h ON h.no = s.no
    ORDER BY s.no`);
}

/**
 * AI-made comics (no, ai): of each month's releases a part that rises from 15 to 80 % over the log. Ordered by size and
 * taken in even steps, so that the part of views is nearly the same and a single hit does not decide the AI share.
 */
const aiComics = `
  SELECT no, floor(place * part + 0.5) > floor((place - 1) * part + 0.5) AS ai FROM (
    SELECT no, row_number() OVER (PARTITION BY date_trunc('month', release) ORDER BY lifetime DESC, no) AS place,
      0.15 + 0.65 * pow(greatest(date_diff('month', DATE '2024-10-01', release), 0) / 12, 1.5) AS part
    FROM series WHERE kind = 'comic')`;

/** AI photo-real series leave the field out one time in four; their format then tells. */
const production = `CASE
  WHEN s.kind = 'ai' THEN CASE WHEN u(s.no, 'production') < 0.75 THEN 'ai' END
  WHEN s.kind = 'comic' THEN CASE
    WHEN made.ai THEN 'ai'
    WHEN u(s.no, 'production') < 0.85 THEN 'hybrid' WHEN u(s.no, 'production') < 0.97 THEN 'human' END
  WHEN u(s.no, 'production') < 0.03 + 0.05 * greatest(s.release - DATE '2024-10-01', 0) / 395 THEN 'hybrid'
  WHEN u(s.no, 'production') < 0.92 THEN 'human' END`;

/** INDUSTRY: under 60 episodes 17 %, 60 to 79 40 %, 80 to 100 36 %, over 100 7 %. */
const episodes = `CASE
  WHEN u(s.no, 'episodes') < 0.17 THEN 20 + floor(40 * sqrt(u(s.no, 'how many')))
  WHEN u(s.no, 'episodes') < 0.57 THEN 60 + floor(20 * u(s.no, 'how many'))
  WHEN u(s.no, 'episodes') < 0.93 THEN 80 + floor(21 * u(s.no, 'how many'))
  ELSE 101 + floor(40 * pow(u(s.no, 'how many'), 2)) END::INTEGER`;

/** Writes `series.csv` (UTF-8 with BOM) and gives its path. */
export async function writeCatalogue(db: Database, out: string): Promise<string> {
  const catalogue = join(out, 'series.csv');
  await writeWithBom(
    db,
    `SELECT c.* EXCLUDE (no),
       ${inEnglish('c."承制方"', 'houses.en')} AS "承制方英文名",
       ${inEnglish('c."主演"', 'actors.en')} AS "主演英文名",
       f.en AS "系列英文名"
     FROM catalogue c CROSS JOIN (${englishNames('producer')}) houses CROSS JOIN (${englishNames('actor')}) actors
       LEFT JOIN (SELECT "系列" AS zh, min_by("英文名", no) AS en FROM catalogue GROUP BY "系列") f ON f.zh = c."系列"
     ORDER BY no`,
    catalogue,
  );
  return catalogue;
}

/** One map of Chinese to English names. */
const englishNames = (table: 'producer' | 'actor') =>
  `SELECT map(list(zh ORDER BY zh), list(en ORDER BY zh)) AS en FROM (SELECT zh, min(en) AS en FROM ${table} GROUP BY zh)`;

/** The names of a `/` list in English, in the same order; a name without one stays as it is. */
const inEnglish = (list: string, map: string) =>
  `array_to_string(list_transform(string_split(${list}, '/'), lambda name: coalesce(${map}[name], name)), '/')`;

/** DuckDB writes no byte order mark, which spreadsheet programs want and real exports carry. */
export async function writeWithBom(db: Database, query: string, path: string): Promise<void> {
  await db.run(`COPY (${query}) TO ${quoted(path)} (FORMAT csv, HEADER true)`);
  await writeFile(path, `\uFEFF${await readFile(path, 'utf8')}`);
}
