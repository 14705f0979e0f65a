import { randomUUID } from 'node:crypto';
import { createDockerRuntime } from './docker.ts';
import { describeRuntime } from './runtime-contract.ts';
import { buildContractImage } from './testing/contract-image.ts';

describeRuntime('on Docker', async () => {
  const image = `project-devops-test/contract:${randomUUID()}`;
  const built = await buildContractImage(image);
  const runtime = createDockerRuntime();
  return {
    runtime,
    image,
    [Symbol.asyncDispose]: async () => {
      await runtime[Symbol.asyncDispose]();
      await built[Symbol.asyncDispose]();
    },
  };
});
