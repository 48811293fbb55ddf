import { expect, test } from 'vitest'
import { changesOf } from './release-changes.ts'

test('each change is one row with both sides, and of variables only names and versions of secrets', () => {
  const at = { release: 1, running: 2, possible: true, refused_because: null, at_once: false }
  expect(changesOf({
    ...at,
    settings: [{ field: 'port', before: null, after: '80' }, { field: 'image_digest', before: `sha256:${'a1'.repeat(32)}`, after: `sha256:${'b2'.repeat(32)}` }],
    env: [
      { name: 'KEY', kind: 'secret', change: 'changed', version_before: 3, version_after: 2 }, { name: 'NEW', kind: 'plain', change: 'removed', version_before: null, version_after: null },
      { name: 'OLD', kind: 'plain', change: 'added', version_before: null, version_after: null }, { name: 'MODE', kind: 'plain', change: 'changed', version_before: null, version_after: null },
    ],
  }).map(({ what, before, after }) => [what, before, after])).toEqual([
    ['Port', 'none', '80'], ['Digest', 'sha256:a1a1a1a1a1a1', 'sha256:b2b2b2b2b2b2'], ['KEY', 'secret, version 3', 'secret, version 2'], ['NEW', 'its present value', 'not set'], ['OLD', 'not set', 'set'],
    ['MODE', 'its present value', 'another value'],
  ])
})
