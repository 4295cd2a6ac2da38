/** What a chart over time is drawn from. */
export interface Series {
  key: string;
  name: string;
  /** A colour token: 'var(--chart-1)'. */
  color: string;
}

/** One step of time; a value that is not known is null and leaves a gap. */
export interface Point {
  at: string;
  values: Readonly<Record<string, number | null>>;
}

export interface ChartProps {
  points: readonly Point[];
  series: readonly Series[];
  /** A step of time as the axis names it: short. */
  nameTime: (at: string) => string;
  /** The same in full, for the tooltip. */
  nameTimeFully: (at: string) => string;
  nameValue: (value: number) => string;
}
