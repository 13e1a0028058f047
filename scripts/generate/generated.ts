export const profiles = ['demo', 'varied', 'bench'] as const;

export type Profile = (typeof profiles)[number];

export interface LogFile {
  path: string;
  rows: number;
}

export interface GeneratedFiles {
  profile: Profile;
  /** The series catalogue, CSV. */
  catalogue: string;
  /** Files of the daily log in order of time; for `bench` the same rows as Parquet and as CSV. */
  logs: LogFile[];
  /** The launches by hour, or null where the profile has none. */
  hourly: LogFile | null;
  series: number;
}
