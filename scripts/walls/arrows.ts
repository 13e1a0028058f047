/** Imports against the table of rooms. */
import type { Imports } from './imports.ts';
import type { Room } from './rooms.ts';

/** The room of a file. @throws Error where it has none */
export function roomOf(file: string, rooms: readonly Room[]): Room {
  const fitting = rooms.flatMap((room) =>
    room.holds
      .filter((path) => (path.endsWith('/') ? file.startsWith(path) : file === path))
      .map((path) => ({ room, path })),
  );
  const [closest] = fitting.sort((a, b) => b.path.length - a.path.length);
  if (!closest) throw new Error(`${file} is in no room: add it to scripts/walls/rooms.ts`);
  return closest.room;
}

/** Imports of a room that the importing one does not see, as `file → file (room → room)`. */
export function arrowsUp(imports: Imports, rooms: readonly Room[]): string[] {
  const names = new Set(rooms.map(({ name }) => name));
  for (const { name, sees } of rooms)
    for (const seen of sees) if (!names.has(seen)) throw new Error(`Room ${name} sees ${seen}, which is no room`);
  return [...imports].flatMap(([file, paths]) => {
    const from = roomOf(file, rooms);
    return paths.flatMap((path) => {
      const to = roomOf(path, rooms);
      return from === to || from.sees.includes(to.name) ? [] : [`${file} → ${path} (${from.name} → ${to.name})`];
    });
  });
}

/** Libraries that a room does not allow its files, as `file → library (room)`. */
export function librariesRefused(libraries: Imports, rooms: readonly Room[]): string[] {
  return [...libraries].flatMap(([file, names]) => {
    const room = roomOf(file, rooms);
    const { libraries: allowed } = room;
    return allowed === undefined
      ? []
      : names.filter((name) => !allowed.includes(name)).map((name) => `${file} → ${name} (${room.name})`);
  });
}
