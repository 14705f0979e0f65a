import { hostname } from 'node:os';
import { measureRoundsPerMs } from '../calibration/native-work.ts';
import { profileFolder, saveProfile } from '../calibration/profile-store.ts';
import { calibrateMachine } from './calibrate/program.ts';
import { onGround } from './real/on-ground.ts';

const { stdout, stderr } = process;

process.exitCode = await onGround(({ ground, signal, config }) =>
  calibrateMachine(process.argv.slice(2), {
    print: (text) => stdout.write(text),
    terminal: { isTerminal: stderr.isTTY === true, write: (text) => stderr.write(text) },
    ground,
    signal,
    hostName: hostname(),
    measureRoundsPerMs,
    save: (profile) => saveProfile(profileFolder(config.DATA_DIR), profile),
  }),
);
