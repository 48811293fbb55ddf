#!/usr/bin/env node
import { handOver } from './hand-over.mjs'

handOver('chaos/main.ts')
