'use client';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { margin, rowsOf, timeAxis, tooltip, valueAxis } from './axes';
import type { ChartProps } from './series';

/** Amounts over time, one kind upon the other. */
export default function StackedBars({ points, series, ...names }: ChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 200 }}>
      <BarChart data={rowsOf(points)} margin={margin} accessibilityLayer>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis {...timeAxis(names.nameTime)} />
        <YAxis {...valueAxis(names.nameValue, 40)} allowDecimals={false} />
        <Tooltip {...tooltip({ series, ...names })} />
        {series.map(({ key, name, color }) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            stackId="all"
            fill={color}
            maxBarSize={28}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
