/** What the contract of VMM drivers asks of a guest, as programs of guests that are none. */
import type { FakeProgram } from '../drivers/vmm/fake-machine.ts'
import type { ExecPrograms, Programs } from '../drivers/vmm/vmm.contract.ts'

export const APP_UID = '999'

const report: FakeProgram = (process) => {
  const { GREETING = '', SECRET = '' } = process.env
  process.onStopSignal(() => {
    process.log('stdout', 'bye')
    process.exit(0)
  })
  process.onExec((argv, stdin) => {
    if (argv[0] === 'streams') return { exitCode: 7, stdout: stdin, stderr: 'oops\n' }
    return argv[0] === 'hang' ? 'hang' : { exitCode: 127, stdout: '', stderr: '' }
  })
  process.log('stdout', `greeting=${GREETING} secret=${SECRET} workdir=${process.workdir} user=${process.user === 'app' ? APP_UID : '0'}`)
}

/** Of a guest that has printed so many lines before, and does not know that it slept since. */
export const programsAt = (printed: number): Record<string, FakeProgram | null> => ({
  report,
  missing: null,
  lines: (process) => { for (let line = 1; line <= Number(process.argv[1]); line += 1) process.log('stdout', `line ${line}`) },
  exit: (process) => process.exit(Number(process.argv[1])),
  stubborn: (process) => {
    process.onStopSignal(() => {})
    process.log('stdout', 'alive')
  },
  ticker: (process) => {
    let tick = printed
    const timer = setInterval(() => {
      tick += 1
      process.log('stdout', `tick ${tick}`)
      if (tick > printed + 500) clearInterval(timer)
    }, 1)
  },
})

export const fakePrograms = programsAt(0)

export const contractPrograms: Programs = {
  report: ['report'], lines: (lines) => ['lines', String(lines)], ticker: ['ticker'], exit: (code) => ['exit', String(code)],
  ignoresStopSignal: ['stubborn'], missing: ['missing'],
}

export const contractExecs: ExecPrograms = { streams: ['streams'], hang: ['hang'] }
