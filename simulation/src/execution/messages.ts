import { applicationOperations, type RequestClass } from '../protocol/index.ts';

/** What is left of a request class once its messages are served; the class itself when it has none. */
export function withoutMessages(requestClass: RequestClass): RequestClass {
  const operations = applicationOperations(requestClass);
  return operations.length === requestClass.operations.length
    ? requestClass
    : { ...requestClass, operations };
}
