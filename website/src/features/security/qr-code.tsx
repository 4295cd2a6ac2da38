import { useMemo } from 'react';
import { encode } from 'uqr';

interface Props {
  label: string;
  text: string;
}

/** Drawn here: what it holds is a secret, which no service of others is to draw. Dark on light in both themes, because not every camera reads the other way. */
export function QrCode({ label, text }: Props) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 3 });
    const squares = code.data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size: code.size, path: squares.join('') };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-lg bg-white"
    >
      <path d={path} fill="#120c0b" />
    </svg>
  );
}
