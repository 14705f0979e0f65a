import Type from 'typebox';
import { setSessionCookie } from '../plugins/door.ts';
import type { Sessions } from '../plugins/sessions.ts';
import type { UserInterface } from '../plugins/user-interface.ts';
import type { TypedApp } from '../typed-app.ts';
import { emptyResponse, problemResponses, textResponse } from './responses.ts';

const closed = { additionalProperties: false };
const tags = ['pages'];

/**
 * The page, its files, and the exchange of the launch's token. Whoever opens the printed address
 * `/?token=…` gets the session's cookie and lands on `/`, the token gone from the address bar. A token that is
 * spent or wrong leads to the page too: it plays, and only saving on the server asks for the newest address.
 */
export function addPageRoutes(
  app: TypedApp,
  userInterface: UserInterface,
  sessions: Sessions,
): void {
  app.get(
    '/',
    {
      schema: {
        operationId: 'openPage',
        summary: 'The page; with a token, first the session of this launch',
        tags,
        querystring: Type.Object({ token: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: {
          200: textResponse('the page', 'text/html'),
          303: emptyResponse(
            'the token is exchanged, or is not the present one; go on to the page',
          ),
          ...problemResponses('invalid-input', 'ui-not-built'),
        },
      },
    },
    (request, reply) => {
      const { token } = request.query;
      if (token === undefined) {
        userInterface.sendPage(reply);
        return;
      }
      const secret = sessions.exchange(token);
      if (secret !== null) setSessionCookie(request, reply, secret);
      reply.redirect('/', 303);
    },
  );

  app.get(
    '/*',
    {
      schema: {
        hide: true,
        operationId: 'getFile',
        summary: "A file of the user interface's build",
        tags,
        params: Type.Object({ '*': Type.String() }, closed),
        response: {
          200: textResponse('the file', 'text/html', 'application/javascript', 'text/css'),
          ...problemResponses('not-found', 'ui-not-built'),
        },
      },
    },
    (request, reply) => {
      userInterface.sendFile(reply, request.params['*']);
    },
  );
}
