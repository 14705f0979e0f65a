/** The thread in which one run is played again: takes the run as its data, answers with the verdict, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { replay } from '@project-devops/simulation';
import type { Run } from '@project-devops/simulation/protocol';
import { verifyByReplay } from './replay-verification.ts';

parentPort?.postMessage(verifyByReplay(workerData as Run, replay));
