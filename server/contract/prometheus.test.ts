import { expect, test } from 'vitest'
import { prometheusText } from './prometheus.ts'

test('families are written as version 0.0.4 of the text format wants them', () => {
  expect(prometheusText([
    { name: 'a_total', help: 'All\nof it', type: 'counter', samples: [{ value: 3 }, { labels: { node: 'x"y\\z\n' }, value: 1.5 }] },
    { name: 'b_seconds', help: 'How long', type: 'histogram', histograms: [{ bounds: [0.1, 1], bins: [1, 2, 3], sum: 9.25 }] },
    { name: 'c', help: 'None', type: 'gauge', samples: [] },
  ])).toBe(`# HELP a_total All\\nof it
# TYPE a_total counter
a_total 3
a_total{node="x\\"y\\\\z\\n"} 1.5
# HELP b_seconds How long
# TYPE b_seconds histogram
b_seconds_bucket{le="0.1"} 1
b_seconds_bucket{le="1"} 3
b_seconds_bucket{le="+Inf"} 6
b_seconds_sum 9.25
b_seconds_count 6
# HELP c None
# TYPE c gauge
`)
})
