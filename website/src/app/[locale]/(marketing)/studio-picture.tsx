/** A drawing of the video page: player, time line, scenes. It shows no made-up numbers and is hidden from screen readers. */

interface Scene {
  share: number;
  sky: [string, string];
  ground: string;
  sun: [number, number, number];
}

const scenes: Scene[] = [
  { share: 14, sky: ['#2b0b3a', '#7a1f3d'], ground: '#1b0a1f', sun: [70, 30, 9] },
  { share: 22, sky: ['#7a0c0c', '#ff9a3c'], ground: '#3a0505', sun: [50, 62, 20] },
  { share: 9, sky: ['#0d2b45', '#3f7d8c'], ground: '#071a29', sun: [30, 28, 7] },
  { share: 18, sky: ['#ffcf70', '#f06a3a'], ground: '#5a1a0a', sun: [62, 50, 14] },
  { share: 12, sky: ['#123524', '#7aa35a'], ground: '#0a1f15', sun: [78, 26, 8] },
  { share: 25, sky: ['#1a1033', '#b3364b'], ground: '#120a1c', sun: [36, 56, 17] },
];

function Landscape({ scene, id }: { scene: Scene; id: string }) {
  const [x, y, radius] = scene.sun;
  return (
    <svg viewBox="0 0 100 56" preserveAspectRatio="xMidYMid slice" className="absolute inset-0 size-full">
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={scene.sky[0]} />
          <stop offset="1" stopColor={scene.sky[1]} />
        </linearGradient>
      </defs>
      <rect width="100" height="56" fill={`url(#${id})`} />
      <circle cx={x} cy={y * 0.56 + 4} r={radius} fill="#ffd700" opacity="0.92" />
      <path
        d="M0 44 L18 33 L30 40 L47 27 L66 41 L82 32 L100 42 V56 H0 Z"
        fill={scene.ground}
        opacity="0.72"
      />
      <path d="M0 50 C20 43 36 52 54 47 S86 44 100 49 V56 H0 Z" fill={scene.ground} />
    </svg>
  );
}

export function StudioPicture() {
  const shown = scenes[1];
  return (
    <div aria-hidden className="mx-auto max-w-5xl px-4 sm:px-6">
      <div className="rounded-[1.25rem] border border-white/15 bg-[#1b1312] p-2.5 shadow-2xl shadow-black/50 sm:p-4">
        <div className="relative aspect-[16/8] overflow-hidden rounded-xl">
          {shown && <Landscape scene={shown} id="studio-shown" />}
          <div className="absolute inset-x-0 bottom-0 bg-linear-to-t from-black/75 to-transparent px-4 pt-12 pb-4 sm:px-6">
            <div className="flex items-center gap-4">
              <svg viewBox="0 0 24 24" className="size-5 shrink-0 fill-[#fff6e5] sm:size-6">
                <path d="M7 4.5v15l12-7.5z" />
              </svg>
              <div className="relative h-1.5 flex-1 rounded-full bg-white/25">
                <div className="absolute inset-y-0 left-0 w-[27%] rounded-full bg-[#ffd700]" />
                <div className="absolute top-1/2 left-[27%] size-3.5 -translate-1/2 rounded-full bg-[#ffd700]" />
              </div>
            </div>
          </div>
        </div>
        <div className="relative mt-2.5 flex h-12 gap-1 sm:mt-4 sm:h-20 sm:gap-1.5">
          {scenes.map((scene, index) => (
            <div
              key={scene.share}
              className={`relative overflow-hidden rounded-md sm:rounded-lg ${index === 1 ? 'ring-2 ring-[#ffd700]' : 'opacity-75'}`}
              style={{ flexGrow: scene.share, flexBasis: 0 }}
            >
              <Landscape scene={scene} id={`studio-${index}`} />
            </div>
          ))}
          <div className="absolute -inset-y-1 left-[27%] w-0.5 rounded-full bg-[#fff6e5]" />
        </div>
      </div>
    </div>
  );
}
