#!/usr/bin/env node
import { handOver } from './hand-over.mjs'

handOver('service/main.ts')
