import Docker from 'dockerode';
import { pack } from 'tar-stream';

const PROGRAM = `case "$1" in
fail) echo "$3"; exit "$2" ;;
stubborn) trap '' TERM ;;
*) trap 'exit 0' TERM ;;
esac
echo ready
while :; do sleep 0.1; done
`;
const BECOME_SICK = `#!/bin/sh
touch /run/devops/sick
`;
const DOCKERFILE = `FROM debian:trixie-slim
COPY become-sick /usr/local/bin/
COPY program /
HEALTHCHECK --interval=200ms --timeout=5s --retries=1 CMD test ! -e /run/devops/sick
ENTRYPOINT ["/bin/sh", "/program"]
`;

/** Builds the image that the runtime contract asks for under a tag; it goes away with its scope. */
export async function buildContractImage(tag: string): Promise<AsyncDisposable> {
  const docker = new Docker();
  const context = pack();
  context.entry({ name: 'Dockerfile' }, DOCKERFILE);
  context.entry({ name: 'become-sick', mode: 0o755 }, BECOME_SICK);
  context.entry({ name: 'program' }, PROGRAM);
  context.finalize();
  const output = await docker.buildImage(context, { t: tag });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(output, (error) => (error ? reject(error) : resolve()));
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await docker.getImage(tag).remove({ force: true });
    },
  };
}
