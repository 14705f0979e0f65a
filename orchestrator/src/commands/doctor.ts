import { profileFolder } from '../calibration/profile-store.ts';
import { readConfig } from '../config.ts';
import { createDoctor } from '../doctor/create-doctor.ts';
import { missingImages } from '../images/missing-images.ts';
import { createDockerRuntime } from '../runtimes/docker.ts';
import { createDockerImageStore } from '../runtimes/docker-images.ts';
import { doctor } from './doctor/program.ts';

const reading = readConfig(process.env);
if (reading.ok) {
  process.exitCode = await doctor(process.argv.slice(2), {
    print: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    examine: createDoctor({
      runtime: {
        // Made only when asked, so that an address that cannot be used is part of the report.
        async inspectHost() {
          await using runtime = createDockerRuntime();
          return await runtime.inspectHost();
        },
      },
      missingImages: async () => missingImages(createDockerImageStore()),
      profileFolder: profileFolder(reading.config.DATA_DIR),
      environment: process.env,
    }),
  });
} else {
  for (const fault of reading.faults) process.stderr.write(`${fault}\n`);
  process.exitCode = 2;
}
