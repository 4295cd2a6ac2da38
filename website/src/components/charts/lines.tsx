'use client';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { margin, rowsOf, timeAxis, tooltip, valueAxis } from './axes';
import type { ChartProps } from './series';

/** Measurements over time; where nothing was measured the line has a gap. */
export default function Lines({ points, series, ...names }: ChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 200 }}>
      <LineChart data={rowsOf(points)} margin={margin} accessibilityLayer>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis {...timeAxis(names.nameTime)} />
        <YAxis {...valueAxis(names.nameValue, 64)} />
        <Tooltip {...tooltip({ series, ...names })} />
        {series.map(({ key, name, color }) => (
          <Line
            key={key}
            dataKey={key}
            name={name}
            type="monotone"
            stroke={color}
            strokeWidth={2}
            // A single measurement between two gaps would be no line at all.
            dot={{ r: 2, fill: color, strokeWidth: 0 }}
            activeDot={{ r: 4 }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
