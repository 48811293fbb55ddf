import type { AuditVerdict } from '../../../../../_lib/wire.ts'

const WIDTH = 600
const LINKS = 12
const STEP = WIDTH / LINKS

/** What the picture says, for who cannot see it. */
const words = ({ broken, head, checkpoint }: AuditVerdict): string =>
  `Chain from entry ${(checkpoint?.chain_seq ?? 0) + 1} to ${head.chain_seq}, ${broken === null ? 'unbroken' : `broken at entry ${broken.chain_seq}`}.`

/** Twelve links stand for all entries: whole before the break, dashed after it; a bar marks how far it is signed. */
export function ChainPicture({ verdict }: { verdict: AuditVerdict }) {
  const { broken, head, anchor, checkpoint } = verdict
  const first = (checkpoint?.chain_seq ?? 0) + 1
  const count = Math.max(1, head.chain_seq - first + 1)
  const placeOf = (seq: number): number => Math.min(LINKS - 1, Math.max(0, Math.floor(((seq - first) / count) * LINKS)))
  const breakAt = broken === null ? LINKS : placeOf(broken.chain_seq)
  const signed = anchor === null ? 0 : ((Math.min(anchor.chain_seq, head.chain_seq) - first + 1) / count) * WIDTH
  return (
    <figure>
      <svg role="img" aria-label={words(verdict)} viewBox={`-4 0 ${WIDTH + 8} 56`} className="h-14 w-full" preserveAspectRatio="none">
        {Array.from({ length: LINKS }, (_, index) => {
          const cut = index === breakAt
          const after = index > breakAt
          return (
            <g key={index} className={cut ? 'text-bad-mark' : after ? 'text-line-strong' : 'text-good-mark'}>
              <rect
                x={index * STEP + 3} y="10" width={STEP - 6} height="20" rx="10" fill="none" stroke="currentColor" strokeWidth="3"
                {...(after ? { strokeDasharray: '4 4' } : {})} vectorEffect="non-scaling-stroke"
              />
              {index < LINKS - 1 && !cut && index + 1 !== breakAt ? (
                <line x1={(index + 1) * STEP - 8} x2={(index + 1) * STEP + 8} y1="20" y2="20" stroke="currentColor" strokeWidth="3" vectorEffect="non-scaling-stroke" />
              ) : null}
              {cut ? <path d={`M${index * STEP + STEP / 2 - 6} 4l12 32m0 -32l-12 32`} stroke="currentColor" strokeWidth="3" vectorEffect="non-scaling-stroke" /> : null}
            </g>
          )
        })}
        <line x1="0" x2={WIDTH} y1="46" y2="46" className="text-line" stroke="currentColor" strokeWidth="4" vectorEffect="non-scaling-stroke" />
        {signed <= 0 ? null : <line x1="0" x2={signed} y1="46" y2="46" className="text-info-mark" stroke="currentColor" strokeWidth="4" vectorEffect="non-scaling-stroke" />}
      </svg>
      <figcaption className="figures flex justify-between text-12 text-muted">
        <span>#{first}</span>
        <span>{anchor === null ? 'not signed yet' : 'signed'}</span>
        <span>#{head.chain_seq}</span>
      </figcaption>
    </figure>
  )
}
