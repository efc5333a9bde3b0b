// Hocuspocus with its defaults: no hook, nothing stored. node hocuspocus.mjs PORT
import { Server } from '@hocuspocus/server'

await new Server({ port: Number(process.argv[2]), address: '127.0.0.1', quiet: true }).listen()
