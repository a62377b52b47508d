import { useId } from 'react'

// The walls from the outer one inwards; each is an arch standing on the ground.
const walls = [
  { level: 1, path: 'M52 760V332a228 228 0 0 1 456 0v428z' },
  { level: 2, path: 'M100 760V356a180 180 0 0 1 360 0v404z' },
  { level: 3, path: 'M146 760V386a134 134 0 0 1 268 0v374z' },
  { level: 4, path: 'M190 760V416a90 90 0 0 1 180 0v344z' },
]

/** Looking through the arches into the courtyard, where the light is on. Only to be looked at. */
export function ArchScene({ className, band }: { className?: string; band?: boolean }) {
  const id = useId()
  const ref = (name: string) => `url(#${id}-${name})`
  return (
    <svg
      // A low band shows the lit door alone, with its round head.
      viewBox={band ? '-60 376 680 309' : '0 0 560 760'}
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      className={className}
    >
      <SceneLight id={id} />
      {walls.map(({ level, path }) => (
        <path key={level} d={path} fill={ref(`wall-${level}`)} />
      ))}
      <path d="M226 660V446a54 54 0 0 1 108 0v214z" fill={ref('light')} />
      <Tree />
      <path d="M226 660h108l226 100H0z" fill={ref('floor')} />
      <path d="M226 660h108l70 100H156z" fill={ref('beam')} opacity=".55" />
    </svg>
  )
}

function SceneLight({ id }: { id: string }) {
  const lamp = { gradientUnits: 'userSpaceOnUse', cx: 280, cy: 560 } as const
  return (
    <defs>
      {walls.map(({ level }) => (
        <radialGradient key={level} id={`${id}-wall-${level}`} r="360" {...lamp}>
          <stop offset="0" stopColor={`var(--scene-wall-${level})`} />
          <stop offset="1" stopColor={`var(--scene-wall-${level}-edge)`} />
        </radialGradient>
      ))}
      <radialGradient id={`${id}-light`} r="170" {...lamp}>
        <stop offset="0" stopColor="var(--scene-light)" />
        <stop offset=".45" stopColor="var(--scene-light-mid)" />
        <stop offset="1" stopColor="var(--scene-light-edge)" />
      </radialGradient>
      <linearGradient id={`${id}-floor`} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="var(--scene-floor)" />
        <stop offset=".5" stopColor="var(--scene-floor-mid)" />
        <stop offset="1" stopColor="var(--scene-floor-near)" />
      </linearGradient>
      <linearGradient id={`${id}-beam`} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="var(--scene-beam)" />
        <stop offset="1" stopColor="var(--scene-beam)" stopOpacity="0" />
      </linearGradient>
    </defs>
  )
}

function Tree() {
  return (
    <g fill="var(--scene-tree)">
      <path d="M277.5 660c1-20 .8-40 .3-58l-15-20 1.8-1.4 13.2 13.4V560h4.4v40l15-16 1.8 1.6-16.8 22.4c-.4 18-.4 34 .5 52z" />
      <circle cx="280" cy="534" r="25" />
      <circle cx="259" cy="549" r="19" />
      <circle cx="302" cy="548" r="20" />
      <circle cx="252" cy="568" r="13" />
      <circle cx="308" cy="567" r="13" />
      <circle cx="280" cy="562" r="20" />
    </g>
  )
}
