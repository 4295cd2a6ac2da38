interface Bar {
  key: string;
  value: number;
  /** What it stands for, for those who hover. */
  name: string;
}

interface Props {
  /** What the bars say, in one sentence: it is all that somebody learns who does not see them. */
  summary: string;
  bars: readonly Bar[];
}

const width = 240;
const height = 48;
const gap = 4;

/** A handful of amounts in the space of a line of text. Drawn on the server as well: no library, nothing that moves. */
export function SmallBars({ summary, bars }: Props) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const step = width / Math.max(1, bars.length);
  return (
    <svg role="img" aria-label={summary} viewBox={`0 0 ${width} ${height}`} className="h-12 w-full max-w-72">
      {bars.map(({ key, value, name }, index) => {
        // A week without anything keeps its place as a thin line.
        const tall = value === 0 ? 2 : Math.max(4, (value / most) * height);
        return (
          <rect
            key={key}
            x={index * step + gap / 2}
            y={height - tall}
            width={step - gap}
            height={tall}
            rx={2}
            fill={value === 0 ? 'var(--border)' : 'var(--chart-1)'}
          >
            <title>{name}</title>
          </rect>
        );
      })}
    </svg>
  );
}
