export { nothingAnswered, type Compared, type Fault } from './judge.ts'
export { endSteps, firstSteps, moveSteps, parseSteps, presentStep, promoteSteps } from './steps.ts'
