import { getBuiltinModule } from 'node:process';

/**
 * Node's HTTP module. A static import of it evaluates all that it exports, its WebSocket client too,
 * which takes longer than the rest of the service's start.
 */
export const http = getBuiltinModule('node:http');
