/** No order leaves a page that shows the past, whichever button or script gives it. */
import { i18n } from "../text/i18n";
import { client, Refusal } from "../wire/send";

/** What concerns the session itself, not the board. */
const SESSION = ["/api/v1/login", "/api/v1/logout"];

export function refuseOrders(): void {
  client.use({
    onRequest({ request, schemaPath }) {
      if (request.method === "GET" || SESSION.includes(schemaPath)) return undefined;
      throw new Refusal(409, i18n._("past.no_orders"));
    },
  });
}
